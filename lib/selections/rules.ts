import { momentIn } from "@/lib/core/zone";
import { isKnownPassing } from "@/lib/matrices/rules";
import type { Axis, Grid, MatrixCell, ShownCell } from "@/lib/matrices/schema";
import { ATTEMPTS, CHANGED_AGO, parseQuery } from "@/lib/queries/rules";
import type { Around, Key, Mark, Term } from "@/lib/queries/schema";
import { applyView } from "@/lib/views/rules";
import type { View } from "@/lib/views/schema";

/** A place of which nobody has spoken: it has no cell, and a query may ask for it. */
export type UntestedPlace = { row: number; column: number | null; test: number; state: "untested" };
type Asked = MatrixCell | UntestedPlace;

/** A grid's names; its cells do not matter here. */
type Named = Pick<Grid, "roles" | "rows" | "columns" | "tests">;
type Test = (cell: Asked) => boolean;

/**
 * Whether a cell of the grid is one that the query asks for. What depends on the grid alone is found once
 * per axis, so that a cell costs a few look-ups.
 */
export function askingFor(q: string, grid: Named, around: Around): Test {
  const { terms } = parseQuery(q);
  const named = terms.filter(({ key, negated }) => isParty(key) && !negated);
  const projects = named.flatMap(({ values }) => values.map(fold));
  const tests = terms.map((term): Test => {
    const test = termTest(term, { grid, around, projects });
    return term.negated ? (cell) => !test(cell) : test;
  });
  return (cell) => tests.every((test) => test(cell));
}

const SIGNED = new Set<Term["key"]>(
  "outcome state level test project entry role is text".split(" ") as Term["key"][],
);

/**
 * Whether a query can be answered from what a grid shows of its cells: outcome, state, marks and names. One
 * that is not understood whole is not; nor one for places where there is no cell.
 */
export function asksOnlySigns(q: string): boolean {
  const { terms, faults } = parseQuery(q);
  return (
    faults.length === 0 &&
    terms.every(({ key, values }) => SIGNED.has(key) && !values.includes("untested"))
  );
}

/** The cells of a grid that a view and its query ask for; counts of progress follow the cells. */
export function selectCells(grid: Grid, view: View, around: Around): Grid {
  if (!view.q) return applyView(grid, view);
  return applyView({ ...grid, cells: grid.cells.filter(askingFor(view.q, grid, around)) }, view);
}

/** The same grid, the cells that the query does not ask for marked as such. */
export function setAside(grid: Grid, { q }: View, around: Around): Grid {
  if (!q) return grid;
  const isAsked = askingFor(q, grid, around);
  const marked = (cell: MatrixCell): MatrixCell =>
    isAsked(cell) ? cell : { ...cell, aside: true };
  return { ...grid, cells: grid.cells.map(marked) };
}

type Context = { grid: Named; around: Around; projects: readonly string[] };

const isParty = (key: Term["key"]) => key === "project" || key === "entry";
const fold = (text: string) => text.toLowerCase();

const BY_KEY: Record<Key | "text", (values: readonly string[], context: Context) => Test> = {
  outcome: (values) => (cell) =>
    "outcome" in cell && cell.outcome !== null && values.includes(cell.outcome),
  state: (values) => (cell) => values.includes(cell.state),
  level: (values, { grid }) => byTest(grid, ({ level }) => values.includes(level)),
  test: (values, { grid }) => {
    const keys = new Set(values.map(fold));
    return byTest(grid, ({ key }) => keys.has(fold(key)));
  },
  project: (values, { grid }) => byEntry(grid, values),
  entry: (values, { grid }) => byEntry(grid, values),
  role: byRole,
  variant: (values) => {
    const pairs = values.map((value) => value.split(/=(.*)/s).slice(0, 2));
    return (cell) =>
      "variant" in cell && pairs.some(([name = "", value]) => cell.variant[name] === value);
  },
  changed: (values, { around }) => {
    const since = values.map((value) => sinceOf(value, around)).sort()[0] ?? "";
    return (cell) => "latestAt" in cell && cell.latestAt !== null && cell.latestAt >= since;
  },
  attempts: (values) => {
    const limits = values.map(limitOf);
    return (cell) => "attempts" in cell && limits.some((fits) => fits(cell.attempts));
  },
  is: (values, context) => {
    const marks = values.map((value) => MARKED[value as Mark](context));
    return (cell) => marks.some((has) => has(cell));
  },
  text: byWord,
};

const termTest = ({ key, values }: Term, context: Context): Test => BY_KEY[key](values, context);

function byTest({ tests }: Named, isSuch: (test: Grid["tests"][number]) => boolean): Test {
  const such = tests.map(isSuch);
  return ({ test }) => such[test] === true;
}

