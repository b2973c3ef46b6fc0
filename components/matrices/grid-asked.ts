import { UNTESTED } from "@/lib/exports/rules";
import type { Around } from "@/lib/queries/schema";
import { askingFor, asksOnlySigns } from "@/lib/selections/rules";
import { ASIDE, kindOf, type Sheet } from "./grid-sheet";
import { declaredVariants } from "./wording";

type Frame = Pick<Sheet, "roles" | "tests">;

/** Whether sheets of these grids can answer a query: each place has room for one cell, and its signs say enough. */
export const canAnswer = (q: string | null | undefined, frames: readonly Frame[]): boolean =>
  !q ||
  (asksOnlySigns(q) &&
    frames.every(
      ({ roles, tests }) =>
        roles.others.length === 0 && tests.every((test) => declaredVariants(test) === 1),
    ));

/** The same sheets, with what the query does not ask for set aside. */
export function askSheets(
  sheets: readonly Sheet[],
  q: string | undefined,
  around: Around,
): readonly Sheet[] {
  return q ? sheets.map((sheet) => ({ ...sheet, codes: askCodes(sheet, q, around) })) : sheets;
}

function askCodes(sheet: Sheet, q: string, around: Around): Uint16Array {
  const isAsked = askingFor(q, sheet, around);
  const cells = new Map<number, ReturnType<typeof kindOf>>();
  const across = Math.max(1, sheet.columns.length);
  const isSolo = sheet.roles.columns === null;
  return sheet.codes.map((code, at) => {
    if (code === UNTESTED) return code;
    if (!cells.has(code)) cells.set(code, kindOf(code));
    const cell = cells.get(code);
    if (!cell) return code;
    // The same object for all cells that say the same: there are too many for one each.
    const pair = Math.floor(at / sheet.tests.length);
    cell.test = at % sheet.tests.length;
    cell.row = Math.floor(pair / across);
    cell.column = isSolo ? null : pair % across;
    return isAsked(cell) ? code : code | ASIDE;
  });
}

/** Of all that was told, how many the query asks for. */
export function askedIn(sheets: readonly Sheet[]): { asked: number; told: number } {
  let [asked, told] = [0, 0];
  for (const { codes } of sheets) {
    for (const code of codes) {
      if (code === UNTESTED) continue;
      told += 1;
      if ((code & ASIDE) === 0) asked += 1;
    }
  }
  return { asked, told };
}
