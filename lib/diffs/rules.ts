import { buildsOf, fold, groupOf, hear, NO_VOICES, settle } from "@/lib/cells/rules";
import type { RulingInForce, Utterance } from "@/lib/cells/schema";
import { gridKey } from "@/lib/matrices/rules";
import type { Axis, Grid, MatrixCell, ShownCell, SourceCell } from "@/lib/matrices/schema";
import { DIFFERENCES, type Difference, type Differing, type SaidThen } from "./schema";

type Said = Pick<SaidThen, "state" | "outcome">;

/** A disputed cell is neither: it is never averaged. */
function standingOf({ state, outcome }: Said): "works" | "broken" | "open" {
  const group = outcome === null || state === "disputed" ? null : groupOf(outcome);
  return group === "works" || group === "broken" ? group : "open";
}

/** Of what was expected the outcome alone counts; that a side is still silent is no difference. */
const isSame = (before: Said, after: Said) =>
  before.outcome === after.outcome &&
  (before.state === "expected" ? after.state !== "disputed" : before.state === after.state);

/**
 * How a cell differs from what it said before; null for one that is not there. Turned round, fixed is
 * regressed and new is gone; same and changed stay.
 */
export function differenceOf(before: Said | null, after: Said | null): Difference | "same" {
  if (before === null) return after === null ? "same" : "new";
  if (after === null) return "gone";
  const [then, now] = [standingOf(before), standingOf(after)];
  if (then === "broken" && now === "works") return "fixed";
  if (then === "works" && now === "broken") return "regressed";
  return isSame(before, after) ? "same" : "changed";
}

/** What the other side's entries and tests are called on this one; a name that is missing is its own. */
export type Renaming = {
  entries: ReadonlyMap<string, string>;
  tests: ReadonlyMap<string, string>;
  /** Only the cells of this entry, by its slug on the side after. */
  only?: string | null;
  /** Its cells say what is expected of them, and have no state of their own. */
  isExpected?: boolean;
};
export const AS_THEY_ARE: Renaming = { entries: new Map(), tests: new Map() };

type Found = {
  place: string;
  differing: Omit<Differing, "kind" | "before" | "after">;
  said: SaidThen;
};
type Told = { cells: Map<string, Found>; withheld: Set<string> };

function tell(grids: readonly Grid[], renaming: Renaming): Told {
  const told: Told = { cells: new Map(), withheld: new Set() };
  for (const grid of grids) for (const cell of grid.cells) tellCell(told, { grid, cell }, renaming);
  return told;
}

type Standing = { grid: Grid; cell: MatrixCell };

function tellCell(told: Told, { grid, cell }: Standing, renaming: Renaming): void {
  const [row, test] = [grid.rows[cell.row], grid.tests[cell.test]];
  const column = grid.columns[cell.column ?? -1];
  // A plan leaves no row in the log: what was planned then nobody knows.
  if (!row || !test || cell.state === "planned") return;
  const { entries, tests, only = null, isExpected = false } = renaming;
  const entryOf = (slug: string) => entries.get(slug) ?? slug;
  if (only !== null && !entriesIn(cell, [row, column]).map(entryOf).includes(only)) return;
  const key = gridKey(grid);
  const testKey = tests.get(test.key) ?? test.key;
  const place = JSON.stringify([
    key,
    testKey,
    ...[row, column].map((axis) => axis && entryOf(axis.entry)),
  ]);
  if (cell.state === "withheld") {
    told.withheld.add(place);
    return;
  }
  told.cells.set(idOf(place, cell, entryOf), {
    place,
    differing: {
      grid: key,
      test: testKey,
      parties: { ...partiesOf(grid, row, column), ...cell.others },
      variant: cell.variant,
    },
    said: isExpected ? { ...saidOf(cell), state: "expected" } : saidOf(cell),
  });
}

/** Whose cell it is; of one that is withheld, the axes alone are told. */
const entriesIn = (cell: MatrixCell, axes: readonly (Axis | undefined)[]) => [
  ...axes.flatMap((axis) => axis?.entry ?? []),
  ...(cell.state === "withheld" ? [] : Object.values(cell.others)),
];

const partiesOf = ({ roles }: Grid, row: Axis, column: Axis | undefined) => ({
  [roles.rows]: row.name,
  ...(roles.columns === null || !column ? {} : { [roles.columns]: column.name }),
});

const saidOf = ({ state, outcome, latestAt, url }: ShownCell): SaidThen => ({
  state,
  outcome,
  latestAt,
  url,
});

const sorted = (record: Record<string, string>) => Object.entries(record).sort();

