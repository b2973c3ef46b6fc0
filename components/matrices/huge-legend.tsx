import { useMemo } from "react";
import type { PageView } from "@/lib/views/schema";
import { sheetKinds } from "./grid-drawing";
import { kindsByTest, type Sheet } from "./grid-sheet";
import { Legend } from "./legend";

/** The legend with the counts of sheets. */
export function HugeLegend({ sheets, view }: { sheets: readonly Sheet[]; view: PageView }) {
  const kinds = useMemo(
    () => sheetKinds(sheets.flatMap((sheet) => kindsByTest(sheet).flat())),
    [sheets],
  );
  return <Legend kinds={kinds} view={view} />;
}
