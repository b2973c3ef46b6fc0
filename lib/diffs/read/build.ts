import type { Permit } from "@/lib/auth/permit";
import { byCell, STANDS, UTTERANCE, type UtteranceRow } from "@/lib/cells/read";
import type { RulingInForce } from "@/lib/cells/schema";
import { Refusal } from "@/lib/core/refusal";
import { database } from "@/lib/db/client";
import { matrixOf } from "@/lib/matrices/read/matrix";
import {
  CELL_COLUMNS,
  type CellRow,
  cellOf,
  ONLY_OWN,
  type Plan,
  sourceOf,
} from "@/lib/matrices/read/source";
import { buildGrids } from "@/lib/matrices/rules";
import type { SourceEntry, TrackMatrix } from "@/lib/matrices/schema";
import { sidesOf } from "@/lib/results/rules";
import { buildSide, foldOf } from "../rules";
import type { OfferedBuilds } from "../schema";

type Viewing = Permit<"matrix.view">;
type Where = { permit: Viewing; trackSlug: string; plan: Plan };

/** Entries whose builds the reader may be told of: whoever is not named, or shows nothing, has none. */
function tellable({ permit, trackSlug, plan }: Where): SourceEntry[] {
  const { entries, needsConsent } = sourceOf(permit, trackSlug, { plan, cells: [] });
  return entries.filter(
    ({ kind, consent: { named, passing, failing } }) =>
      !needsConsent || kind !== "participant" || (named && (passing || failing)),
  );
}

/** Whether result `r` has a party that ran the build, both as SQL. */
const ran = (entry: string, build: string) =>
  `r.parties @> jsonb_build_array(jsonb_build_object('entry', ${entry}::text, 'build', ${build}::text))`;

/** Ends at the first result of each build; only entries with two builds or more are looked at. */
const OFFERED = `
WITH several AS (
  SELECT b.id, b.entry_id, b.label, b.created_at FROM build b
  WHERE b.entry_id = ANY($3::uuid[]) AND (SELECT count(*) FROM build o WHERE o.entry_id = b.entry_id) > 1),
mine AS MATERIALIZED (
  SELECT c.id, (q->>'entry')::uuid AS entry_id FROM cell c CROSS JOIN jsonb_array_elements(c.parties) q
  WHERE c.track_id = $1 AND ${ONLY_OWN} AND (q->>'entry')::uuid IN (SELECT entry_id FROM several))
SELECT s.entry_id, s.id, s.label FROM several s
WHERE EXISTS (SELECT FROM mine m JOIN result r ON r.cell_id = m.id
  WHERE m.entry_id = s.entry_id AND ${ran("s.entry_id", "s.id")} AND ${STANDS})
ORDER BY s.created_at, s.label`;

/** What the page offers: entries with results of two builds that the reader may see, oldest build first. */
export async function listBuilds(where: Where): Promise<OfferedBuilds[]> {
  const entries = tellable(where);
  const { rows } = await database().pool.query<{ entry_id: string; id: string; label: string }>(
    OFFERED,
    [where.plan.id, where.plan.only, entries.map(({ id }) => id)],
  );
  return entries.flatMap(({ id, entry, name }) => {
    const builds = rows
      .filter((row) => row.entry_id === id)
      .map((row) => ({ side: buildSide(entry, row.id), label: `${name} ${row.label}` }));
    return builds.length > 1 ? [{ entry: name, builds }] : [];
  });
}

/** So many results of one build are folded while somebody waits: a thirtieth of three million. */
const MOST_RESULTS = 100_000;

const SAID = `
SELECT ${UTTERANCE} FROM cell c JOIN result r ON r.cell_id = c.id
WHERE c.track_id = $1 AND ${ONLY_OWN} AND c.parties @> jsonb_build_array(jsonb_build_object('entry', $3::text))
  AND ${ran("$3", "$4")} AND ${STANDS} LIMIT ${MOST_RESULTS + 1}`;

const CELLS = `
SELECT ${CELL_COLUMNS}, t.kind,
  CASE WHEN g.id IS NOT NULL THEN json_build_object('outcome', g.outcome, 'builds', g.builds) END AS ruling
FROM cell c JOIN test_case t ON t.id = c.test_case_id LEFT JOIN ruling g ON g.id = c.ruling_id
WHERE c.id = ANY($1::uuid[]) ORDER BY c.test_number, c.row_number, c.column_number, c.id`;

type Row = CellRow & { kind: string; ruling: RulingInForce | null };

/**
 * The matrix as the results of one build of an entry make it: two queries. A build that has none, or
 * none that the reader may see, is not there.
 */
export async function drawBuild(
  where: Where,
  { entry, build }: { entry: string; build: string },
): Promise<TrackMatrix> {
  const { permit, trackSlug, plan } = where;
  const { pool } = database();
  const own = tellable(where).find((one) => one.entry === entry);
  const said = own
    ? (await pool.query<UtteranceRow>(SAID, [plan.id, plan.only, own.id, build])).rows
    : [];
  if (said.length === 0) {
    throw new Refusal("not_found", `No results here of such a build of '${entry}'.`);
  }
  if (said.length > MOST_RESULTS) {
    const message = `This build of '${entry}' has more than ${MOST_RESULTS} results in this track: compare two moments instead.`;
    throw new Refusal("too_large", message);
  }
  const heard = byCell(said);
  const { rows } = await pool.query<Row>(CELLS, [[...heard.keys()]]);
  const entries = new Map(plan.entries.map((one) => [one.id, one]));
  const cells = rows.flatMap(({ kind, ruling, ...row }) => {
    // Retracting has left no such cell: its results stand.
    const cell = cellOf(row);
    const parties = row.parties.flatMap((party) => {
      const of = entries.get(party.entry);
      return of ? [{ of }] : [];
    });
    const sides = sidesOf({ kind }, parties);
    return cell === null ? [] : (foldOf({ cell, sides, ruling }, heard.get(row.id) ?? []) ?? []);
  });
  const grids = buildGrids(sourceOf(permit, trackSlug, { plan, cells }));
  return matrixOf(permit, { trackSlug, plan }, { grids, asOf: plan.horizon });
}
