import { groupOf } from "@/lib/cells/rules";
import type { Overlay } from "@/lib/cells/schema";
import { groupBy } from "@/lib/core/group";
import { possibilities, progressOf } from "@/lib/coverage/rules";
import type { Outcome } from "@/lib/results/schema";
import { signatureOf } from "@/lib/tracks/rules";
import type {
  Axis,
  Grid,
  GridTest,
  MatrixCell,
  MatrixChanges,
  NamedCell,
  ShownCell,
} from "./schema";

/** What a matrix is drawn from. Ids are the database's; numbers are the small ones of the event. */
export type Source = {
  eventSlug: string;
  trackSlug: string;
  roles: readonly { key: string; position: number }[];
  tests: readonly SourceTest[];
  entries: readonly SourceEntry[];
  cells: readonly SourceCell[];
  /** Published, and the reader is none of the event's own: consent decides what shows. */
  needsConsent: boolean;
};
export type SourceTest = GridTest & {
  id: string;
  number: number;
  directional: boolean;
  roles: readonly { key: string; min: number; max: number }[];
};
export type SourceEntry = Axis & {
  id: string;
  number: number;
  currentBuildId: string | null;
  /** Roles that it plays in this track. */
  plays: readonly string[];
  consent: { named: boolean; passing: boolean; failing: boolean };
};
export type SourceCell = {
  id: string;
  testCaseId: string;
  variant: Record<string, string>;
  parties: readonly { role: string; entry: string }[];
  signature: string;
  state: "planned" | "reported" | "confirmed" | "disputed" | "settled";
  outcome: Outcome | null;
  sides: number;
  sidesOf: number;
  attempts: number;
  flaky: boolean;
  /** A known issue explains it. */
  knownIssue: boolean;
  tested: Record<string, string>;
  testVersion: number;
  latestAt: string | null;
};

type Drawn = {
  source: Source;
  entries: ReadonlyMap<string, SourceEntry>;
  signature: readonly string[];
};

/** One grid per role signature, in the order of the first test that has it. */
export function buildGrids(source: Source): Grid[] {
  const entries = new Map(source.entries.map((entry) => [entry.id, entry]));
  const positions = new Map(source.roles.map(({ key, position }) => [key, position]));
  const signatures = new Map<string, { signature: string[]; tests: SourceTest[] }>();
  for (const test of source.tests) {
    const signature = signatureOf(test.roles, positions);
    const group = signatures.get(signature.join("+")) ?? { signature, tests: [] };
    group.tests.push(test);
    signatures.set(signature.join("+"), group);
  }
  return [...signatures.values()].map(({ signature, tests }) =>
    buildGrid({ source, entries, signature }, tests),
  );
}

function buildGrid(drawn: Drawn, tests: readonly SourceTest[]): Grid {
  const { source, signature } = drawn;
  const name = signature.join("+");
  const cells = source.cells.filter((cell) => cell.signature === name);
  const [rowRole = "", columnRole = null, ...others] = signature;
  const rows = playersOf(drawn, rowRole, cells);
  const columns = columnRole === null ? [] : playersOf(drawn, columnRole, cells);
  const at = {
    row: new Map(rows.map((entry, index) => [entry.id, index])),
    column: new Map(columns.map((entry, index) => [entry.id, index])),
    test: new Map(tests.map((test, index) => [test.id, index])),
  };
  const placed = cells.flatMap((cell) => {
    const test = at.test.get(cell.testCaseId);
    const row = at.row.get(partyIn(cell, rowRole) ?? "");
    const column = columnRole === null ? null : at.column.get(partyIn(cell, columnRole) ?? "");
    if (test === undefined || row === undefined || column === undefined) return [];
    return [{ cell, drawn: drawCell(drawn, cell, { row, column, test }) }];
  });
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
    cells: drawn.source.needsConsent
      ? placed.map(withhold(drawn))
      : placed.map(({ drawn: cell }) => cell),
    counts: {
      ...possibilities(tests, {
        all: signature.map(() => source.entries.map(({ id }) => id)),
        players: signature.map((role) => playersOf(drawn, role, cells).map(({ id }) => id)),
      }),
      ...progressOf(
        placed.map(({ drawn: cell }) => cell),
        { rows, columns, others },
      ),
    },
  };
}

/** What the cell's entries have not agreed to show is told as withheld, and nothing more. */
const withhold =
  ({ entries }: Drawn) =>
  ({ cell, drawn }: { cell: SourceCell; drawn: ShownCell }): MatrixCell => {
    const { row, column, test } = drawn;
    return isConsented(cell, entries) ? drawn : { row, column, test, state: "withheld" };
  };

const axisOf = ({ entry, name, kind, build }: SourceEntry): Axis => ({ entry, name, kind, build });

const partyIn = (cell: SourceCell, role: string) =>
  cell.parties.find((party) => party.role === role)?.entry;

/** Who plays the role, or has a result in it: what was seen counts as played. */
function playersOf(drawn: Drawn, role: string, cells: readonly SourceCell[]): SourceEntry[] {
  const seen = new Set(cells.map((cell) => partyIn(cell, role)));
  return drawn.source.entries.filter(({ id, plays }) => plays.includes(role) || seen.has(id));
}

type Place = { row: number; column: number | null; test: number };

function drawCell(drawn: Drawn, cell: SourceCell, place: Place): ShownCell {
  const { source, entries, signature } = drawn;
  const axes = signature.slice(0, 2);
  const others = cell.parties
    .filter(({ role }) => !axes.includes(role))
    .map(({ role, entry }) => [role, entries.get(entry)?.entry ?? ""] as const);
  return {
    ...place,
    others: Object.fromEntries(others),
    variant: cell.variant,
    state: cell.state,
    outcome: cell.outcome,
    sides: cell.sides,
    sidesOf: cell.sidesOf,
    attempts: cell.attempts,
    overlays: overlaysOf(drawn, cell),
    latestAt: cell.latestAt,
    id: cell.id,
    url: `/events/${source.eventSlug}/tracks/${source.trackSlug}/cells/${cell.id}`,
  };
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

function overlaysOf({ source, entries }: Drawn, cell: SourceCell): Overlay[] {
  const test = source.tests.find(({ id }) => id === cell.testCaseId);
  const isOtherBuild = cell.parties.some(({ entry }) => {
    const tested = cell.tested[entry];
    return tested !== undefined && tested !== entries.get(entry)?.currentBuildId;
  });
  const isOtherVersion = test !== undefined && cell.testVersion !== test.version;
  const isTold = cell.state !== "planned";
  const overlays: Overlay[] = [];
  if (isTold && (isOtherBuild || isOtherVersion)) overlays.push("stale");
  if (cell.flaky) overlays.push("flaky");
  if (cell.knownIssue) overlays.push("knownIssue");
  return overlays;
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
  const shown = drawn.filter((cell) => cell.state !== "withheld");
  const progress = progressOf(shown, { ...grid, others: grid.roles.others });
  return {
    grid: { ...grid, cells: drawn, counts: { ...grid.counts, ...progress } },
    changed,
    isOutdated,
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
