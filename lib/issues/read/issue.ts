import type { Permit } from "@/lib/auth/permit";
import { allows } from "@/lib/auth/policy";
import { isInsider } from "@/lib/auth/visibility";
import { shownZone } from "@/lib/auth/zone";
import { Refusal } from "@/lib/core/refusal";
import { database } from "@/lib/db/client";
import { mayEdit, retestsOf } from "../rules";
import type { CellIssues, IssuePage } from "../schema";
import { listIssueCells } from "./cells";
import { FROM_ISSUES, fixOf, LINE, type LineRow, lineOf } from "./lines";
import { eyesOf, ISSUE_SEEN, momentOf, SAID, STANDING, type StandingRow } from "./seen";
import { loadVeil, type Veil } from "./veil";

type PageRow = LineRow &
  StandingRow & {
    body: string;
    said: string;
    source: string;
    zone: string;
    fixed_in: IssuePage["fixedIn"];
    comment_lines: { id: string; by: string | null; at: string; text: string }[];
    builds: IssuePage["builds"];
  };

const PAGE = `
SELECT ${LINE}, ${STANDING}, ${SAID}, i.body, i.source, e.zone,
  (SELECT json_build_object('id', b.id, 'entry', n.name, 'label', b.label) FROM build b JOIN entry n ON n.id = b.entry_id WHERE b.id = i.fixed_in_id) AS fixed_in,
  coalesce((SELECT json_agg(json_build_object('id', m.id, 'by', w.name, 'at', ${momentOf("m.created_at")}, 'text', m.body) ORDER BY m.created_at, m.id)
    FROM issue_comment m JOIN person w ON w.id = m.person_id WHERE m.issue_id = i.id), '[]') AS comment_lines,
  coalesce((SELECT json_agg(json_build_object('id', b.id, 'entry', n.name, 'label', b.label) ORDER BY n.name, b.created_at DESC, b.label)
    FROM build b JOIN entry n ON n.id = b.entry_id WHERE n.event_id = i.event_id AND n.project_id = i.project_id AND n.state = 'admitted'), '[]') AS builds
${FROM_ISSUES} JOIN interop_event e ON e.id = i.event_id
WHERE i.event_id = $1 AND i.number = $7::int AND ${ISSUE_SEEN}`;

/** What one may not see and what is not there are told in the same words. */
export const noIssue = (number: number) =>
  new Refusal("not_found", `There is no issue #${number} in this event.`);

/** An issue with its cells, links, credits and comments; two queries, three for outsiders once published. */
export async function loadIssue(permit: Permit<"issue.view">, number: number): Promise<IssuePage> {
  const veil = await loadVeil(permit);
  const [issues, cells] = await Promise.all([
    database().pool.query<PageRow>({
      name: "issue-page",
      text: PAGE,
      values: [...eyesOf(permit), veil.needsConsent, number],
    }),
    listIssueCells(permit, { issue: number }, veil.needsConsent),
  ]);
  const [row] = issues.rows;
  if (!row) throw noIssue(number);
  const { roles, scope } = permit;
  const may = {
    edit: allows("issue.edit", roles, scope.phase) && mayEdit(row.standing),
    comment: allows("issue.comment", roles, scope.phase),
  };
  return {
    ...pageOf(row, veil),
    zone: shownZone(permit, row.zone),
    cellLines: cells,
    retests: offersRetests(permit) ? retestsOf(fixOf(row), cells) : [],
    may,
    builds: may.edit ? row.builds : [],
    said: may.edit ? row.said : "",
  };
}

const offersRetests = (permit: Permit<"issue.view">) =>
  permit.scope.phase === "testing" && isInsider(permit);

function pageOf(
  row: PageRow,
  veil: Veil,
): Omit<IssuePage, "cellLines" | "retests" | "may" | "builds" | "said"> {
  const { standing: _, said: __, builds: ___, ...shown } = row;
  const { body, source, zone, fixed_in, comment_lines, ...line } = shown;
  const told = veil.line(lineOf(line));
  const isBuildTold = fixed_in !== null && veil.hide(fixed_in.entry) === fixed_in.entry;
  return {
    ...told,
    body: veil.hide(body),
    source: veil.hide(source),
    zone,
    fixedIn: isBuildTold && told.target !== null ? fixed_in : null,
    commentLines: comment_lines.map(({ by, text, ...comment }) => ({
      ...comment,
      by: veil.person(by) ?? "somebody who takes part",
      text: veil.hide(text),
    })),
  };
}

const OF_CELL = `
SELECT ${LINE} ${FROM_ISSUES}
WHERE i.event_id = $1 AND ${ISSUE_SEEN} AND EXISTS (SELECT FROM issue_cell k WHERE k.issue_id = i.id AND k.cell_id = $7::uuid)
ORDER BY i.created_at DESC, i.number DESC LIMIT 200`;

/** The issues of a cell that the reader may see, and what of them is to be tried again. Two queries. */
export async function listIssuesOfCell(
  permit: Permit<"issue.view">,
  cellId: string,
): Promise<CellIssues> {
  const veil = await loadVeil(permit);
  const [cells, issues] = await Promise.all([
    listIssueCells(permit, { cellId }, veil.needsConsent),
    database().pool.query<LineRow>({
      name: "issues-of-cell",
      text: OF_CELL,
      values: [...eyesOf(permit), veil.needsConsent, cellId],
    }),
  ]);
  if (cells.length === 0) throw new Refusal("not_found", "There is no such cell.");
  return {
    lines: issues.rows.map((row) => veil.line(lineOf(row))),
    retests: offersRetests(permit)
      ? issues.rows.flatMap((row) => retestsOf(fixOf(row), cells))
      : [],
    mayRaise: allows("issue.raise", permit.roles, permit.scope.phase),
  };
}
