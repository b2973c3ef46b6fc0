import { loadPersonActor } from "@/lib/auth/actor";
import type { Actor } from "@/lib/auth/permit";
import { loadScope } from "@/lib/auth/scope";
import { db } from "@/lib/db/client";
import { createCallerFactory } from "@/lib/trpc/init";
import { appRouter } from "@/lib/trpc/root";

const factory = createCallerFactory(appRouter);

/** The router as pages call it, for somebody whose roles are looked up anew at every renewal. */
export async function callAs(personId: string | null, options: { signal?: AbortSignal } = {}) {
  const actor = async (): Promise<Actor> =>
    personId === null ? { kind: "visitor" } : loadPersonActor(personId);
  const context = {
    actor: await actor(),
    loadScope,
    renew: async () => ({ actor: await actor(), loadScope }),
  };
  return factory(context, options);
}

let count = 0;

/** Somebody who has signed in once, and is nothing to any event yet. */
export async function makePerson(name = "Somebody"): Promise<string> {
  count += 1;
  const email = `${name.toLowerCase()}-${count}-${process.pid}@example.org`;
  const { id } = await db.person.create({ data: { name, email }, select: { id: true } });
  return id;
}

export const makeOrganizer = async (eventId: string) => {
  const personId = await makePerson("Organizer");
  await db.organizer.create({ data: { eventId, personId } });
  return personId;
};

export const makeLead = async (trackId: string) => {
  const personId = await makePerson("Lead");
  await db.trackLead.create({ data: { trackId, personId } });
  return personId;
};

export const makeMember = async (entryId: string) => {
  const personId = await makePerson("Member");
  await db.entryMember.create({ data: { entryId, personId } });
  return personId;
};
