import pg from "pg";
import type { Permit } from "@/lib/auth/permit";
import { database } from "@/lib/db/client";
import { buildGrids } from "../rules";
import type { Matrix, SourceCell, TrackMatrix } from "../schema";
import {
  CELL_COLUMNS,
  type CellRow,
  cellOf,
  cellsThen,
  loadPlan,
  ONLY_OWN,
  type Plan,
  sightOf,
  sourceOf,
} from "./source";

const cellsOf = (table: string) => `
SELECT ${CELL_COLUMNS}, c.test_number AS test, c.row_number AS row, c.column_number AS column
FROM ${table} WHERE c.track_id = $1 AND c.state <> 'untested' AND ${ONLY_OWN}`;
const CELLS = cellsOf("cell c");
const CELLS_AS_OF = cellsOf(cellsThen("$3"));

/**
 * The matrix of a track in three queries, whatever its size. A restricted track shows its parties
 * their own cells, its leads and the organizers all, and to everybody else does not exist.
 * `asOf` draws it as it was at a position that an earlier answer gave; who may see it is today's rule.
 */
export async function loadMatrix(
  permit: Permit<"matrix.view">,
  trackSlug: string,
  asOf?: string,
): Promise<TrackMatrix> {
  return drawPlan(permit, { trackSlug, plan: await loadPlan(permit, trackSlug) }, asOf);
}

/** The same of a plan that is here already. */
export async function drawPlan(
  permit: Permit<"matrix.view">,
  { trackSlug, plan }: { trackSlug: string; plan: Plan },
  asOf: string | undefined,
): Promise<TrackMatrix> {
  const cells = await listCells(plan, asOf);
  const grids = buildGrids(sourceOf(permit, trackSlug, { plan, cells }));
  return matrixOf(permit, { trackSlug, plan }, { grids, asOf: asOf ?? plan.horizon });
}

/** These grids of a plan, and what is told beside them. */
export const matrixOf = (
  permit: Permit<"matrix.view">,
  { trackSlug, plan }: { trackSlug: string; plan: Plan },
  { grids, asOf }: Pick<Matrix, "grids" | "asOf">,
): TrackMatrix => ({
  title: plan.title,
  restricted: plan.restricted,
  version: plan.version,
  sight: sightOf(permit, plan),
  roleLabels: Object.fromEntries(plan.roles.map(({ key, label }) => [key, label])),
  matrix: {
    event: permit.scope.eventSlug,
    track: trackSlug,
    asOf,
    generatedAt: new Date().toISOString(),
    grids,
  },
});

async function listCells(plan: Plan, asOf: string | undefined): Promise<SourceCell[]> {
  const { rows } = await database().pool.query<OrderedRow>({
    ...(asOf === undefined
      ? { name: "matrix-cells", text: CELLS, values: [plan.id, plan.only] }
      : { name: "matrix-cells-as-of", text: CELLS_AS_OF, values: [plan.id, plan.only, asOf] }),
    types: alikeOnce(),
  });
  return rows
    .sort(inOrder)
    .map(cellOf)
    .filter((cell) => cell !== null);
}

type OrderedRow = CellRow & { test: number; row: number; column: number };

/**
 * The same cells are told in the same order, so that an answer that says the same has the same tag. Not by
 * the database, which for many wide rows sorts on disk.
 */
const inOrder = (a: OrderedRow, b: OrderedRow) =>
  a.test - b.test ||
  a.row - b.row ||
  a.column - b.column ||
  Number(a.id > b.id) - Number(a.id < b.id);

/** Reads JSON that comes again only once: the cells of a pair have the same parties, and mostly the same builds. */
function alikeOnce(): pg.CustomTypesConfig {
  const known = new Map<string, unknown>();
  const readOnce = (text: string) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const value: unknown = JSON.parse(text);
    known.set(text, value);
    return value;
  };
  return {
    getTypeParser: (type) =>
      type === pg.types.builtins.JSONB
        ? readOnce
        : (pg.types.getTypeParser(type) as (text: string) => unknown),
  };
}
