import { readerId } from "@/app/reader";
import { answerForm } from "@/lib/http/form";
import { DEEDS, FORMS, type Where } from "./forms";

type Context = { params: Promise<Where & { form: string }> };

const own = <T>(table: Record<string, T>, name: string): T | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;

/** Takes the forms by which an entry is changed; what each does stands in the table beside. */
export async function POST(request: Request, { params }: Context) {
  const { form, ...where } = await params;
  const list = `/events/${where.eventSlug}/entries`;
  const page = `${list}/${where.entrySlug}`;
  const reader = await readerId();

  const deed = own(DEEDS, form);
  if (deed) {
    return answerForm({ request, form, page: page + deed.on, reader }, async (fields) => {
      await deed.work(where, fields);
      return list + deed.to(where);
    });
  }
  const change = own(FORMS, form);
  if (!change) return new Response("There is no such form.\n", { status: 404 });
  const edit = `${page}/edit`;
  return answerForm({ request, form, page: edit, reader }, async (fields) => {
    const told = await change.work(where, fields);
    const query = typeof told === "string" ? told : new URLSearchParams({ done: form });
    return `${edit}?${query}#${change.part}`;
  });
}
