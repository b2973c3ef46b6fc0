import { readerId } from "@/app/reader";
import { answerForm } from "@/lib/http/form";
import { api } from "@/lib/trpc/server";
import { issueIn } from "../../fields";

type Context = { params: Promise<{ eventSlug: string }> };

export async function POST(request: Request, { params }: Context) {
  const { eventSlug } = await params;
  const list = `/events/${eventSlug}/issues`;
  const form = { request, form: "raise", page: `${list}/raise`, reader: await readerId() };
  return answerForm(form, async (fields) => {
    const { number } = await api.issues.raise({ eventSlug, issue: issueIn(fields) });
    return `${list}/${number}?done=raise`;
  });
}
