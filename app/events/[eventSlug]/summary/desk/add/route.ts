import { readerId } from "@/app/reader";
import { text, textOrNone } from "@/lib/http/fields";
import { answerForm } from "@/lib/http/form";
import { api } from "@/lib/trpc/server";

type Context = { params: Promise<{ eventSlug: string }> };

export async function POST(request: Request, { params }: Context) {
  const { eventSlug } = await params;
  const page = `/events/${eventSlug}/summary/desk`;
  return answerForm({ request, form: "add", page, reader: await readerId() }, async (fields) => {
    const about = textOrNone(fields, "about");
    const { key } = await api.summaries.addBlock({
      eventSlug,
      title: text(fields, "title"),
      about: about ?? null,
    });
    return `${page}/${key}`;
  });
}