const isCalled = (names: ReadonlySet<string>, { entry, name }: Pick<Axis, "entry" | "name">) =>
  names.has(fold(entry)) || names.has(fold(name));

/** Any of the parties is of those. */
function byEntry({ rows, columns }: Named, values: readonly string[]): Test {
  const names = new Set(values.map(fold));
  const [inRow, inColumn] = [rows, columns].map((axes) =>
    axes.map((axis) => isCalled(names, axis)),
  );
  const nameOf = new Map([...rows, ...columns].map((axis) => [axis.entry, axis.name]));
  const isOther = (entry: string) => isCalled(names, { entry, name: nameOf.get(entry) ?? entry });
  return (cell) =>
    inRow?.[cell.row] === true ||
    (cell.column !== null && inColumn?.[cell.column] === true) ||
    ("others" in cell && Object.values(cell.others).some(isOther));
}

/** Somebody plays one of the roles; where projects are named too, one of those does. */
function byRole(values: readonly string[], { grid, projects }: Context): Test {
  const wanted = new Set(values.map(fold));
  const { roles, rows, columns } = grid;
  const names = new Set(projects);
  const plays = (axes: readonly Axis[], role: string | null) =>
    axes.map(
      (axis) =>
        role !== null && wanted.has(fold(role)) && (names.size === 0 || isCalled(names, axis)),
    );
  const [inRow, inColumn] = [plays(rows, roles.rows), plays(columns, roles.columns)];
  const nameOf = new Map([...rows, ...columns].map((axis) => [axis.entry, axis.name]));
  const isOther = ([role, entry]: [string, string]) =>
    wanted.has(fold(role)) &&
    (names.size === 0 || isCalled(names, { entry, name: nameOf.get(entry) ?? entry }));
  return (cell) =>
    inRow[cell.row] === true ||
    (cell.column !== null && inColumn[cell.column] === true) ||
    ("others" in cell && Object.entries(cell.others).some(isOther));
}

/** Part of a party's name, or of the test's key or title. */
function byWord([word = ""]: readonly string[], { grid }: Context): Test {
  const part = fold(word);
  const has = (...texts: string[]) => texts.some((text) => fold(text).includes(part));
  const inRow = grid.rows.map(({ entry, name }) => has(entry, name));
  const inColumn = grid.columns.map(({ entry, name }) => has(entry, name));
  const inTest = grid.tests.map(({ key, title }) => has(key, title));
  return (cell) =>
    inTest[cell.test] === true ||
    inRow[cell.row] === true ||
    (cell.column !== null && inColumn[cell.column] === true) ||
    ("others" in cell && Object.values(cell.others).some((entry) => has(entry)));
}

const has =
  (overlay: ShownCell["overlays"][number]): Test =>
  (cell) =>
    "overlays" in cell && cell.overlays.includes(overlay);

const MARKED: Record<Mark, (context: Context) => Test> = {
  known: () => has("knownIssue"),
  "known-passes": () => isKnownPassing,
  flaky: () => has("flaky"),
  stale: () => has("stale"),
  mine: ({ grid, around }) => byEntry(grid, around.own),
  required: ({ grid }) => byTest(grid, ({ level }) => level === "must"),
  untested: () => (cell) => cell.state === "untested",
};

const UNIT_MS: Record<string, number> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** The moment (RFC 3339, UTC) from which on a change counts. */
function sinceOf(value: string, { now, zone }: Around): string {
  const [, count, unit] = CHANGED_AGO.exec(value) ?? [];
  if (count && unit)
    return new Date(Date.parse(now) - Number(count) * (UNIT_MS[unit] ?? 0)).toISOString();
  return momentIn(zone, `${value === "today" ? dayIn(zone, now) : value}T00:00`);
}

/** The day that a calendar in the zone shows: `2026-11-23`. */
const dayIn = (zone: string, moment: string) =>
  new Intl.DateTimeFormat("en-CA", {
    timeZone: zone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  }).format(new Date(moment));

const COMPARED: Record<string, (attempts: number, limit: number) => boolean> = {
  ">": (attempts, limit) => attempts > limit,
  ">=": (attempts, limit) => attempts >= limit,
  "<": (attempts, limit) => attempts < limit,
  "<=": (attempts, limit) => attempts <= limit,
  "=": (attempts, limit) => attempts === limit,
};

function limitOf(value: string): (attempts: number) => boolean {
  const [, sign = "=", limit = "0"] = ATTEMPTS.exec(value) ?? [];
  const compare = COMPARED[sign];
  return (attempts) => compare?.(attempts, Number(limit)) === true;
}
