import type { SitePermit } from "@/lib/auth/permit";
import { requirePersonId } from "@/lib/auth/person-id";
import { IDLE_MS } from "@/lib/auth/sessions";
import { Refusal } from "@/lib/core/refusal";
import { db } from "@/lib/db/client";
import type { Profile, SessionLine } from "./schema";

/** How the person is named where there is room for a word or two. */
export async function loadViewer(permit: SitePermit<"account.view">): Promise<{ name: string }> {
  const person = await db.person.findUnique({
    where: { id: requirePersonId(permit) },
    select: { name: true, email: true },
  });
  return { name: person?.name ?? person?.email ?? "Your account" };
}

export async function loadProfile(permit: SitePermit<"account.view">): Promise<Profile> {
  const person = await db.person.findUnique({
    where: { id: requirePersonId(permit) },
    select: {
      name: true,
      email: true,
      zone: true,
      accounts: {
        select: { provider: true, createdAt: true },
        orderBy: [{ createdAt: "asc" }, { id: "asc" }],
      },
    },
  });
  if (!person) throw new Refusal("not_found", "This account does not exist any more.");
  const { accounts, name, ...profile } = person;
  return {
    ...profile,
    name: name ?? "",
    identities: accounts.map(({ provider, createdAt }) => ({
      provider,
      connectedAt: createdAt.toISOString(),
    })),
  };
}

/** The sessions that are still good, the one used last first. */
export async function listSessions(
  permit: SitePermit<"account.view">,
  now = new Date(),
): Promise<SessionLine[]> {
  const sessions = await db.session.findMany({
    where: {
      userId: requirePersonId(permit),
      expires: { gt: now },
      lastSeenAt: { gt: new Date(now.getTime() - IDLE_MS) },
    },
    select: {
      id: true,
      method: true,
      userAgent: true,
      createdAt: true,
      lastSeenAt: true,
      expires: true,
    },
    orderBy: [{ lastSeenAt: "desc" }, { id: "desc" }],
    take: 100,
  });
  return sessions.map(({ expires, createdAt, lastSeenAt, ...session }) => ({
    ...session,
    createdAt: createdAt.toISOString(),
    lastSeenAt: lastSeenAt.toISOString(),
    expiresAt: expires.toISOString(),
  }));
}
