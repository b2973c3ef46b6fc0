import { rankOf, saidOf, UNTESTED } from "@/lib/exports/rules";
import { gridKey } from "@/lib/matrices/rules";
import type { Grid, MatrixCell, MatrixChanges, NamedCell } from "@/lib/matrices/schema";
import { idOf, indexOf, type Sheet, standingAt } from "./grid-sheet";
import { declaredVariants, type Place } from "./wording";

export type Applied = {
  sheets: Sheet[];
  /** Ids of the places that look different now. */
  changed: string[];
  /** What has changed at first, for who does not see it. */
  first: { sheet: Sheet; cell: MatrixCell } | null;
  /** A cell stands on axes that are not here: load the page anew. */
  isOutdated: boolean;
  /** Something changed at a place of several cells, of which only the gravest is told: read them anew. */
  isUnsure: boolean;
};

/** Takes what a stream told into sheets that are shown. */
export function applyToSheets(sheets: readonly Sheet[], changes: MatrixChanges): Applied {
  const applied: Applied = {
    sheets: [...sheets],
    changed: [],
    first: null,
    isOutdated: false,
    isUnsure: changes.cleared.length > 0,
  };
  for (const named of changes.cells) {
    const at = sheets.findIndex((sheet) => gridKey(sheet) === named.grid);
    const [before, sheet] = [sheets[at], applied.sheets[at]];
    const step = sheet ? stepOf(sheet, named) : "outdated";
    if (step === "outdated") applied.isOutdated = true;
    else if (step === "unsure") applied.isUnsure = true;
    if (!sheet || typeof step === "string") continue;
    applied.sheets[at] = write(sheet, step, sheet === before);
    applied.changed.push(idOf(step.place));
    applied.first ??= { sheet, cell: { ...named.cell, ...step.place } };
  }
  return applied;
}

/** What was there before is left as it was: it may be drawn at this moment. */
function write(sheet: Sheet, { place, code, counts }: Exclude<Step, string>, isFirst: boolean) {
  const codes = isFirst ? sheet.codes.slice() : sheet.codes;
  codes[indexOf(sheet, place)] = code;
  return { ...sheet, codes, counts };
}

type Step = "outdated" | "unsure" | "same" | { place: Place; code: number; counts: Grid["counts"] };

/** Where one number tells of several cells, a graver word stands above it; which other would come next is not known. */
function stepOf(sheet: Sheet, named: NamedCell): Step {
  const place = placeOf(sheet, named);
  if (place === null) return "outdated";
  const before = sheet.codes[indexOf(sheet, place)] ?? UNTESTED;
  const code = saidOf(named.cell);
  if (code === before) return "same";
  if (isOnlyOne(sheet, named, place))
    return { place, code, counts: countsAfter(sheet, place, { before, code }) };
  return rankOf(code) < rankOf(before) ? { place, code, counts: sheet.counts } : "unsure";
}

/** Whether a place has room for one cell only: one variant, and nobody else at the table. */
function isOnlyOne({ roles, tests }: Sheet, { cell }: NamedCell, { test }: Place): boolean {
  const its = tests[test];
  const isAlone = roles.others.length === 0 && Object.keys(cell.others).length === 0;
  return isAlone && its !== undefined && declaredVariants(its) === 1;
}

/** The numbers with one cell changed; self-pairs are outside of them. */
function countsAfter(
  sheet: Sheet,
  place: Place,
  { before, code }: { before: number; code: number },
) {
  const { rows, columns, counts } = sheet;
  const isSelf = place.column !== null && rows[place.row]?.entry === columns[place.column]?.entry;
  if (isSelf) return counts;
  const [was, is] = [standingAt(before), standingAt(code)];
  const step = (least: number) => Number(is >= least) - Number(was >= least);
  return {
    ...counts,
    executed: counts.executed + step(1),
    confirmed: counts.confirmed + step(2),
    passed: counts.passed + step(3),
  };
}

const placesOf = new WeakMap<readonly unknown[], ReadonlyMap<string, number>>();

/** Where each name stands; kept as long as the list is. */
function named<T>(list: readonly T[], nameOf: (one: T) => string): ReadonlyMap<string, number> {
  const known = placesOf.get(list) ?? new Map(list.map((one, at) => [nameOf(one), at]));
  placesOf.set(list, known);
  return known;
}

function placeOf({ rows, columns, tests }: Sheet, { row, column, test }: NamedCell): Place | null {
  const at = {
    row: named(rows, ({ entry }) => entry).get(row),
    column: column === null ? null : named(columns, ({ entry }) => entry).get(column),
    test: named(tests, ({ key }) => key).get(test),
  };
  if (at.row === undefined || at.column === undefined || at.test === undefined) return null;
  return { row: at.row, column: at.column, test: at.test };
}
