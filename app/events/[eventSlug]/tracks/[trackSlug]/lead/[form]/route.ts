import * as z from "zod";
import { readerId } from "@/app/reader";
import { Refusal } from "@/lib/core/refusal";
import { text } from "@/lib/http/fields";
import { answerForm, type Fields } from "@/lib/http/form";
import { mappingSchema } from "@/lib/mappings/schema";
import { stalledHoursSchema } from "@/lib/tracks/schema";
import { api } from "@/lib/trpc/server";

type Where = { eventSlug: string; trackSlug: string };
type Context = { params: Promise<Where & { form: string }> };
type Told = Record<string, string>;

/** What a lead does from the desk. What is told goes into the page's address. */
const FORMS: Record<string, (where: Where, fields: Fields) => Promise<Told>> = {
  nudge: async (where, fields) => {
    const [cellId, entrySlug] = [text(fields, "cellId"), text(fields, "entrySlug")];
    await api.rulings.nudge({ ...where, cellId, entrySlug });
    return {};
  },
  map: async (where, fields) => {
    const mapping = { ...mappedTo(text(fields, "to")), raw: fields.get("raw") ?? "" };
    const { results, placed } = await api.mappings.map({ ...where, mapping });
    return { results: String(results), placed: String(placed) };
  },
  unmap: async (where, fields) => {
    await api.mappings.unmap({ ...where, raw: fields.get("raw") ?? "" });
    return {};
  },
  stalled: async (where, fields) => {
    const said = z.object({ hours: stalledHoursSchema }).parse({ hours: text(fields, "hours") });
    await api.tracks.setStalledHours({ ...where, ...said });
    return {};
  },
};

/** One list for both: a test, and the variant of it, as JSON; the page wrote it. */
const mappedTo = (told: string) => mappingSchema.omit({ raw: true }).parse(parseJson(told));

function parseJson(told: string): unknown {
  try {
    return JSON.parse(told);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Refusal("invalid", `Choose a test of the list (${why}).`);
  }
}

/** Takes the forms of the lead's desk. */
export async function POST(request: Request, { params }: Context) {
  const { form, ...where } = await params;
  const work = Object.hasOwn(FORMS, form) ? FORMS[form] : undefined;
  if (!work) return new Response("There is no such form.\n", { status: 404 });
  const page = `/events/${where.eventSlug}/tracks/${where.trackSlug}/lead`;
  return answerForm({ request, form, page, reader: await readerId() }, async (fields) => {
    const told = await work(where, fields);
    return `${page}?${new URLSearchParams({ done: form, ...told })}`;
  });
}
