import { groupOf } from "@/lib/cells/rules";
import type { Overlay } from "@/lib/cells/schema";
import { groupBy } from "@/lib/core/group";
import { possibilities, progressOf } from "@/lib/coverage/rules";
import { signatureOf } from "@/lib/tracks/rules";
import type {
  Axis,
  Grid,
  MatrixCell,
  MatrixChanges,
  NamedCell,
  ShownCell,
  Source,
  SourceCell,
  SourceEntry,
  SourceTest,
} from "./schema";

/** Entries, by number, that stand in a signature's first and second role in cells that are not among the source's. */
export type AlsoSeen = ReadonlyMap<string, readonly ReadonlySet<number>[]>;
const NOBODY: AlsoSeen = new Map();

type Drawn = {
  source: Source;
  entries: ReadonlyMap<string, SourceEntry>;
  tests: readonly SourceTest[];
  signature: readonly string[];
  cells: readonly SourceCell[];
  seen: readonly ReadonlySet<number>[];
};

/** One grid per role signature, in the order of the first test that has it. */
export function buildGrids(source: Source, also: AlsoSeen = NOBODY): Grid[] {
  const entries = new Map(source.entries.map((entry) => [entry.id, entry]));
  const positions = new Map(source.roles.map(({ key, position }) => [key, position]));
  const cells = groupBy(source.cells, ({ signature }) => signature);
  const tests = groupBy(source.tests, ({ roles }) => signatureOf(roles, positions).join("+"));
  return [...tests].map(([name, own]) =>
    buildGrid({
      source,
      entries,
      tests: own,
      signature: name.split("+"),
      cells: cells.get(name) ?? [],
      seen: also.get(name) ?? [],
    }),
  );
}

function buildGrid(drawn: Drawn): Grid {
  const { source, signature, tests } = drawn;
  const [rowRole = "", columnRole = null, ...others] = signature;
  const players = signature.map((_, at) => playersOf(drawn, at));
  const [rows = [], columns = []] = players;
  const placed = placeCells(drawn, { rows, columns });
  return {
    roles: { rows: rowRole, columns: columnRole, others },
    rows: rows.map(axisOf),
    columns: columns.map(axisOf),
    tests: tests.map(({ key, version, title, level, measured, variants }) => ({
      key,
      version,
      title,
      level,
      measured,
      variants,
    })),
    cells: source.needsConsent
      ? placed.map(withhold(drawn))
      : placed.map(({ drawn: cell }) => cell),
    counts: {
      ...possibilities(tests, {
        all: signature.map(() => source.entries.map(({ id }) => id)),
        players: players.map((list) => list.map(({ id }) => id)),
      }),
      ...progressOf(
        placed.map(({ drawn: cell }) => cell),
        { rows, columns, others },
      ),
    },
  };
}

type Placed = { cell: SourceCell; drawn: ShownCell };

function placeCells(
  drawn: Drawn,
  { rows, columns }: { rows: readonly SourceEntry[]; columns: readonly SourceEntry[] },
): Placed[] {
  const [rowRole = "", columnRole = null] = drawn.signature;
  const rowAt = new Map(rows.map((entry, index) => [entry.id, index]));
  const columnAt = new Map(columns.map((entry, index) => [entry.id, index]));
  const testAt = new Map(drawn.tests.map((test, index) => [test.id, { test, index }]));
  const placed: Placed[] = [];
  for (const cell of drawn.cells) {
    const at = testAt.get(cell.testCaseId);
    const row = rowAt.get(partyIn(cell, rowRole) ?? "");
    const column = columnRole === null ? null : columnAt.get(partyIn(cell, columnRole) ?? "");
    if (at === undefined || row === undefined || column === undefined) continue;
    const place = { row, column, test: at.index };
    placed.push({ cell, drawn: drawCell(drawn, { cell, test: at.test }, place) });
  }
  return placed;
}

