import { inField } from "@/app/in-field";
import { readerId } from "@/app/reader";
import { noteInputSchema } from "@/lib/day-notes/schema";
import { text } from "@/lib/http/fields";
import { answerForm } from "@/lib/http/form";
import { api } from "@/lib/trpc/server";

type Context = {
  params: Promise<{ eventSlug: string; trackSlug: string; day: string; form: string }>;
};

const DEEDS = {
  save: "save",
  post: "post",
  "take-back": "takeBack",
} as const;

/** Keeps a day's note, and posts it or takes it back. */
export async function POST(request: Request, { params }: Context) {
  const { form, day, ...where } = await params;
  const deed = Object.hasOwn(DEEDS, form) ? DEEDS[form as keyof typeof DEEDS] : undefined;
  if (!deed) return new Response("There is no such form.\n", { status: 404 });
  const page = `/events/${where.eventSlug}/tracks/${where.trackSlug}/lead/notes/${day}`;
  const reader = await readerId();
  return answerForm({ request, form: "note", page, reader }, async (fields) => {
    const said = { day, body: text(fields, "note.body"), seen: text(fields, "note.seen") };
    await api.dayNotes[deed]({ ...where, note: inField("note", noteInputSchema, said) });
    return `${page}?done=${form}`;
  });
}
