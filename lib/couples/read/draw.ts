import { type CellRow, cellOf, type Plan, sourceOf } from "@/lib/matrices/read/source";
import { buildGrids } from "@/lib/matrices/rules";
import type { Grid, MatrixCell, Source, SourceCell, SourceEntry } from "@/lib/matrices/schema";
import type { CoupleCell, CoupleParty } from "../schema";
import type { OpenTrack } from "./open";

export type EntryRow = { event: string; project: string; source: SourceEntry };
/** `builds`: entry id -> label of the build that was tested. */
export type CoupleRow = CellRow & { track_id: string; builds: Record<string, string> | null };

type Found = {
  entries: readonly EntryRow[];
  cells: readonly CoupleRow[];
  /** project id -> slug, of the two */
  projects: ReadonlyMap<string, string>;
};

type Drawing = {
  labels: ReadonlyMap<string, string>;
  lineages: ReadonlyMap<string, string>;
  /** entry slug -> who that is */
  known: ReadonlyMap<string, { id: string; name: string; project: string | null }>;
  builds: ReadonlyMap<string, Record<string, string>>;
};

/** The cells of the two in a track, by the rule that its matrix is drawn by. */
export function drawTrack({ row, permit, only }: OpenTrack, found: Found): CoupleCell[] {
  const plan: Plan = {
    id: row.id,
    title: row.title,
    zone: row.zone,
    restricted: row.restricted,
    roles: row.roles ?? [],
    tests: row.tests ?? [],
    entries: found.entries.map(({ source }) => source),
    version: row.version,
    horizon: "0",
    only,
  };
  const cells = found.cells.map(cellOf).filter((cell) => cell !== null);
  const source = sourceOf(permit, row.slug, { plan, cells });
  const drawing: Drawing = {
    labels: new Map(plan.roles.map(({ key, label }) => [key, label])),
    lineages: new Map((row.tests ?? []).map(({ key, lineage }) => [key, lineage])),
    known: knownIn(source, found),
    builds: new Map(found.cells.map(({ id, builds }) => [id, builds ?? {}])),
  };
  const grids = buildGrids({ ...source, cells: cells.filter(isBetweenNamed(source, found)) });
  return grids.flatMap((grid) => grid.cells.flatMap((cell) => drawCell(drawing, grid, cell)));
}

/** That one of the two took part is not told where it has not agreed to be named, nor by a number. */
function isBetweenNamed(source: Source, { entries, projects }: Found) {
  const shown = new Set(source.entries.map(({ entry }) => entry));
  const unnamed = new Set(
    entries
      .filter((entry) => projects.has(entry.project) && !shown.has(entry.source.entry))
      .map((entry) => entry.source.id),
  );
  return ({ parties }: SourceCell) => !parties.some(({ entry }) => unnamed.has(entry));
}

function knownIn(source: Source, { entries, projects }: Found): Drawing["known"] {
  const projectOf = new Map(entries.map((entry) => [entry.source.id, entry.project]));
  return new Map(
    source.entries.map(({ id, entry, name }) => [
      entry,
      { id, name, project: projects.get(projectOf.get(id) ?? "") ?? null },
    ]),
  );
}

/** None where both do not show: of a withheld cell the matrix tells no further party. */
function drawCell(drawing: Drawing, grid: Grid, cell: MatrixCell): CoupleCell[] {
  const test = grid.tests[cell.test];
  const parties = partiesOf(drawing, grid, cell);
  const projects = new Set(parties.map(({ project }) => project).filter((one) => one !== null));
  if (!test || projects.size < 2) return [];
  const place = {
    test: { key: test.key, title: test.title },
    lineage: drawing.lineages.get(test.key) ?? test.key,
    parties,
  };
  if (cell.state === "withheld") return [{ ...place, state: cell.state }];
  const { id, url, variant, state, outcome, latestAt, overlays } = cell;
  return [{ ...place, id, url, variant, state, outcome, latestAt, overlays }];
}

function partiesOf(drawing: Drawing, grid: Grid, cell: MatrixCell): CoupleParty[] {
  const { rows, columns } = grid.roles;
  const builds = cell.state === "withheld" ? {} : (drawing.builds.get(cell.id) ?? {});
  const played: [string, string | undefined][] = [
    [rows, grid.rows[cell.row]?.entry],
    ...(columns === null
      ? []
      : [[columns, grid.columns[cell.column ?? -1]?.entry] satisfies [string, string | undefined]]),
    ...(cell.state === "withheld" ? [] : Object.entries(cell.others)),
  ];
  return played.map(([role, entry = ""]) => {
    const known = drawing.known.get(entry);
    return {
      role,
      roleLabel: drawing.labels.get(role) ?? role,
      project: known?.project ?? null,
      entry,
      name: known?.name ?? entry,
      build: builds[known?.id ?? ""] ?? null,
    };
  });
}
