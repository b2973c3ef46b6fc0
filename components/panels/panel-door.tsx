"use client";

import { useSearchParams } from "next/navigation";
import { lazy, Suspense, useCallback, useEffect, useRef, useState } from "react";
import { cellPath, type Desk, trackPathOf } from "./desk";
import { findMark, homeOf, isCellId, type Target, writeAddress } from "./place";
import { type Asked, useHand } from "./use-hand";

// Fetched with the first panel: a matrix is read without it.
const CellPanel = lazy(async () => ({ default: (await import("./cell-panel")).CellPanel }));

/**
 * Opens a panel beside the matrix for the cell in hand instead of leaving the page. Which cell it shows is
 * in the address, so that a link opens it. Without scripts, and with Ctrl, marks are links to the cells' pages.
 */
export function PanelDoor({ desk }: { desk: Desk }) {
  const named = useSearchParams().get("cell");
  const [isAwake, wake] = useState(false);
  useEffect(() => wake(true), []);
  const [opening, setOpening] = useState<string | null>(null);
  const [asked, ask] = useState<Asked | null>(null);
  const [words, say] = useState("");
  const cellId = isCellId(named) ? named : null;
  const target = targetIn(opening, cellId);
  const hrefOf = (shown: Target | null) =>
    shown?.kind === "cell" ? cellPath(trackPathOf(desk), shown.id) : (shown?.href ?? null);
  const href = hrefOf(target);
  const latest = useRef(href);
  latest.current = href;

  const show = useCallback((next: Target, way: "pushState" | "replaceState") => {
    setOpening(next.kind === "opening" ? next.href : null);
    writeAddress(way, next.kind === "cell" ? next.id : null);
  }, []);
  const close = useCallback(() => {
    const mark = latest.current === null ? null : findMark(latest.current);
    setOpening(null);
    ask(null);
    writeAddress("replaceState", null);
    // What was untested has another mark once it is logged.
    const home = mark ? homeOf(mark) : document.querySelector<HTMLElement>('.grids [tabindex="0"]');
    home?.focus();
  }, []);
  useHand({ desk, href: latest, show, close, ask, say });
  useShown(href);
  return (
    <>
      <p role="status" className="panel-words" data-said={words !== "" || undefined}>
        {words}
      </p>
      {isAwake && target && (
        <Suspense>
          <CellPanel
            key={href}
            {...{ desk, target, close }}
            asked={asked?.href === href ? asked : null}
          />
        </Suspense>
      )}
    </>
  );
}

function targetIn(opening: string | null, cellId: string | null): Target | null {
  if (opening !== null) return { kind: "opening", href: opening };
  return cellId === null ? null : { kind: "cell", id: cellId };
}

/** Marks in the grid which cell is shown beside it. */
function useShown(href: string | null) {
  useEffect(() => {
    const mark = href === null ? null : findMark(href);
    mark?.setAttribute("data-shown", "");
    return () => mark?.removeAttribute("data-shown");
  }, [href]);
}
