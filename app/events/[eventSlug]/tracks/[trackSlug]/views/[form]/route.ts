import { inField } from "@/app/in-field";
import { readerId } from "@/app/reader";
import { isTicked, text } from "@/lib/http/fields";
import { answerForm, type Fields } from "@/lib/http/form";
import { newViewSchema, pageQueryOf } from "@/lib/saved-views/schema";
import { api } from "@/lib/trpc/server";

type Where = { eventSlug: string; trackSlug: string };
type Context = { params: Promise<Where & { form: string }> };

/** What is done to a view that is there, from the page of all. */
const DEEDS: Record<string, (where: Where, fields: Fields) => Promise<void>> = {
  rename: (where, fields) =>
    api.savedViews.rename({
      ...{ ...where, viewId: text(fields, "which") },
      view: { name: text(fields, "view.name") },
    }),
  share: (where, fields) => api.savedViews.share({ ...where, viewId: text(fields, "which") }),
  remove: (where, fields) => api.savedViews.remove({ ...where, viewId: text(fields, "which") }),
};

/** Keeps the view that the reader looks at, renames one, shares it, or deletes it. */
export async function POST(request: Request, { params }: Context) {
  const { form, ...where } = await params;
  if (form === "save") return save(request, where);
  const work = Object.hasOwn(DEEDS, form) ? DEEDS[form] : undefined;
  if (!work) return new Response("There is no such form.\n", { status: 404 });
  const page = `/events/${where.eventSlug}/views`;
  return answerForm({ request, form, page, reader: await readerId() }, async (fields) => {
    await work(where, fields);
    return `${page}?done=${form}`;
  });
}

/** The form's own address carries the view, so that what is wrong is told on the page as it was. */
async function save(request: Request, where: Where): Promise<Response> {
  const asked = pageQueryOf(new URL(request.url).searchParams);
  const track = `/events/${where.eventSlug}/tracks/${where.trackSlug}`;
  const page = asked === "?" ? track : `${track}${asked}`;
  const reader = await readerId();
  return answerForm({ request, form: "save-view", page, reader }, async (fields) => {
    const said = { name: text(fields, "view.name"), query: asked };
    const view = inField("view", newViewSchema, said);
    const { id, query } = isTicked(fields, "everybody")
      ? await api.savedViews.saveForAll({ ...where, view })
      : await api.savedViews.save({ ...where, view });
    return `${track}${query}#view-${id}`;
  });
}
