import * as z from "zod";
import { buildDetailsIn, playsIn } from "@/app/events/[eventSlug]/entries/fields";
import { readerId } from "@/app/reader";
import { entryRequestSchema } from "@/lib/entries/schema";
import { text, textOrNone } from "@/lib/http/fields";
import { answerForm, type Fields } from "@/lib/http/form";
import { api } from "@/lib/trpc/server";

type Context = { params: Promise<{ eventSlug: string }> };

/** Enters a project: one that is here, or one that this adds. */
export async function POST(request: Request, { params }: Context) {
  const { eventSlug } = await params;
  const page = `/events/${eventSlug}/join`;
  return answerForm({ request, form: "join", page, reader: await readerId() }, async (fields) => {
    // First, so that a slip in it adds no project.
    const entry = entryIn(fields);
    const project = await projectIn(fields);
    const { slug, state } = await api.entries.request({ eventSlug, entry: { ...entry, project } });
    return `/events/${eventSlug}/entries/${slug}?done=${state}`;
  });
}

const entrySchema = z.object({ entry: entryRequestSchema.omit({ project: true }) });

function entryIn(fields: Fields) {
  const label = text(fields, "entry.build.label");
  const details = buildDetailsIn(fields, "entry.build");
  const isBuildNamed = label !== "" || details.commit || details.note || details.parts.length > 0;
  const said = {
    slug: textOrNone(fields, "entry.slug"),
    name: textOrNone(fields, "entry.name"),
    kind: textOrNone(fields, "entry.kind"),
    note: text(fields, "entry.note"),
    tracks: playsIn(fields),
    build: isBuildNamed ? { label, ...details } : undefined,
  };
  return entrySchema.parse({ entry: said }).entry;
}

/** The one that was chosen of those that were like what was typed; or what was typed. */
async function projectIn(fields: Fields): Promise<string> {
  const chosen = text(fields, "chosen");
  if (chosen.startsWith("=")) return chosen.slice(1);
  const homepageUrl = textOrNone(fields, "project.homepageUrl");
  const { slug } = await api.projects.propose({
    project: {
      name: text(fields, "project.name"),
      isNew: chosen === "new",
      ...(homepageUrl === undefined ? {} : { homepageUrl }),
    },
  });
  return slug;
}
