import { memo, type Ref, useDeferredValue, useMemo, useState } from "react";
import type { PageView } from "@/lib/views/schema";
import { ByTest, byWords, pairsIn } from "./by-test";
import { CountsBar, countsWords } from "./counts";
import type { Board } from "./grid-board";
import { faceOf, sheetKinds } from "./grid-drawing";
import { sizesFor } from "./grid-face";
import { titleOf } from "./grid-section";
import { kindsByTest, type Sheet } from "./grid-sheet";
import { type Grip, VirtualGrid } from "./grid-virtual";
import { HugeList } from "./huge-shell";
import type { Look } from "./look";

type Props = {
  board: Board;
  sheet: Sheet;
  look: Look;
  labels: Readonly<Record<string, string>>;
  grip: Ref<Grip>;
};

/** One grid of a track that is too large for a table: its numbers, what is in view of it, and its tests. */
export function HugeSection({ board, sheet, look, labels, grip }: Props) {
  const title = titleOf(sheet, labels);
  const name = board.part ? `${title}: ${board.part}` : title;
  const id = `grid-${name.replaceAll(/\W+/g, "-")}`;
  const sizes = useSizes(look.view, sheet.roles.columns === null);
  // Another object where something is drawn elsewhere or otherwise than before.
  const frame = useMemo(() => ({ board, view: look.view, sizes }), [board, look.view, sizes]);
  const face = useMemo(
    () => faceOf({ board, sheet, look, labels, id, label: `Matrix, ${name}`, sizes, frame }),
    [board, sheet, look, labels, id, name, sizes, frame],
  );
  // What stands below the grid may come a moment after it, and is out of view most of the time.
  const below = useDeferredValue(
    useMemo(() => ({ sheet, look }), [sheet, look]),
    null,
  );
  return (
    <section className="grid-section huge-section" aria-labelledby={id}>
      <h2 id={id}>
        {title}
        {board.part && <span className="grid-part">{board.part}</span>}
      </h2>
      <div className="huge-caption">
        <p>
          {board.part !== null && "The whole grid: "}
          {countsWords(sheet.counts)} {sizeWords(face.rows.length, face.columns.length)}
        </p>
        {board.hidden > 0 && (
          <p>{board.hidden} rows, columns and tests with nothing else to show are left out.</p>
        )}
        <CountsBar counts={sheet.counts} />
      </div>
      <VirtualGrid face={face} grip={grip} />
      {below && <Below {...below} />}
    </section>
  );
}

const sizeWords = (rows: number, columns: number) =>
  `${rows} ${rows === 1 ? "row" : "rows"} by ${columns} ${columns === 1 ? "column" : "columns"}; what is in view is drawn.`;

function useSizes({ density }: PageView, hasTestRows: boolean) {
  return useMemo(() => {
    const em = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
    const { clientWidth: windowWidth } = document.documentElement;
    return sizesFor({ isCompact: density === "compact", hasTestRows }, { em, windowWidth });
  }, [density, hasTestRows]);
}

type BelowProps = { sheet: Sheet; look: Look };

const Below = memo(function Below({ sheet, look }: BelowProps) {
  const hasTests = sheet.roles.columns !== null && !look.view.test && !look.view.entry;
  return (
    <>
      <HugeList axes={[...sheet.rows, ...sheet.columns]} look={look} />
      {hasTests && <TestsOf sheet={sheet} look={look} />}
    </>
  );
});

/** Drawn only for whoever opens it: with a hundred tests it is more than the grid, at every key. */
function TestsOf({ sheet, look }: BelowProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="form-more" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>The {sheet.tests.length} tests, with what they came to</summary>
      {isOpen && <Tests {...{ sheet, look }} />}
    </details>
  );
}

function Tests({ sheet, look }: BelowProps) {
  const kinds = useMemo(() => kindsByTest(sheet), [sheet]);
  return (
    <ByTest
      tests={sheet.tests}
      look={look}
      kindsOf={(test) => byWords(sheetKinds(kinds[test] ?? []))}
      pairs={pairsIn(sheet)}
    />
  );
}
