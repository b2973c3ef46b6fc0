import { readerId } from "@/app/reader";
import { safePath } from "@/lib/core/safe-path";
import { answerForm } from "@/lib/http/form";
import { withNotice } from "../notice";
import { FORMS } from "./forms";

type Context = { params: Promise<{ eventSlug: string; form: string }> };

/** The page of this event that the form stands on, as the form's address says. */
function pageOf(request: Request, eventSlug: string): string {
  const event = `/events/${eventSlug}`;
  const page = safePath(new URL(request.url).searchParams.get("page"));
  return page.startsWith(`${event}/`) ? page : event;
}

/** Takes the forms by which people say what they saw; what each does stands in the table beside. */
export async function POST(request: Request, { params }: Context) {
  const { eventSlug, form } = await params;
  const work = Object.hasOwn(FORMS, form) ? FORMS[form] : undefined;
  if (!work) return new Response("There is no such form.\n", { status: 404 });
  const page = pageOf(request, eventSlug);
  return answerForm({ request, form, page, reader: await readerId() }, async (fields) => {
    const { words, seqs, cellId } = await work(eventSlug, fields);
    // From the page where one chooses a cell, on to the cell: it has one now.
    const track = fields.get("track") ?? "";
    const isChoosing = page.startsWith(`/events/${eventSlug}/log`) && cellId;
    const next = isChoosing
      ? `/events/${eventSlug}/tracks/${encodeURIComponent(track)}/cells/${cellId}`
      : page;
    return withNotice(next, { words, seqs });
  });
}
