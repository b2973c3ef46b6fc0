import { readerId } from "@/app/reader";
import { lines, text, textOrNone } from "@/lib/http/fields";
import { answerForm, type Fields } from "@/lib/http/form";
import { api } from "@/lib/trpc/server";

type Context = { params: Promise<{ projectSlug: string }> };

export async function POST(request: Request, { params }: Context) {
  const { projectSlug: slug } = await params;
  const page = `/projects/${slug}/edit`;
  return answerForm(
    { request, form: "project", page, reader: await readerId() },
    async (fields) => {
      await api.projects.edit({ slug, project: projectIn(fields) });
      return `/projects/${slug}?done=saved`;
    },
  );
}

/** A field left empty is one that is not told. */
const told = <K extends string>(fields: Fields, key: K) => {
  const value = textOrNone(fields, `project.${key}`);
  return (value === undefined ? {} : { [key]: value }) as { [key in K]?: string };
};

const projectIn = (fields: Fields) => ({
  name: text(fields, "project.name"),
  aliases: lines(fields, "project.aliases"),
  intro: text(fields, "project.intro"),
  ...told(fields, "homepageUrl"),
  ...told(fields, "trackerUrl"),
  ...told(fields, "securityContact"),
});
