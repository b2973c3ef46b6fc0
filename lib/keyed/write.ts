import type { Permit } from "@/lib/auth/permit";
import type { Action } from "@/lib/auth/policy";
import { logFailure } from "@/lib/core/log";
import { Refusal } from "@/lib/core/refusal";
import { database } from "@/lib/db/client";
import { CUT_OFF_MS, KEPT_MS, type KeptAnswer } from "./rules";

// The Idempotency-Key header of draft-ietf-httpapi-idempotency-key-header, for each agent by itself.

type Keyed = { key: string; digest: Buffer };

/** Takes the key, or leaves it to whoever has it: then no row comes back. */
const CLAIM = `
WITH swept AS (DELETE FROM keyed_request WHERE agent_id = $1 AND key <> $2 AND expires_at <= now())
INSERT INTO keyed_request AS k (agent_id, key, digest, expires_at)
VALUES ($1, $2, $3, now() + $4::int * interval '1 millisecond')
ON CONFLICT (agent_id, key) DO UPDATE
  SET digest = excluded.digest, status = NULL, answer = NULL, claimed_at = now(), expires_at = excluded.expires_at
  WHERE k.expires_at <= now()
    OR (k.status IS NULL AND k.claimed_at < now() - $5::int * interval '1 millisecond')
RETURNING true`;

/**
 * Does the work once for a key: a repeat of the same request is answered as the first was, and while
 * that is under way it is a conflict; another request under the key is invalid.
 */
export async function answerOnce(
  { actor }: Permit<Action>,
  { key, digest }: Keyed,
  work: () => Promise<KeptAnswer>,
): Promise<KeptAnswer> {
  if (actor.kind !== "agent") throw new Refusal("forbidden", "Only an agent sends batches.");
  const where = [actor.agentId, key];
  const { pool } = database();
  const { rowCount } = await pool.query(CLAIM, [...where, digest, KEPT_MS, CUT_OFF_MS]);
  if (rowCount === 0) return findAnswer(where, digest);
  try {
    const answer = await work();
    await keep(where, answer);
    return answer;
  } catch (error) {
    await release(where);
    throw error;
  }
}

type Row = { is_same: boolean; status: number | null; answer: string | null };

async function findAnswer(where: string[], digest: Buffer): Promise<KeptAnswer> {
  const { rows } = await database().pool.query<Row>(
    "SELECT digest = $3 AS is_same, status, answer FROM keyed_request WHERE agent_id = $1 AND key = $2",
    [...where, digest],
  );
  const [row] = rows;
  if (row && !row.is_same) {
    throw new Refusal("invalid", "This Idempotency-Key was used for another request.", [
      { pointer: "", code: "key_reused", message: "Use a new key for a new request." },
    ]);
  }
  if (!row || row.status === null || row.answer === null) {
    throw new Refusal("conflict", "A request with this Idempotency-Key is under way.", [
      { pointer: "", code: "under_way", message: "Wait for its answer, then ask again." },
    ]);
  }
  return { status: row.status, text: row.answer };
}

/** The work is stored by now: if this cannot be, a repeat is told that all is there already. */
const keep = (where: string[], { status, text }: KeptAnswer) =>
  database()
    .pool.query(
      "UPDATE keyed_request SET status = $3, answer = $4 WHERE agent_id = $1 AND key = $2",
      [...where, status, text],
    )
    .catch((error: unknown) => logFailure("an answer was not kept for its key", error));

/** Nothing was stored: the key is free again. If not even that can be told, it is cut off in a minute. */
const release = (where: string[]) =>
  database()
    .pool.query(
      "DELETE FROM keyed_request WHERE agent_id = $1 AND key = $2 AND status IS NULL",
      where,
    )
    .catch((error: unknown) => logFailure("a key was not freed", error));
