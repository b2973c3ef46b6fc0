import { readerId } from "@/app/reader";
import { answerForm } from "@/lib/http/form";
import type { Accepted } from "@/lib/invitations/schema";
import { api } from "@/lib/trpc/server";

type Context = { params: Promise<{ token: string }> };

export async function POST(request: Request, { params }: Context) {
  const { token } = await params;
  return answerForm(
    { request, form: "accept", page: `/invitations/${token}`, reader: await readerId() },
    async () => placeOf(await api.invitations.accept({ token })),
  );
}

/** Where the new role is at home. */
function placeOf({ eventSlug, role, in: place }: Accepted): string {
  const event = `/events/${eventSlug}`;
  if (place === null) return event;
  return role === "lead" ? `${event}/tracks/${place}` : `${event}/entries/${place}?done=accepted`;
}
