import type pg from "pg";
import { plainArray } from "@/lib/db/arrays";
import type { Folded } from "./fold";
import { packVoices } from "./memory";

/** What the matrix shows of a cell once its results are folded: a plan shows until one arrives. */
const stateOf = ({ row, view }: Folded) =>
  view.state === "untested" && row.planned ? "planned" : view.state;

/** Whether a reader of the log would see a difference: one more of the same is none. */
function hasChanged(folded: Folded): boolean {
  const { row, view, tested } = folded;
  return (
    stateOf(folded) !== row.state ||
    view.outcome !== row.outcome ||
    view.sides !== row.sides ||
    view.flaky !== row.flaky ||
    view.testVersion !== row.test_version ||
    JSON.stringify(tested) !== JSON.stringify(row.tested)
  );
}

/** Cells, what the fold remembers of them, and the log rows of those that changed, in one statement. */
export const KEEP_CELLS = `
WITH u AS (
  SELECT * FROM ROWS FROM (
    unnest($1::uuid[], $2::text[], $3::text[], $4::int[], $5::int[], $6::int[], $7::bool[], $8::int[],
      $9::timestamptz[], $10::bool[]),
    jsonb_array_elements($11::jsonb), jsonb_array_elements($12::jsonb))
  AS u (id, state, outcome, sides, sides_of, attempts, flaky, test_version, latest_at, changed, tested, voices)
), cells AS (
  UPDATE cell SET state = u.state, outcome = u.outcome, sides = u.sides, sides_of = u.sides_of, attempts = u.attempts,
    flaky = u.flaky, tested = u.tested, test_version = u.test_version, latest_at = u.latest_at,
    xid = pg_current_xact_id()
  FROM u WHERE cell.id = u.id RETURNING cell.id, cell.known_issue
), folds AS (
  INSERT INTO cell_fold (cell_id, voices) SELECT u.id, u.voices FROM u
  ON CONFLICT (cell_id) DO UPDATE SET voices = excluded.voices
)
INSERT INTO event_log (event_id, track_id, kind, subject, detail)
SELECT $13::uuid, $14::uuid, 'cell', u.id::text,
  jsonb_build_object('state', u.state, 'outcome', u.outcome, 'sides', u.sides, 'flaky', u.flaky, 'tested', u.tested,
    'sidesOf', u.sides_of, 'attempts', u.attempts, 'testVersion', u.test_version, 'latestAt', u.latest_at,
    'knownIssue', k.known_issue)
FROM u JOIN cells k ON k.id = u.id WHERE u.changed`;

export async function keepCells(
  tx: pg.PoolClient,
  where: { eventId: string; trackId: string },
  folded: readonly Folded[],
) {
  if (folded.length === 0) return;
  const plain = (pick: (one: Folded) => string | number | boolean | null) =>
    plainArray(folded.map(pick));
  await tx.query({
    name: "keep-cells",
    text: KEEP_CELLS,
    values: [
      plain(({ row }) => row.id),
      plain(stateOf),
      plain(({ view }) => view.outcome),
      plain(({ view }) => view.sides),
      plain(({ view }) => view.sidesOf),
      plain(({ attempts }) => attempts),
      plain(({ view }) => view.flaky),
      plain(({ view }) => view.testVersion),
      plain(({ view }) => (view.latestAt === null ? null : new Date(view.latestAt).toISOString())),
      plain(hasChanged),
      JSON.stringify(folded.map(({ tested }) => tested)),
      JSON.stringify(folded.map(({ voices }) => packVoices(voices))),
      where.eventId,
      where.trackId,
    ],
  });
}
