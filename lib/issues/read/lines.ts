import type { Permit } from "@/lib/auth/permit";
import { allows } from "@/lib/auth/policy";
import { shownZone } from "@/lib/auth/zone";
import { AGREES } from "@/lib/cells/read";
import { database } from "@/lib/db/client";
import { slugOf } from "@/lib/projects/rules";
import { applyIssueView, type Fix, type Searchable } from "../rules";
import type { IssueLine, IssueList, IssueView } from "../schema";
import { CELL_SEEN, eyesOf, ISSUE_SEEN, momentOf } from "./seen";
import { loadVeil, type Veil } from "./veil";

/** The columns of a line. `$6`: only cells that their entries agreed to show are counted. */
export const LINE = `
  i.number, i.title, i.kind, i.severity, i.cause, i.state, i.target_name, i.fixed_in_id, i.project_id,
  CASE WHEN t.id IS NOT NULL THEN json_build_object('slug', t.slug, 'title', t.title, 'restricted', t.restricted) END AS track,
  CASE WHEN p.id IS NOT NULL THEN json_build_object('slug', p.slug, 'name', p.name) END AS project, r.name AS reporter,
  (SELECT count(*)::int FROM issue_cell k JOIN cell c ON c.id = k.cell_id JOIN track ct ON ct.id = c.track_id
    WHERE k.issue_id = i.id AND ${CELL_SEEN} AND (NOT $6::bool OR NOT EXISTS (
      SELECT FROM jsonb_array_elements(c.parties) x JOIN entry n ON n.id = (x->>'entry')::uuid
      WHERE NOT ${AGREES}))) AS cells,
  (SELECT count(*)::int FROM issue_comment m WHERE m.issue_id = i.id) AS comments,
  coalesce((SELECT json_agg(json_build_object('id', l.id, 'kind', l.kind, 'label', l.label, 'url', l.url) ORDER BY l.position, l.label)
    FROM issue_link l WHERE l.issue_id = i.id), '[]') AS links,
  coalesce((SELECT json_agg(json_build_object('id', d.id, 'deed', d.deed, 'name', d.name) ORDER BY d.position, d.name)
    FROM issue_credit d WHERE d.issue_id = i.id), '[]') AS credits,
  ${momentOf("i.created_at")} AS "createdAt", ${momentOf("i.updated_at")} AS "updatedAt", ${momentOf("i.closed_at")} AS "closedAt"`;

export const FROM_ISSUES = `
FROM issue i LEFT JOIN track t ON t.id = i.track_id LEFT JOIN project p ON p.id = i.project_id
LEFT JOIN person r ON r.id = i.reporter_id`;

export type LineRow = Omit<IssueLine, "target"> & {
  target_name: string | null;
  fixed_in_id: string | null;
  project_id: string | null;
  project: { slug: string; name: string } | null;
};

export function lineOf(row: LineRow): IssueLine {
  const { target_name, fixed_in_id: _, project_id: __, project, ...line } = row;
  const name = project?.name ?? target_name;
  const target =
    name === null
      ? null
      : { key: project?.slug ?? slugOf(name), name, project: project?.slug ?? null };
  return { ...line, target };
}

/** What of an issue decides whether a build carries its fix. */
export const fixOf = (row: LineRow): Fix => ({
  number: row.number,
  state: row.state,
  links: row.links,
  fixedIn: row.fixed_in_id,
  projectId: row.project_id,
});

const MANY = 2000;
// The comments are searched too, but travel only then.
const LINES = `
SELECT ${LINE}, CASE WHEN $7::bool THEN i.body || E'\\n' || coalesce((SELECT string_agg(m.body, E'\\n') FROM issue_comment m WHERE m.issue_id = i.id), '') ELSE '' END AS text
${FROM_ISSUES} WHERE i.event_id = $1 AND ${ISSUE_SEEN} ORDER BY i.created_at DESC, i.number DESC LIMIT ${MANY}`;

async function listSeen(
  permit: Permit<"issue.view">,
  veil: Veil,
  isSearched: boolean,
): Promise<Searchable[]> {
  const { rows } = await database().pool.query<LineRow & { text: string }>({
    name: "issues",
    text: LINES,
    values: [...eyesOf(permit), veil.needsConsent, isSearched],
  });
  // Veiled first, and searched then: a search finds nothing that the reader is not shown.
  return rows.map(({ text, ...row }) => ({ ...veil.line(lineOf(row)), text: veil.hide(text) }));
}

/** The event's issues that the reader may see, narrowed to a view; two queries, three for outsiders once published. */
export async function listIssues(
  permit: Permit<"issue.view">,
  view: IssueView,
): Promise<IssueList> {
  const veil = await loadVeil(permit);
  const [all, events] = await Promise.all([
    listSeen(permit, veil, (view.q ?? "") !== ""),
    database().pool.query<{ zone: string; tracks: IssueList["tracks"] | null }>({
      name: "issue-tracks",
      text: `SELECT e.zone, (SELECT json_agg(json_build_object('slug', t.slug, 'title', t.title) ORDER BY t.position, t.title)
               FROM track t WHERE t.event_id = e.id) AS tracks FROM interop_event e WHERE e.id = $1`,
      values: [permit.scope.eventId],
    }),
  ]);
  const targets = new Map(
    all.flatMap(({ target }) => (target ? [[target.key, target.name] as const] : [])),
  );
  return {
    lines: applyIssueView(all, view),
    total: all.length,
    tracks: events.rows[0]?.tracks ?? [],
    targets: [...targets]
      .map(([key, name]) => ({ key, name }))
      .sort((a, b) => a.name.localeCompare(b.name, "en")),
    zone: shownZone(permit, events.rows[0]?.zone ?? "UTC"),
    mayRaise: allows("issue.raise", permit.roles, permit.scope.phase),
  };
}

const TALLY = `
SELECT count(*)::int AS total, count(*) FILTER (WHERE i.state IN ('open', 'known'))::int AS open
${FROM_ISSUES} WHERE i.event_id = $1 AND ${ISSUE_SEEN}`;

/** How many issues there are for the reader, and how many of them nobody has mended. One query. */
export async function tallyIssues(
  permit: Permit<"issue.view">,
): Promise<{ total: number; open: number }> {
  const { rows } = await database().pool.query<{ total: number; open: number }>({
    name: "issue-tally",
    text: TALLY,
    values: eyesOf(permit),
  });
  return rows[0] ?? { total: 0, open: 0 };
}
