import type pg from "pg";
import type { Permit } from "@/lib/auth/permit";
import type { Action } from "@/lib/auth/policy";
import { lockEvent, refuseOutOfPhase } from "@/lib/cells/write/lock";
import { Refusal } from "@/lib/core/refusal";
import { auditOf } from "@/lib/db/audit";
import type { Prisma } from "@/lib/db/generated/client";
import { transaction } from "@/lib/db/transaction";
import { type Phase, phaseSchema } from "@/lib/events/schema";
import { noIssue } from "../read/issue";
import { eyesOf, ISSUE_SEEN, SAID, STANDING } from "../read/seen";
import { mayEdit, type Standing } from "../rules";
import type { IssueState } from "../schema";

/** An issue that the actor may see, while nobody else can change it. */
export type HeldIssue = {
  tx: pg.PoolClient;
  id: string;
  number: number;
  state: IssueState;
  phase: Phase;
  trackId: string | null;
  /** Its track's slug; empty for none. */
  track: string;
  restricted: boolean;
  projectId: string | null;
  standing: Standing;
  cellIds: string[];
  /** In a word: another one when somebody has changed it. */
  said: string;
  links: number;
  credits: number;
  /** By a commit: builds and notes come with the change. */
  isFixNamed: boolean;
};

type Row = Omit<HeldIssue, "tx" | "phase">;

const HELD = `
SELECT i.id, i.number, i.state, i.track_id AS "trackId", coalesce(t.slug, '') AS track, coalesce(t.restricted, false) AS restricted,
  i.project_id AS "projectId", ${STANDING}, ${SAID},
  ARRAY(SELECT k.cell_id::text FROM issue_cell k WHERE k.issue_id = i.id ORDER BY k.cell_id) AS "cellIds",
  (SELECT count(*)::int FROM issue_link l WHERE l.issue_id = i.id) AS links,
  (SELECT count(*)::int FROM issue_credit d WHERE d.issue_id = i.id) AS credits,
  EXISTS (SELECT FROM issue_link l WHERE l.issue_id = i.id AND l.kind = 'commit') AS "isFixNamed"
FROM issue i LEFT JOIN track t ON t.id = i.track_id
WHERE i.event_id = $1 AND i.number = $6::int AND ${ISSUE_SEEN}`;

async function holdIssue(
  tx: pg.PoolClient,
  permit: Permit<Action>,
  number: number,
): Promise<HeldIssue> {
  const { eventId } = permit.scope;
  const event = await lockEvent(tx, eventId, false);
  refuseOutOfPhase(permit, event.phase);
  // First the lock, and then a look: in one statement what it is joined with would be of before.
  await tx.query("SELECT FROM issue WHERE event_id = $1 AND number = $2 FOR NO KEY UPDATE", [
    eventId,
    number,
  ]);
  const { rows } = await tx.query<Row>(HELD, [...eyesOf(permit), number]);
  const [row] = rows;
  if (!row) throw noIssue(number);
  return { ...row, tx, phase: phaseSchema.parse(event.phase) };
}

/** What a change has to tell: for the audit trail and the log. */
export type Change = { did: string; detail?: Prisma.InputJsonObject };

const TELL = `
WITH touched AS (
  UPDATE issue SET updated_at = now() WHERE id = $5::uuid
), audited AS (
  INSERT INTO audit (event_id, action, person_id, agent_id, subject, detail) VALUES ($1, $2, $3, $4, $5::text, $6)
)
INSERT INTO event_log (event_id, track_id, kind, subject, detail) VALUES ($1, $7, 'issue', $5::text, $8)`;

/** Writes down what was done and by whom. The log names the number and the deed, and no words of anybody. */
export async function tellOfIssue(
  tx: pg.PoolClient,
  permit: Permit<Action>,
  { id, number, trackId, did, detail = {} }: Change & Pick<HeldIssue, "id" | "number" | "trackId">,
) {
  const audit = auditOf(permit, { subject: id, detail: { number, did, ...detail } });
  const log = { number, did };
  const values = [audit.eventId, audit.action, audit.personId, audit.agentId, id, audit.detail];
  await tx.query(TELL, [...values, trackId, log]);
}

/** One change of an issue that the actor may see. */
export function changeIssue(
  permit: Permit<"issue.edit" | "issue.comment">,
  number: number,
  change: (issue: HeldIssue) => Promise<Change>,
): Promise<void> {
  return transaction(async (tx) => {
    const issue = await holdIssue(tx, permit, number);
    const told = await change(issue);
    await tellOfIssue(tx, permit, { ...issue, ...told });
  });
}

const NOT_YOURS =
  "An issue is changed by whoever raised it, the people of the project that it is against, the leads of its track and the organizers. You can comment on it.";

/** One change of an issue by those who may change it. */
export const editIssue = (
  permit: Permit<"issue.edit">,
  number: number,
  change: (issue: HeldIssue) => Promise<Change>,
): Promise<void> =>
  changeIssue(permit, number, (issue) => {
    if (!mayEdit(issue.standing)) throw new Refusal("forbidden", NOT_YOURS);
    return change(issue);
  });
