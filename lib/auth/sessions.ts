import { createHash, randomBytes } from "node:crypto";
import { database, db } from "@/lib/db/client";

const HOUR_MS = 3_600_000;
/** A session ends when nobody used it for this long … */
export const IDLE_MS = 12 * HOUR_MS;
/** … and, used or not, this long after the sign-in. */
export const ABSOLUTE_MS = 7 * 24 * HOUR_MS;
const TOUCH_MS = 60_000;

export type CurrentSession = { personId: string; sessionId: string };

export const newSessionToken = () => randomBytes(32).toString("base64url");

/** What is stored of a session's token: the cookie's value is 256 random bits, so a plain hash does. */
export const digestOf = (token: string) => createHash("sha256").update(token).digest("hex");

type NewSession = {
  token: string;
  personId: string;
  /** How they signed in: the provider's id. */
  method: string;
  userAgent: string | null;
};

/** Opens a session, says so in the audit, and forgets the sessions that have ended by themselves. */
export async function openSession(
  session: NewSession,
  now = new Date(),
): Promise<{ expires: Date }> {
  const { token, personId, method, userAgent } = session;
  const expires = new Date(now.getTime() + ABSOLUTE_MS);
  await db.$transaction([
    db.session.deleteMany({
      where: {
        OR: [{ expires: { lte: now } }, { lastSeenAt: { lte: new Date(now.getTime() - IDLE_MS) } }],
      },
    }),
    db.session.create({
      data: {
        sessionToken: digestOf(token),
        userId: personId,
        method,
        userAgent: userAgent?.slice(0, 300) ?? null,
        expires,
        createdAt: now,
        lastSeenAt: now,
      },
    }),
    db.audit.create({ data: { action: "session.open", personId, detail: { method } } }),
  ]);
  return { expires };
}

const FIND = `
WITH found AS (
  SELECT id, person_id, last_seen_at FROM session
  WHERE session_token = $1 AND expires > $2::timestamptz AND last_seen_at > $3::timestamptz),
touched AS (
  UPDATE session s SET last_seen_at = $2::timestamptz FROM found f
  WHERE s.id = f.id AND f.last_seen_at < $4::timestamptz)
SELECT id AS "sessionId", person_id AS "personId" FROM found`;

/** Whose session a cookie's value is, or null when it is unknown, ended, idle or too old. */
export async function findSession(token: string, now = new Date()): Promise<CurrentSession | null> {
  const before = (ms: number) => new Date(now.getTime() - ms);
  const { rows } = await database().pool.query<CurrentSession>({
    name: "session",
    text: FIND,
    values: [digestOf(token), now, before(IDLE_MS), before(TOUCH_MS)],
  });
  return rows[0] ?? null;
}

export async function closeSession(token: string): Promise<void> {
  await db.session.deleteMany({ where: { sessionToken: digestOf(token) } });
}

/** Signs a person out of every browser; each is out at its next request. */
export async function closeAllSessions(personId: string): Promise<void> {
  await db.$transaction([
    db.session.deleteMany({ where: { userId: personId } }),
    db.audit.create({ data: { action: "session.closeAll", personId } }),
  ]);
}
