import * as z from "zod";
import { readerId } from "@/app/reader";
import { text } from "@/lib/http/fields";
import { answerForm, type Fields } from "@/lib/http/form";
import { blockSchema } from "@/lib/summaries/schema";
import { api } from "@/lib/trpc/server";

type Context = { params: Promise<{ eventSlug: string; key: string }> };

export async function POST(request: Request, { params }: Context) {
  const { eventSlug, key } = await params;
  const desk = `/events/${eventSlug}/summary/desk`;
  const form = { request, form: "block", page: `${desk}/${key}`, reader: await readerId() };
  return answerForm(form, async (fields) => {
    await api.summaries.writeBlock({ eventSlug, key, block: blockIn(fields) });
    return `${desk}?done=save`;
  });
}

const fieldsSchema = z.object({ block: blockSchema });

function blockIn(fields: Fields) {
  const isGiven = fields.has("block.assigneeId");
  const block = {
    title: text(fields, "block.title"),
    body: text(fields, "block.body"),
    state: text(fields, "block.state"),
    revision: Number(text(fields, "block.revision")),
    ...(isGiven ? { assigneeId: text(fields, "block.assigneeId") || null } : {}),
  };
  return fieldsSchema.parse({ block }).block;
}
