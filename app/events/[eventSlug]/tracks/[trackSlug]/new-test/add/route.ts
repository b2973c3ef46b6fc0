import { readerId } from "@/app/reader";
import { text } from "@/lib/http/fields";
import { answerForm } from "@/lib/http/form";
import { api } from "@/lib/trpc/server";
import { testIn } from "../../plan/fields";

type Context = { params: Promise<{ eventSlug: string; trackSlug: string }> };

/** Adds a test to the plan of a track. */
export async function POST(request: Request, { params }: Context) {
  const where = await params;
  const track = `/events/${where.eventSlug}/tracks/${where.trackSlug}`;
  const page = `${track}/new-test`;
  const reader = await readerId();
  return answerForm({ request, form: "test", page, reader }, async (fields) => {
    const test = testIn(fields, text(fields, "test.key"));
    const { key } = await api.plans.add({ ...where, test });
    return `${track}/plan/${encodeURIComponent(key)}`;
  });
}
