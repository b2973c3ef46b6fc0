import { inField } from "@/app/in-field";
import { readerId } from "@/app/reader";
import { takingSchema } from "@/lib/baselines/schema";
import { text } from "@/lib/http/fields";
import { answerForm, type Fields } from "@/lib/http/form";
import { api } from "@/lib/trpc/server";

type Where = { eventSlug: string; trackSlug: string };
type Context = { params: Promise<Where & { form: string }> };

const FORMS: Record<string, (where: Where, fields: Fields) => Promise<unknown>> = {
  take: (where, fields) =>
    api.baselines.take({
      ...where,
      taking: inField("taking", takingSchema, { position: text(fields, "taking.position") }),
    }),
  drop: (where) => api.baselines.drop(where),
};

/** Takes or drops what is expected of a track. */
export async function POST(request: Request, { params }: Context) {
  const { form, ...where } = await params;
  const work = Object.hasOwn(FORMS, form) ? FORMS[form] : undefined;
  if (!work) return new Response("There is no such form.\n", { status: 404 });
  const page = `/events/${where.eventSlug}/tracks/${where.trackSlug}/compare`;
  return answerForm({ request, form, page, reader: await readerId() }, async (fields) => {
    await work(where, fields);
    return form === "take" ? `${page}?from=baseline&done=take` : `${page}?done=drop`;
  });
}
