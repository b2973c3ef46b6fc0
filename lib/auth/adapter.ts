import type { Adapter, AdapterAccount, AdapterUser } from "next-auth/adapters";
import { database, db } from "@/lib/db/client";
import { closeSession, digestOf, findSession, openSession } from "./sessions";

/** What a session remembers of how it came about. */
export type SignInMeans = { method: string; userAgent: string | null };

const person = { id: true, email: true, emailVerified: true, name: true } as const;
type Row = { id: string; email: string | null; emailVerified: Date | null; name: string | null };

const userOf = (row: Row): AdapterUser => ({ ...row, email: row.email ?? "" });
const userOrNull = (row: Row | null | undefined) => (row ? userOf(row) : null);

/** The identity that a new person comes with; lib/auth/providers.ts puts it into the profile. */
export type WithIdentity = { identity?: { provider: string; providerAccountId: string } };

/**
 * What next-auth asks of a database. Written here rather than taken from @auth/prisma-adapter, because
 * nearly every answer differs: a session is stored as a digest and goes idle, a provider's tokens are
 * not kept, and the user is a person.
 */
export function authAdapter(means: SignInMeans): Adapter {
  return { ...persons, ...identities, ...links, ...sessionsBy(means) };
}

const persons = {
  // With the identity in the same statement: no person is left behind whom nobody can sign in as.
  createUser: async ({
    email,
    emailVerified,
    name,
    identity,
  }: Omit<AdapterUser, "id"> & WithIdentity) =>
    userOf(
      await db.person.create({
        data: {
          email,
          emailVerified,
          name: name ?? null,
          ...(identity ? { accounts: { create: { type: "oauth", ...identity } } } : {}),
        },
        select: person,
      }),
    ),
  getUser: async (id) => userOrNull(await db.person.findUnique({ where: { id }, select: person })),
  getUserByEmail: async (email) =>
    userOrNull(await db.person.findUnique({ where: { email }, select: person })),
  updateUser: async ({ id, emailVerified }) =>
    userOf(
      await db.person.update({
        where: { id },
        data: { emailVerified: emailVerified ?? null },
        select: person,
      }),
    ),
} satisfies Adapter;

const identities = {
  getUserByAccount: async ({ provider, providerAccountId }) => {
    const account = await db.account.findUnique({
      where: { provider_providerAccountId: { provider, providerAccountId } },
      select: { user: { select: person } },
    });
    return userOrNull(account?.user);
  },
  linkAccount: async (account: AdapterAccount) => {
    const { userId, type, provider, providerAccountId } = account;
    // Already there for somebody who has just come in for the first time: see createUser.
    await db.account.createMany({
      data: [{ userId, type, provider, providerAccountId }],
      skipDuplicates: true,
    });
  },
} satisfies Adapter;

const USE_LINK = `
DELETE FROM verification_token WHERE identifier = $1 AND token = $2 RETURNING identifier, token, expires`;

const links = {
  createVerificationToken: (link) => db.verificationToken.create({ data: link }),
  // One statement: of many who come with the same link at once, one finds it.
  useVerificationToken: async ({ identifier, token }) => {
    const { rows } = await database().pool.query<{
      identifier: string;
      token: string;
      expires: Date;
    }>(USE_LINK, [identifier, token]);
    return rows[0] ?? null;
  },
} satisfies Adapter;

const sessionsBy = ({ method, userAgent }: SignInMeans): Adapter => ({
  createSession: async (session) => {
    const { sessionToken: token, userId: personId } = session;
    const { expires } = await openSession({ token, personId, method, userAgent });
    return { ...session, expires };
  },
  getSessionAndUser: async (token) => {
    if (!(await findSession(token))) return null;
    const found = await db.session.findUnique({
      where: { sessionToken: digestOf(token) },
      select: { expires: true, user: { select: person } },
    });
    if (!found) return null;
    const user = userOf(found.user);
    return { user, session: { sessionToken: token, userId: user.id, expires: found.expires } };
  },
  // Seven days is the end of it: next-auth may not prolong a session.
  updateSession: () => null,
  deleteSession: closeSession,
});
