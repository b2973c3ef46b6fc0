import type { Permit } from "@/lib/auth/permit";
import { hashToken, newAgentToken } from "@/lib/auth/token";
import { env } from "@/lib/core/env";
import { Refusal } from "@/lib/core/refusal";
import { auditOf } from "@/lib/db/audit";
import { db } from "@/lib/db/client";
import { expiryOf } from "./rules";
import { SCOPES } from "./schema";

/** Makes an agent with one token, which is told here and nowhere again. Neutral without an entry. */
export async function createAgent(
  permit: Permit<"agent.create">,
  { entrySlug, name }: { entrySlug: string | null; name: string },
): Promise<{ agentId: string; token: string }> {
  const { eventId, eventSlug } = permit.scope;
  const entry = entrySlug === null ? null : await findEntry(eventId, entrySlug);
  if (entrySlug !== null && !entry) {
    throw new Refusal("not_found", `No entry '${entrySlug}' in the event ${eventSlug}.`);
  }
  const event = await db.interopEvent.findUniqueOrThrow({
    where: { id: eventId },
    select: { endsAt: true },
  });
  const token = newAgentToken();
  const agent = await db.agent.create({
    data: {
      eventId,
      entryId: entry?.id ?? null,
      name,
      createdById: permit.actor.kind === "person" ? permit.actor.personId : null,
      tokens: {
        create: {
          hash: new Uint8Array(hashToken(token, env().AUTH_SECRET)),
          scopes: [...SCOPES],
          expiresAt: expiryOf(event.endsAt, new Date()),
        },
      },
    },
    select: { id: true },
  });
  await db.audit.create({
    data: auditOf(permit, { subject: agent.id, detail: { name, entry: entrySlug } }),
  });
  return { agentId: agent.id, token };
}

/** An entry that is asked for, declined or withdrawn speaks for nobody. */
const findEntry = (eventId: string, slug: string) =>
  db.entry.findUnique({
    where: { eventId_slug: { eventId, slug }, state: "admitted" },
    select: { id: true },
  });

/** Its tokens are refused from now on; what it said stays. */
export async function revokeAgent(permit: Permit<"agent.create">, agentId: string) {
  const { eventId } = permit.scope;
  const { count } = await db.agent.updateMany({
    where: { id: agentId, eventId },
    data: { revokedAt: new Date() },
  });
  if (count === 0) throw new Refusal("not_found", "There is no such agent.");
  await db.audit.create({ data: auditOf(permit, { subject: agentId, detail: { did: "revoke" } }) });
}
