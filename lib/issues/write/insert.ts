import type pg from "pg";
import { isClosed } from "../rules";
import type { IssueFacts, IssueState } from "../schema";
import type { Place, Target } from "./target";

export type NewIssue = Omit<IssueFacts, "target" | "track"> &
  Place &
  Target & {
    id: string;
    eventId: string;
    reporterId: string | null;
    state: IssueState;
    source: string;
  };

const LOTS_FROM = 100_000;

/**
 * Numbers count from 1. In a restricted track they are drawn by lot: a gap in the others would tell
 * that there is something, and a count of these how much. The event's row is locked meanwhile.
 */
const INSERT = `
INSERT INTO issue (id, event_id, track_id, number, title, body, kind, severity, cause, state, project_id, target_name, reporter_id, source, closed_at)
SELECT $1, $2, $3, CASE WHEN $4::bool
    THEN (SELECT n FROM (SELECT ${LOTS_FROM} + floor(random() * 900000)::int AS n FROM generate_series(1, 50)) lots
      WHERE NOT EXISTS (SELECT FROM issue o WHERE o.event_id = $2 AND o.number = lots.n) LIMIT 1)
    ELSE (SELECT coalesce(max(o.number), 0) + 1 FROM issue o WHERE o.event_id = $2 AND o.number < ${LOTS_FROM}) END,
  $5, $6, $7, $8, $9, $10::text, $11, $12, $13, $14, CASE WHEN $15::bool THEN now() END
RETURNING number`;

export async function insertIssue(tx: pg.PoolClient, issue: NewIssue): Promise<number> {
  const { rows } = await tx.query<{ number: number }>(INSERT, [
    issue.id,
    issue.eventId,
    issue.trackId,
    issue.restricted,
    issue.title,
    issue.body,
    issue.kind,
    issue.severity,
    issue.cause,
    issue.state,
    issue.projectId,
    issue.targetName,
    issue.reporterId,
    issue.source,
    isClosed(issue.state),
  ]);
  return rows[0]?.number ?? 0;
}
