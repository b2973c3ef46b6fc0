import type { SitePermit } from "@/lib/auth/permit";
import { requirePersonId } from "@/lib/auth/person-id";
import { Refusal } from "@/lib/core/refusal";
import { db } from "@/lib/db/client";
import type { ProfileInput } from "./schema";

export async function changeProfile(
  permit: SitePermit<"account.edit">,
  { name, zone }: ProfileInput,
): Promise<void> {
  const personId = requirePersonId(permit);
  await db.$transaction([
    db.person.update({ where: { id: personId }, data: { name: name || null, zone } }),
    db.audit.create({ data: { action: permit.action, personId, detail: { name, zone } } }),
  ]);
}

/** Takes the identities at a provider off the account; a link by e-mail still leads in. */
export async function disconnectProvider(
  permit: SitePermit<"account.edit">,
  provider: string,
): Promise<void> {
  const personId = requirePersonId(permit);
  await db.$transaction(async (tx) => {
    const { count } = await tx.account.deleteMany({ where: { userId: personId, provider } });
    if (count === 0) throw new Refusal("not_found", "No such provider is connected.");
    const detail = { disconnected: provider };
    await tx.audit.create({ data: { action: permit.action, personId, detail } });
  });
}

/** Ends one of one's own sessions: that browser is out at its next request. */
export async function endSession(
  permit: SitePermit<"session.end">,
  sessionId: string,
): Promise<void> {
  const personId = requirePersonId(permit);
  await db.$transaction(async (tx) => {
    const { count } = await tx.session.deleteMany({ where: { id: sessionId, userId: personId } });
    if (count === 0) throw new Refusal("not_found", "That session has ended already.");
    await tx.audit.create({ data: { action: permit.action, personId, subject: sessionId } });
  });
}
