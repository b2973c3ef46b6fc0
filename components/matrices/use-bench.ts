import { type RefObject, useEffect } from "react";
import { cellOf, cross, enter, gridsIn, hone, leave, move, visit } from "./grid";

/**
 * Makes the tables within an element into grids (WAI-ARIA Authoring Practices, "Grid"): one tab stop each,
 * arrows between cells, Enter into a cell, Escape out of it. Without scripts they are tables of links.
 */
export function useBench(bench: RefObject<HTMLElement | null>) {
  // After every drawing: what React has put in anew is no part of the grid yet.
  useEffect(() => {
    for (const table of gridsIn(bench.current)) hone(table);
  });
  useEffect(() => {
    const element = bench.current;
    if (!element) return;
    const stop = new AbortController();
    const { signal } = stop;
    element.addEventListener("keydown", press, { signal });
    element.addEventListener("focusin", ({ target }) => arrive(target), { signal });
    element.addEventListener("pointerover", ({ target }) => cross(cellOf(target)), { signal });
    element.addEventListener("pointerleave", () => cross(cellOf(document.activeElement)), {
      signal,
    });
    document.addEventListener("keydown", (event) => leaveFilter(element, event), { signal });
    element.addEventListener("click", ({ target }) => remember(target), { signal });
    comeBack(element);
    return () => stop.abort();
  }, [bench]);
}

/** Escape leads from the filter to where the reader was in the grid. */
export function leaveFilter(element: HTMLElement, { key, target }: KeyboardEvent) {
  if (key !== "Escape" || !(target instanceof Element) || !target.closest(".filters")) return;
  element.querySelector<HTMLElement>(':is(.matrix, .huge) [tabindex="0"]')?.focus();
}

function press(event: KeyboardEvent) {
  const cell = cellOf(event.target);
  if (!cell || event.altKey || event.metaKey || event.shiftKey) return;
  const isTaken = event.target === cell ? pressOn(cell, event) : pressWithin(cell, event);
  if (isTaken) event.preventDefault();
}

function pressOn(cell: HTMLTableCellElement, { key, ctrlKey }: KeyboardEvent): boolean {
  return key === "Enter" || key === "F2" ? enter(cell) : move(cell, key, ctrlKey);
}

const BACK = new Set(["ArrowLeft", "ArrowUp"]);
const ON = new Set(["ArrowRight", "ArrowDown"]);

/** Within a cell the arrows go from mark to mark; a link's own Enter opens it. */
function pressWithin(cell: HTMLTableCellElement, { key }: KeyboardEvent): boolean {
  if (key === "Escape") return leave(cell);
  if (BACK.has(key)) return visit(cell, -1);
  return ON.has(key) && visit(cell, 1);
}

function arrive(target: EventTarget | null) {
  const cell = cellOf(target);
  if (!cell) return;
  const table = cell.closest("table");
  for (const stop of table?.querySelectorAll('[tabindex="0"]') ?? []) {
    if (stop !== cell) stop.setAttribute("tabindex", "-1");
  }
  cell.setAttribute("tabindex", "0");
  cross(cell);
}

const PLACE = "plugfest matrix place";

/** Which link was followed, so that whoever comes back stands where they were. */
function remember(target: EventTarget | null) {
  const link = target instanceof Element ? target.closest("a") : null;
  if (!link) return;
  const { pathname, search } = window.location;
  window.history.replaceState(
    { ...(window.history.state as object | null), [PLACE]: link.getAttribute("href") },
    "",
    `${pathname}${search}`,
  );
}

function comeBack(element: HTMLElement) {
  const state = window.history.state as Record<string, unknown> | null;
  const place = state?.[PLACE];
  if (typeof place !== "string" || document.activeElement !== document.body) return;
  const link = element.querySelector<HTMLElement>(`.matrix a[href="${CSS.escape(place)}"]`);
  link?.focus();
}
