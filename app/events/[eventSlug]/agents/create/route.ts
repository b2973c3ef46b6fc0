import { readerId } from "@/app/reader";
import { answerForm } from "@/lib/http/form";
import { makeAgent } from "../tokens";

type Context = { params: Promise<{ eventSlug: string }> };

export async function POST(request: Request, { params }: Context) {
  const { eventSlug } = await params;
  const page = `/events/${eventSlug}/agents`;
  const reader = await readerId();
  return answerForm({ request, form: "create", page, reader }, (fields) =>
    makeAgent(eventSlug, fields),
  );
}
