import { readerId } from "@/app/reader";
import { answerForm } from "@/lib/http/form";
import { api } from "@/lib/trpc/server";

type Context = { params: Promise<{ eventSlug: string; key: string }> };

export async function POST(request: Request, { params }: Context) {
  const { eventSlug, key } = await params;
  const desk = `/events/${eventSlug}/summary/desk`;
  const form = { request, form: "block", page: `${desk}/${key}`, reader: await readerId() };
  return answerForm(form, async () => {
    await api.summaries.removeBlock({ eventSlug, key });
    return `${desk}?done=remove`;
  });
}
