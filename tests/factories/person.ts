import { randomUUID } from "node:crypto";
import { newSessionToken, openSession } from "@/lib/auth/sessions";
import { db } from "@/lib/db/client";
import { callAs } from "@/tests/factories/caller";

/** Somebody with an address of their own, and the router as they see it at the moment of the call. */
export async function makeAccount() {
  const email = `${randomUUID()}@example.org`;
  const { id } = await db.person.create({ data: { email }, select: { id: true } });
  return { id, email, caller: () => callAs(id) };
}

/** A signed-in browser: the value of its cookie. */
export async function makeSession(personId: string, now = new Date()): Promise<string> {
  const token = newSessionToken();
  await openSession({ token, personId, method: "email", userAgent: null }, now);
  return token;
}