const idOf = (place: string, { others, variant }: ShownCell, entryOf: (slug: string) => string) =>
  JSON.stringify([
    place,
    sorted(others).map(([role, entry]) => [role, entryOf(entry)]),
    sorted(variant),
  ]);

type Compared = {
  compared: number;
  same: number;
  withheld: number;
  counts: Record<Difference, number>;
  cells: Differing[];
};

/**
 * Every cell of either side, sorted by how it differs. Where a cell is withheld on one side nothing of
 * its place is told: that it is new or gone would say what it was.
 */
export function compareGrids(
  before: readonly Grid[],
  after: readonly Grid[],
  renaming: Renaming = AS_THEY_ARE,
): Compared {
  const [then, now] = [
    tell(before, renaming),
    tell(after, { ...AS_THEY_ARE, only: renaming.only ?? null }),
  ];
  const withheld = new Set([...then.withheld, ...now.withheld]);
  const counts = { regressed: 0, fixed: 0, changed: 0, new: 0, gone: 0 };
  const compared: Compared = { compared: 0, same: 0, withheld: withheld.size, counts, cells: [] };
  for (const id of new Set([...now.cells.keys(), ...then.cells.keys()])) {
    const [one, other] = [then.cells.get(id), now.cells.get(id)];
    const found = other ?? one;
    if (!found || withheld.has(found.place)) continue;
    compared.compared += 1;
    const [said, says] = [one?.said ?? null, other?.said ?? null];
    const kind = differenceOf(said, says);
    if (kind === "same") compared.same += 1;
    else {
      counts[kind] += 1;
      compared.cells.push({ ...found.differing, kind, before: said, after: says });
    }
  }
  compared.cells.sort((a, b) => DIFFERENCES.indexOf(a.kind) - DIFFERENCES.indexOf(b.kind));
  return compared;
}

type Named = {
  entries: readonly { slug: string; project: string }[];
  tests: readonly { key: string; lineage: string }[];
};

/** Entries by their project, where it has one on either side or one of the same name; tests by lineage. */
export function renamingOf(other: Named, own: Named): Renaming {
  const entries = other.entries.map(({ slug, project }): [string, string] => {
    const theirs = other.entries.filter((one) => one.project === project);
    const ours = own.entries.filter((one) => one.project === project);
    const same = ours.find((one) => one.slug === slug);
    const sole = theirs.length === 1 && ours.length === 1 ? ours[0] : undefined;
    return [slug, (same ?? sole)?.slug ?? `${slug} of another edition`];
  });
  const keys = new Map(own.tests.map(({ lineage, key }) => [lineage, key]));
  return {
    entries: new Map(entries),
    tests: new Map(
      other.tests.map(({ key, lineage }) => [
        key,
        keys.get(lineage) ?? `${key} of another edition`,
      ]),
    ),
  };
}

/** A cell as the database has it, with what folding it anew needs. */
export type FoldableCell = {
  cell: SourceCell;
  /** The entries whose word could confirm it, by id. */
  sides: readonly string[];
  ruling: RulingInForce | null;
};

/**
 * The cell as if these results were all there are: the fold of DESIGN.md section 4. With all results
 * of the cell it is the cell again. Null where they say nothing.
 */
export function foldOf(
  { cell, sides, ruling }: FoldableCell,
  said: readonly Utterance[],
): SourceCell | null {
  const view = settle(fold(hear(NO_VOICES, said) ?? NO_VOICES, sides), ruling);
  if (view.state === "untested") return null;
  return {
    ...cell,
    state: view.state,
    outcome: view.outcome,
    sides: view.sides,
    sidesOf: view.sidesOf,
    attempts: said.length,
    flaky: view.flaky,
    tested: buildsOf(view.builds),
    testVersion: view.testVersion,
    latestAt: view.latestAt === null ? null : new Date(view.latestAt).toISOString(),
  };
}

const BUILD_SIDE = /^build:([^@]+)@(.+)$/;

/** The entry's slug and the build's id of a side that is a build; null for any other. */
export function buildIn(side: string): { entry: string; build: string } | null {
  const [, entry, build] = BUILD_SIDE.exec(side) ?? [];
  return entry === undefined || build === undefined ? null : { entry, build };
}

export const buildSide = (entry: string, build: string) => `build:${entry}@${build}`;

/** Beside a build of one entry, only its own cells are compared; null where that is all or two entries. */
export function entryCompared(from: string, to: string): string | null {
  const entries = new Set([from, to].flatMap((side) => buildIn(side)?.entry ?? []));
  return entries.size === 1 ? ([...entries][0] ?? null) : null;
}
