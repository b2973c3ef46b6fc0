import type { Axis, Grid, GridTest, MatrixCell } from "@/lib/matrices/schema";
import { byAttention } from "@/lib/rollups/rules";
import { declaredVariants, type Place, tablesOf } from "./wording";

/** The cells of one place in a grid: its variants, and its constellations of further roles. */
export type Slots = ReadonlyMap<string, readonly MatrixCell[]>;

const keyOf = ({ row, column, test }: Place) => `${row} ${column ?? ""} ${test}`;

export function slotsOf(grid: Grid): Slots {
  const slots = new Map<string, MatrixCell[]>(); // Map.groupBy is younger than Node 20
  for (const cell of grid.cells) {
    const slot = slots.get(keyOf(cell));
    if (slot) slot.push(cell);
    else slots.set(keyOf(cell), [cell]);
  }
  return slots;
}

export const cellsAt = (slots: Slots, place: Place) => slots.get(keyOf(place)) ?? [];

/** Everything that is known of one pair. */
export const cellsOfPair = (slots: Slots, grid: Grid, place: Omit<Place, "test">) =>
  grid.tests.flatMap((_, test) => cellsAt(slots, { ...place, test }));

/** The cells by what wants attention first, so that a roll-up never looks better than its worst. */
export const worstFirst = (cells: readonly MatrixCell[]) => cells.toSorted(byAttention);

/** `3/9`: told of declared variants; `any 4`, of four third parties; or a bare count where there are more. */
export function tallyOf(test: GridTest, cells: readonly MatrixCell[]): string {
  const tables = tablesOf(cells);
  if (tables > 1) return `any ${tables}`;
  const declared = declaredVariants(test);
  return cells.length <= declared ? `${cells.length}/${declared}` : String(cells.length);
}

/** Every declared variant, in the order of their declaration: the last name turns fastest. */
export function variantsOf({ variants }: GridTest): Record<string, string>[] {
  return Object.entries(variants).reduce<Record<string, string>[]>(
    (all, [name, values]) =>
      all.flatMap((one) => values.map((value) => ({ ...one, [name]: value }))),
    [{}],
  );
}

export const isSameVariant = (a: Record<string, string>, b: Record<string, string>) => {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
};

/** Both roles played by the same entry; such pairs are drawn, and stand outside the numbers. */
export const isSelfPair = (row: Axis, column: Axis) => row.entry === column.entry;

/** What tells a grid's tests apart: `05` of `DTLS-05`, where all keys begin alike. */
export function shortKeys(tests: readonly GridTest[]): string[] {
  const prefixes = new Set(tests.map(({ key }) => key.slice(0, key.lastIndexOf("-") + 1)));
  return tests.map(({ key }) => (prefixes.size === 1 ? key.slice(key.lastIndexOf("-") + 1) : key));
}
