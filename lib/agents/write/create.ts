import type { Permit } from "@/lib/auth/permit";
import { personIdOf } from "@/lib/auth/permit";
import { hashToken, newAgentToken } from "@/lib/auth/token";
import { env } from "@/lib/core/env";
import { Refusal } from "@/lib/core/refusal";
import { auditOf } from "@/lib/db/audit";
import { db } from "@/lib/db/client";
import { expiryOf, mayLookAfter } from "../rules";
import type { NewAgent, NewToken } from "../schema";

/** Makes an agent with one token, which is told here and nowhere again. Neutral without an entry. */
export async function createAgent(
  permit: Permit<"agent.create">,
  { entry: slug, name, ...wanted }: NewAgent,
): Promise<{ agentId: string; token: string }> {
  const { eventId, eventSlug } = permit.scope;
  const entry = slug === null ? null : await findEntry(eventId, slug);
  if (slug !== null && !entry) {
    throw new Refusal("not_found", `No entry '${slug}' in the event ${eventSlug}.`);
  }
  requireOwn(permit, entry?.id ?? null);
  const token = newAgentToken();
  const data = await tokenData(permit, token, wanted);
  return db.$transaction(async (tx) => {
    const agent = await tx.agent.create({
      data: {
        eventId,
        entryId: entry?.id ?? null,
        name,
        createdById: data.createdById,
        tokens: { create: data },
      },
      select: { id: true },
    });
    const detail = { name, entry: slug, scopes: data.scopes };
    await tx.audit.create({ data: auditOf(permit, { subject: agent.id, detail }) });
    return { agentId: agent.id, token };
  });
}

/** A participant makes agents for their own entries; for others, and neutral ones, an organizer. */
function requireOwn({ actor, roles }: Permit<"agent.create">, entryId: string | null) {
  const own = new Set(actor.kind === "person" ? actor.memberOf.keys() : []);
  if (mayLookAfter({ isOrganizer: roles.has("organizer"), own }, entryId)) return;
  throw new Refusal(
    "forbidden",
    entryId === null
      ? "Only the organizers of the event make a neutral agent: it speaks for every side."
      : "Only members of an entry and the organizers make an agent that speaks for it.",
  );
}

/** An entry that is asked for, declined or withdrawn speaks for nobody. */
const findEntry = (eventId: string, slug: string) =>
  db.entry.findUnique({
    where: { eventId_slug: { eventId, slug }, state: "admitted" },
    select: { id: true },
  });

const DAY_MS = 24 * 3_600_000;

/** A token's row. It has never more rights than its maker has, whenever it is used. */
export async function tokenData(
  { actor, scope }: Permit<"agent.create" | "agent.rotate">,
  token: string,
  { scopes, days }: NewToken,
) {
  const now = new Date();
  const { endsAt } = await db.interopEvent.findUniqueOrThrow({
    where: { id: scope.eventId },
    select: { endsAt: true },
  });
  return {
    hash: new Uint8Array(hashToken(token, env().AUTH_SECRET)),
    scopes: [...new Set(scopes)],
    expiresAt: days === undefined ? expiryOf(endsAt, now) : new Date(now.getTime() + days * DAY_MS),
    createdById: personIdOf({ actor }),
  };
}
