import { readerId } from "@/app/reader";
import { answerForm } from "@/lib/http/form";
import { FORMS } from "./forms";

type Context = { params: Promise<{ eventSlug: string; number: string; form: string }> };

/** Takes the forms of an issue's page; what each does stands in the table beside. */
export async function POST(request: Request, { params }: Context) {
  const { eventSlug, number, form } = await params;
  const taken = Object.hasOwn(FORMS, form) ? FORMS[form] : undefined;
  if (!taken) return new Response("There is no such form.\n", { status: 404 });
  const page = `/events/${eventSlug}/issues/${number}`;
  const reader = await readerId();
  return answerForm({ request, form: taken.as ?? form, page, reader }, async (fields) => {
    await taken.work({ eventSlug, number: Number(number) }, fields);
    return `${page}?done=${form}#${taken.part}`;
  });
}
