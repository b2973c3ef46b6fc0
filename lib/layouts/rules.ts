import {
  isPlayed,
  type Layout,
  type Sheet,
  type Third,
  thirdOf,
  withThird,
} from "@/lib/drawings/rules";
import { gridKey } from "@/lib/matrices/rules";
import type { Grid, MatrixCell } from "@/lib/matrices/schema";
import {
  type Axes,
  axesOf,
  isHideable,
  isLike,
  names,
  needOf,
  onAxes,
  takes,
} from "@/lib/views/rules";
import type { PageView } from "@/lib/views/schema";

/** The tables that a view shows. */
export const layoutsOf = (grids: readonly Grid[], view: PageView): Layout[] =>
  grids
    .filter(
      ({ tests }) => view.test === undefined || tests.some(({ key }) => takes(view.test, key)),
    )
    .filter((grid) => isPlayed(grid) || !view.hide?.includes("unsupported"))
    .flatMap((grid) =>
      partsOf(grid, view)
        .flatMap((part) => splitByThird(grid, part, view))
        .map((part) => ({ ...part, whole: withThird(grid, part.third) })),
    )
    .flatMap(({ whole, part, third, sheet, axes }): Layout[] => {
      const cells = onAxes(whole, axes).cells.length;
      const asked = keepAsked(whole, axes, view);
      if (asked === null) return [];
      const kept = cells > 0 ? leaveOut(whole, asked, view) : asked;
      const hidden = sizeOf(asked) - sizeOf(kept);
      return [
        { grid: gridKey(whole), part, third, sheet, axes: inOrder(whole, kept, view), hidden },
      ];
    });

const sizeOf = ({ rows, columns, tests }: Axes) => rows.length + columns.length + tests.length;

type Part = Pick<Layout, "part" | "third" | "sheet" | "axes">;

/**
 * One entry's view of a pair grid is two: the row in which it plays one role, the column of the other; and
 * one more where it is a third party.
 */
function partsOf(grid: Grid, view: PageView): Part[] {
  const axes = axesOf(grid, view);
  const isSolo = grid.roles.columns === null;
  if (view.entry === undefined) return [{ part: null, third: null, sheet: null, axes }];
  return view.entry.flatMap((entry) => {
    const asRow = { ...axes, rows: axes.rows.filter((one) => one === entry) };
    const asColumn = { ...axes, columns: axes.columns.filter((one) => one === entry) };
    const name = nameIn(grid, entry);
    const onAxis = [
      { ...sheetOf(entry, "rows"), part: `${name} as ${grid.roles.rows}`, axes: asRow },
      { ...sheetOf(entry, "columns"), part: `${name} as ${grid.roles.columns}`, axes: asColumn },
    ]
      .slice(0, isSolo ? 1 : 2)
      .filter(({ axes: { rows, columns } }) => rows.length > 0 && (isSolo || columns.length > 0));
    const asThird = thirdRoles(grid)
      .filter((role) => grid.cells.some((cell) => thirdOf(cell)?.[role] === entry))
      .map((role) => ({
        ...{ part: `${name} as ${role}`, third: { [role]: entry }, sheet: null, axes },
      }));
    return [...onAxis, ...asThird];
  });
}

const sheetOf = (entry: string, axis: Sheet["axis"]) => ({ third: null, sheet: { entry, axis } });

const nameIn = ({ rows, columns }: Grid, entry: string) =>
  [...rows, ...columns].find((axis) => axis.entry === entry)?.name ?? entry;

/** Roles beyond the axes that somebody has played: optional ones are not among the grid's. */
const thirdRoles = ({ cells }: Grid) =>
  [...new Set(cells.flatMap((cell) => Object.keys(thirdOf(cell) ?? {})))].sort();

