import type pg from "pg";
import type { Permit } from "@/lib/auth/permit";
import { personIdOf } from "@/lib/auth/permit";
import type { Action } from "@/lib/auth/policy";
import { holdEvent } from "@/lib/cells/write/lock";
import { Refusal } from "@/lib/core/refusal";
import { auditOf } from "@/lib/db/audit";
import { transaction } from "@/lib/db/transaction";
import { CHANNEL } from "@/lib/live/channel";
import { maySeeEntry, refusalToChange, type Standing } from "../rules";
import type { EntryKind, EntryState } from "../schema";

/** An entry as it is while nobody else can change it. */
export type Held = Standing & {
  id: string;
  slug: string;
  name: string;
  number: number;
  kind: EntryKind;
  state: EntryState;
  trackIds: string[];
};

/** What there is to tell of a change. */
export type Told = {
  /** For the audit trail. */
  detail: Record<string, string | number | boolean | null | readonly string[]>;
  /**
   * For those who follow the event; raises its catalogue version too. Left out of what neither a
   * matrix nor an agent's catalogue shows.
   */
  log?: { kind: "entry" | "build"; subject: string; detail: Record<string, unknown> };
  /** Tracks to wake the readers of, beside those it is in afterwards. */
  trackIds?: readonly string[];
  /** The state it is in now, where that has changed and is to be heard of. */
  state?: EntryState;
};

/** One change of an entry that the actor may see; whether they may change it, says `change`. */
export function changeEntry<A extends Action>(
  permit: Permit<A>,
  entrySlug: string,
  change: (tx: pg.PoolClient, entry: Held) => Promise<Told>,
): Promise<void> {
  return transaction(async (tx) => {
    await holdEvent(tx, permit);
    const entry = await holdEntry(tx, permit, entrySlug);
    const { id, slug, state } = entry;
    await tell(tx, permit, { id, slug, state, ...(await change(tx, entry)) });
  });
}

/** One change of an entry by its members, or by an organizer for them. */
export const changeOwnEntry = <A extends Action>(
  permit: Permit<A>,
  entrySlug: string,
  change: (tx: pg.PoolClient, entry: Held) => Promise<Told>,
): Promise<void> =>
  changeEntry(permit, entrySlug, (tx, entry) => {
    const refusal = refusalToChange(entry);
    if (refusal) throw refusal;
    return change(tx, entry);
  });

const HELD = `
SELECT n.id, n.slug, n.name, n.number, n.kind, n.state,
  EXISTS (SELECT FROM entry_member m WHERE m.entry_id = n.id AND m.person_id = $3) AS "isMember",
  ARRAY(SELECT et.track_id::text FROM entry_track et WHERE et.entry_id = n.id) AS "trackIds"
FROM entry n WHERE n.event_id = $1 AND n.slug = $2 FOR NO KEY UPDATE OF n`;

async function holdEntry<A extends Action>(
  tx: pg.PoolClient,
  permit: Permit<A>,
  slug: string,
): Promise<Held> {
  const { rows } = await tx.query<Omit<Held, "isOrganizer">>({
    name: "hold-entry",
    text: HELD,
    values: [permit.scope.eventId, slug, personIdOf(permit)],
  });
  const [row] = rows;
  const entry = row && { ...row, isOrganizer: permit.roles.has("organizer") };
  if (!entry || !maySeeEntry(entry)) throw new Refusal("not_found", "There is no such entry.");
  return entry;
}

const TELL = `
WITH audited AS (
  INSERT INTO audit (event_id, action, person_id, agent_id, subject, detail) VALUES ($1, $2, $3, $4, $5, $6)
), raised AS (
  UPDATE interop_event SET catalogue_version = catalogue_version + 1 WHERE id = $1 AND $7::text IS NOT NULL
), logged AS (
  INSERT INTO event_log (event_id, kind, subject, detail) SELECT $1, $7, $8, $9::jsonb WHERE $7::text IS NOT NULL
)
SELECT pg_notify('${CHANNEL}', track) FROM (
  SELECT unnest($10::text[]) AS track UNION SELECT track_id::text FROM entry_track WHERE entry_id = $11) t
WHERE $7::text IS NOT NULL`;

/**
 * Writes down what was changed and by whom, and wakes those who look at the matrices it is in. Of a
 * request nobody hears: it is its people's business and the organizers'.
 */
export async function tell<A extends Action>(
  tx: pg.PoolClient,
  permit: Permit<A>,
  { id, slug, ...told }: Told & { id: string; slug: string; state: EntryState },
) {
  const audit = auditOf(permit, { subject: id, detail: { entry: slug, ...told.detail } });
  const heard = told.state === "requested" ? undefined : told.log;
  await tx.query({
    name: "tell-entry",
    text: TELL,
    values: [
      audit.eventId,
      audit.action,
      audit.personId,
      audit.agentId,
      audit.subject,
      audit.detail,
      heard?.kind ?? null,
      heard?.subject ?? null,
      heard ? JSON.stringify({ entry: slug, ...heard.detail }) : null,
      told.trackIds ?? [],
      id,
    ],
  });
}