/** What the cell's entries have not agreed to show is told as withheld, and nothing more. */
const withhold =
  ({ entries }: Drawn) =>
  ({ cell, drawn }: Placed): MatrixCell => {
    const { row, column, test } = drawn;
    return isConsented(cell, entries) ? drawn : { row, column, test, state: "withheld" };
  };

const axisOf = ({ entry, name, kind, build }: SourceEntry): Axis => ({ entry, name, kind, build });

const partyIn = (cell: SourceCell, role: string) =>
  cell.parties.find((party) => party.role === role)?.entry;

/** Who plays the role, or has a result in it: what was seen counts as played. */
function playersOf({ source, signature, cells, seen }: Drawn, at: number): SourceEntry[] {
  const role = signature[at] ?? "";
  const ids = new Set(cells.map((cell) => partyIn(cell, role)));
  return source.entries.filter(
    ({ id, number, plays }) =>
      plays.includes(role) || ids.has(id) || seen[at]?.has(number) === true,
  );
}

type Place = { row: number; column: number | null; test: number };

function drawCell(
  drawn: Drawn,
  { cell, test }: { cell: SourceCell; test: SourceTest },
  { row, column, test: testAt }: Place,
): ShownCell {
  const { source } = drawn;
  return {
    row,
    column,
    test: testAt,
    others: othersIn(drawn, cell),
    variant: cell.variant,
    state: cell.state,
    outcome: cell.outcome,
    sides: cell.sides,
    sidesOf: cell.sidesOf,
    attempts: cell.attempts,
    overlays: overlaysOf(drawn, cell, test),
    latestAt: cell.latestAt,
    id: cell.id,
    url: `/events/${source.eventSlug}/tracks/${source.trackSlug}/cells/${cell.id}`,
  };
}

/** Who plays the roles beyond the two axes. */
function othersIn({ entries, signature }: Drawn, { parties }: SourceCell): Record<string, string> {
  const others: Record<string, string> = {};
  for (const { role, entry } of parties) {
    if (role === signature[0] || role === signature[1]) continue;
    others[role] = entries.get(entry)?.entry ?? "";
  }
  return others;
}

/** Every participant among the parties agrees to be named, and to what the cell says. */
export function isConsented(
  cell: Pick<SourceCell, "outcome" | "parties">,
  entries: ReadonlyMap<string, SourceEntry>,
): boolean {
  const isPassing = cell.outcome !== null && groupOf(cell.outcome) === "works";
  return cell.parties.every(({ entry }) => {
    const party = entries.get(entry);
    if (party?.kind !== "participant") return true;
    return party.consent.named && (isPassing ? party.consent.passing : party.consent.failing);
  });
}

function overlaysOf({ entries }: Drawn, cell: SourceCell, test: SourceTest): Overlay[] {
  const overlays: Overlay[] = [];
  if (cell.state !== "planned" && isStale(entries, cell, test)) overlays.push("stale");
  if (cell.flaky) overlays.push("flaky");
  if (cell.knownIssue) overlays.push("knownIssue");
  return overlays;
}

/** Another build of a party, or another version of the test, is current now. */
function isStale(
  entries: Drawn["entries"],
  { parties, tested, testVersion }: SourceCell,
  { version }: SourceTest,
): boolean {
  if (testVersion !== version) return true;
  for (const { entry } of parties) {
    const build = tested[entry];
    if (build !== undefined && build !== entries.get(entry)?.currentBuildId) return true;
  }
  return false;
}

/** The cells of a source that may be told, named. */
export const nameCells = (source: Source): NamedCell[] =>
  buildGrids(source).flatMap(({ roles, rows, columns, tests, cells }) =>
    cells.flatMap((cell): NamedCell[] => {
      const [row, test] = [rows[cell.row], tests[cell.test]];
      if (!row || !test || cell.state === "withheld") return [];
      const column = cell.column === null ? null : (columns[cell.column]?.entry ?? null);
      return [{ grid: gridKey({ roles }), row: row.entry, column, test: test.key, cell }];
    }),
  );

