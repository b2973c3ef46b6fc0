import * as z from "zod";
import { readerId } from "@/app/reader";
import { phaseSchema } from "@/lib/events/schema";
import { text } from "@/lib/http/fields";
import { answerForm } from "@/lib/http/form";
import { api } from "@/lib/trpc/server";

type Context = { params: Promise<{ eventSlug: string }> };

const moveSchema = z.object({ from: phaseSchema, to: phaseSchema });

export async function POST(request: Request, { params }: Context) {
  const { eventSlug } = await params;
  const page = `/events/${eventSlug}/settings`;
  return answerForm({ request, form: "phase", page, reader: await readerId() }, async (fields) => {
    const move = moveSchema.parse({ from: text(fields, "from"), to: text(fields, "to") });
    await api.events.movePhase({ eventSlug, ...move });
    return `${page}?done=phase`;
  });
}
