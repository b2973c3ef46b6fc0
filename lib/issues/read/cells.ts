import type { Permit } from "@/lib/auth/permit";
import type { Action } from "@/lib/auth/policy";
import { AGREES } from "@/lib/cells/read";
import { database } from "@/lib/db/client";
import type { IssueCell } from "../schema";
import { CELL_SEEN, cellEyesOf } from "./seen";

const build = (row: string) =>
  `CASE WHEN ${row}.id IS NOT NULL THEN json_build_object('id', ${row}.id, 'label', ${row}.label, 'commit', ${row}.commit) END`;

const CELLS = `
SELECT c.id, ct.slug AS track, ct.title AS "trackTitle", tc.key AS test, tc.title AS "testTitle", c.variant, c.state, c.outcome,
  c.known_issue AS "knownIssue", q.parties, q.consented
FROM cell c JOIN track ct ON ct.id = c.track_id JOIN test_case tc ON tc.id = c.test_case_id
CROSS JOIN LATERAL (
  SELECT json_agg(json_build_object('role', x.role, 'roleLabel', coalesce(tr.label, x.role), 'entryId', n.id, 'entry', n.slug,
      'name', n.name, 'projectId', n.project_id, 'tested', ${build("tb")}, 'current', ${build("cb")}) ORDER BY x.at) AS parties,
    bool_and(${AGREES}) AS consented
  FROM jsonb_array_elements(c.parties) WITH ORDINALITY AS e (party, at)
  CROSS JOIN LATERAL (SELECT party->>'role' AS role, (party->>'entry')::uuid AS entry, at) x
  JOIN entry n ON n.id = x.entry
  LEFT JOIN track_role tr ON tr.track_id = c.track_id AND tr.key = x.role
  LEFT JOIN build tb ON tb.id = (c.tested->>n.id::text)::uuid
  LEFT JOIN build cb ON cb.id = n.current_build_id) q
WHERE c.event_id = $1 AND ${CELL_SEEN} AND (NOT $5::bool OR q.consented) AND `;

const ORDER = " ORDER BY ct.position, tc.position, tc.key, c.row_number, c.column_number, c.id";

type Wanted = { cellId: string } | { issue: number };

/** A cell, or the cells of an issue, as far as the reader may see them. One query. */
export async function listIssueCells(
  permit: Permit<Action>,
  wanted: Wanted,
  needsConsent: boolean,
): Promise<IssueCell[]> {
  const isOne = "cellId" in wanted;
  const which = isOne
    ? "c.id = $6::uuid"
    : "c.id IN (SELECT k.cell_id FROM issue_cell k JOIN issue i ON i.id = k.issue_id WHERE i.event_id = $1 AND i.number = $6::int)";
  const { rows } = await database().pool.query<IssueCell>({
    name: isOne ? "issue-cell" : "issue-cells",
    text: CELLS + which + ORDER,
    values: [...cellEyesOf(permit), needsConsent, isOne ? wanted.cellId : wanted.issue],
  });
  return rows;
}
