import { readerId } from "@/app/reader";
import { answerForm } from "@/lib/http/form";
import { revokeLink } from "../links";

type Context = { params: Promise<{ eventSlug: string }> };

export async function POST(request: Request, { params }: Context) {
  const { eventSlug } = await params;
  const page = `/events/${eventSlug}/invitations`;
  return answerForm({ request, form: "invite", page, reader: await readerId() }, async (fields) => {
    await revokeLink(eventSlug, fields);
    return `${page}?done=revoke`;
  });
}
