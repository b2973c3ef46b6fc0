import type pg from "pg";
import { CHANNEL } from "@/lib/live/channel";
import { LOCK_CELLS } from "./fold";

const KEEP_KNOWN = `
WITH wanted AS (
  SELECT c.id, EXISTS (SELECT FROM issue_cell k JOIN issue i ON i.id = k.issue_id
    WHERE k.cell_id = c.id AND i.state = 'known') AS known
  FROM cell c WHERE c.id = ANY($1::uuid[])
), changed AS (
  UPDATE cell c SET known_issue = w.known, xid = pg_current_xact_id()
  FROM wanted w WHERE c.id = w.id AND c.known_issue <> w.known RETURNING c.*
), logged AS (
  INSERT INTO event_log (event_id, track_id, kind, subject, detail)
  SELECT c.event_id, c.track_id, 'cell', c.id::text,
    jsonb_build_object('state', c.state, 'outcome', c.outcome, 'sides', c.sides, 'flaky', c.flaky, 'tested', c.tested,
      'sidesOf', c.sides_of, 'attempts', c.attempts, 'testVersion', c.test_version, 'latestAt', c.latest_at,
      'knownIssue', c.known_issue)
  FROM changed c
)
SELECT pg_notify('${CHANNEL}', c.track_id::text) FROM changed c GROUP BY c.track_id`;

/**
 * Locks cells before something about their issues is changed: later, the lock would be taken while a
 * foreign key's weaker one is held, and two that do so wait for each other.
 */
export const lockForKnown = (tx: pg.PoolClient, cellIds: readonly string[]) =>
  tx.query({ name: "lock-cells", text: LOCK_CELLS, values: [cellIds] });

/**
 * Brings the cells' mark "known issue" up to date with the issues as this transaction leaves them, and
 * wakes those who look at their tracks. The cells are to be locked by then.
 */
export const keepKnown = (tx: pg.PoolClient, cellIds: readonly string[]) =>
  tx.query({ name: "keep-known", text: KEEP_KNOWN, values: [cellIds] });
