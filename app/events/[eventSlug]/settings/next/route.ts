import * as z from "zod";
import { readerId } from "@/app/reader";
import { editionSchema } from "@/lib/events/schema";
import { text } from "@/lib/http/fields";
import { answerForm } from "@/lib/http/form";
import { api } from "@/lib/trpc/server";

type Context = { params: Promise<{ eventSlug: string }> };

const fieldsSchema = z.object({ edition: editionSchema });

export async function POST(request: Request, { params }: Context) {
  const { eventSlug } = await params;
  const page = `/events/${eventSlug}/settings`;
  const form = { request, form: "edition", page, reader: await readerId() };
  return answerForm(form, async (fields) => {
    const said = { label: text(fields, "edition.label"), slug: text(fields, "edition.slug") };
    const { edition } = fieldsSchema.parse({ edition: said });
    const { slug } = await api.events.clone({ eventSlug, edition });
    return `/events/${slug}/settings?done=made`;
  });
}