/** Small multiples: a table for each constellation of third parties that was seen, by their names. */
function splitByThird(grid: Grid, part: Part, { split }: PageView): Part[] {
  const roles = split === undefined ? [] : thirdRoles(grid);
  if (roles.length === 0) return [part];
  const seen = new Map<string, Part>();
  for (const cell of onAxes(withThird(grid, part.third), part.axes).cells) {
    const others = thirdOf(cell);
    if (others === null) continue;
    const third = Object.fromEntries(roles.map((role) => [role, others[role] ?? null]));
    const words = thirdWords(grid, third);
    seen.set(words, {
      ...part,
      third,
      sheet: null,
      part: part.part ? `${part.part}, ${words}` : words,
    });
  }
  const parts = [...seen].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
  return parts.length === 0 ? [part] : parts;
}

/** `with RTPEngine as media-relay`, or `without media-relay`. */
const thirdWords = (grid: Grid, third: Third) =>
  Object.entries(third)
    .map(([role, entry]) =>
      entry === null ? `without ${role}` : `with ${nameIn(grid, entry)} as ${role}`,
    )
    .join(", ");

/** Where cells are asked for by what they say: the axes that have one. Null when there is none. */
function keepAsked(grid: Grid, axes: Axes, view: PageView): Axes | null {
  if (view.state === undefined && view.outcome === undefined && view.q === undefined) return axes;
  // An untested place has no cell; all axes have one, but for a grid in which all has been tried. To
  // read the query would bring the whole language to every page that has a grid.
  if (view.q?.toLowerCase().includes("untested")) return axes;
  const kept = whereSome(grid, axes, (cell) => isLike(cell, view));
  return kept.tests.length === 0 ? null : kept;
}

/** Without the axes on which all that was told is of the kinds that are to be left out. */
function leaveOut(grid: Grid, axes: Axes, view: PageView): Axes {
  if (view.hide === undefined) return axes;
  const told = whereSome(grid, axes, () => true);
  const worth = whereSome(grid, axes, (cell) => !isHideable(cell, view));
  const without = (all: string[], seen: string[], kept: string[]) =>
    all.filter((name) => kept.includes(name) || !seen.includes(name));
  return {
    rows: without(axes.rows, told.rows, worth.rows),
    columns: without(axes.columns, told.columns, worth.columns),
    tests: without(axes.tests, told.tests, worth.tests),
  };
}

/** The axes that have such a cell. */
function whereSome(grid: Grid, axes: Axes, isSuch: (cell: MatrixCell) => boolean): Axes {
  const { cells, rows, columns, tests } = onAxes(grid, axes);
  const such = cells.filter(isSuch);
  const at = (indices: (number | null)[]) => {
    const seen = new Set(indices);
    return (_: unknown, index: number) => seen.has(index);
  };
  return {
    rows: names(rows.filter(at(such.map(({ row }) => row)))),
    columns: names(columns.filter(at(such.map(({ column }) => column)))),
    tests: tests.filter(at(such.map(({ test }) => test))).map(({ key }) => key),
  };
}

/** By need of attention when that is asked for, and the pinned entry before all others. */
function inOrder(grid: Grid, axes: Axes, { sort, pin }: PageView): Axes {
  const { cells } = onAxes(grid, axes);
  const needing = cells.filter((cell) => needOf(cell) !== null);
  const order = (list: string[], indexOf: (cell: MatrixCell) => number | null) => {
    const scores = list.map((_, at) => needing.filter((cell) => indexOf(cell) === at).length);
    const byNeed = list
      .map((name, at) => ({ name, score: sort === "attention" ? (scores[at] ?? 0) : 0 }))
      .sort((a, b) => b.score - a.score)
      .map(({ name }) => name);
    return [...byNeed.filter((name) => name === pin), ...byNeed.filter((name) => name !== pin)];
  };
  return {
    rows: order(axes.rows, ({ row }) => row),
    columns: order(axes.columns, ({ column }) => column),
    tests: order(axes.tests, ({ test }) => test),
  };
}