export const gridKey = ({ roles }: Pick<Grid, "roles">) =>
  [roles.rows, ...(roles.columns === null ? [] : [roles.columns]), ...roles.others].join("+");

export type Applied = {
  grids: Grid[];
  /** Ids of the cells that look different now. */
  changed: string[];
  /** A cell stands on axes that these grids do not have: load the matrix anew. */
  isOutdated: boolean;
};

/**
 * Takes what a stream told into grids that are shown. The stream may tell a thing twice (ADR 4): what
 * says nothing new is not counted as changed.
 */
export function applyChanges(grids: readonly Grid[], changes: MatrixChanges): Applied {
  const byGrid = groupBy(changes.cells, ({ grid }) => grid);
  const applied = grids.map((grid) =>
    applyToGrid(grid, byGrid.get(gridKey(grid)) ?? [], changes.cleared),
  );
  const known = new Set(grids.map(gridKey));
  return {
    grids: applied.map(({ grid }) => grid),
    changed: applied.flatMap(({ changed }) => changed),
    isOutdated:
      applied.some(({ isOutdated }) => isOutdated) ||
      [...byGrid.keys()].some((key) => !known.has(key)),
  };
}

function applyToGrid(grid: Grid, named: readonly NamedCell[], cleared: readonly string[]) {
  const cells = new Map(grid.cells.map((cell) => [cellIdOf(cell), cell]));
  const placed = named.map((one) => placeCell(grid, one));
  const differing = placed.filter((cell) => cell !== null && !isSame(cells.get(cell.id), cell));
  const fresh = differing.filter((cell) => cell !== null);
  for (const cell of fresh) cells.set(cell.id, cell);
  const gone = cleared.filter((id) => cells.delete(id));
  const changed = [...fresh.map(({ id }) => id), ...gone];
  const isOutdated = placed.includes(null);
  if (changed.length === 0) return { grid, changed, isOutdated };
  const drawn = [...cells.values()];
  return {
    grid: { ...grid, cells: drawn, counts: countsAfter(grid, drawn) },
    changed,
    isOutdated,
  };
}

/** What the change of its cells adds to the numbers: the grid may hold only some of the cells that they count. */
function countsAfter(grid: Grid, cells: readonly MatrixCell[]): Grid["counts"] {
  const progress = (some: readonly MatrixCell[]) =>
    progressOf(
      some.filter((cell) => cell.state !== "withheld"),
      { ...grid, others: grid.roles.others },
    );
  const [before, now] = [progress(grid.cells), progress(cells)];
  const { counts } = grid;
  return {
    ...counts,
    executed: counts.executed + now.executed - before.executed,
    confirmed: counts.confirmed + now.confirmed - before.confirmed,
    passed: counts.passed + now.passed - before.passed,
  };
}

const isSame = (a: MatrixCell | undefined, b: MatrixCell) =>
  JSON.stringify(a) === JSON.stringify(b);

const cellIdOf = (cell: MatrixCell) =>
  cell.state === "withheld" ? `withheld ${cell.row} ${cell.column} ${cell.test}` : cell.id;

/** The cell at its place in this grid; null when the grid has no such place. */
function placeCell(grid: Grid, { row, column, test, cell }: NamedCell): ShownCell | null {
  const at = {
    row: grid.rows.findIndex(({ entry }) => entry === row),
    column: column === null ? null : grid.columns.findIndex(({ entry }) => entry === column),
    test: grid.tests.findIndex(({ key }) => key === test),
  };
  return at.row < 0 || at.test < 0 || at.column === -1 ? null : { ...cell, ...at };
}

/** A known issue explains it, and it works now: the issue may be fixed. */
export const isKnownPassing = (cell: MatrixCell | { state: "untested" }): boolean =>
  "overlays" in cell &&
  cell.overlays.includes("knownIssue") &&
  cell.state !== "disputed" &&
  cell.outcome !== null &&
  groupOf(cell.outcome) === "works";
