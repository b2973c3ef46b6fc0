import { readerId } from "@/app/reader";
import { text } from "@/lib/http/fields";
import { answerForm } from "@/lib/http/form";
import { api } from "@/lib/trpc/server";

type Context = { params: Promise<{ eventSlug: string }> };

export async function POST(request: Request, { params }: Context) {
  const { eventSlug } = await params;
  const summary = `/events/${eventSlug}/summary`;
  const form = { request, form: "publish", page: `${summary}/preview`, reader: await readerId() };
  return answerForm(form, async (fields) => {
    const [digest, changelog] = [text(fields, "digest"), text(fields, "changelog")];
    await api.summaries.publish({ eventSlug, digest, changelog });
    return `${summary}/desk?done=publish`;
  });
}
