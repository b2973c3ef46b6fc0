import { type RefObject, useEffect, useRef } from "react";
import { placeOf } from "./grid";
import type { Sizes } from "./grid-face";

/**
 * The cross-hair of a large grid: a band behind the column that the pointer or the focus is in, its row, and
 * the heads of both marked. It is moved by hand: nothing is drawn anew for it.
 */
export function useCross(region: RefObject<HTMLElement | null>, { width, headWidth }: Sizes) {
  const band = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = region.current;
    if (!element) return;
    const stop = new AbortController();
    const mark = (target: EventTarget | null) => {
      const { row, column } = placeOf(target) ?? { row: 0, column: 0 };
      for (const crossed of element.querySelectorAll("[data-cross]"))
        crossed.removeAttribute("data-cross");
      for (const crossed of [
        `[data-at="0/${column}"].huge-head`,
        `[data-at="${row}/0"].huge-row-head`,
        `[aria-rowindex="${row + 1}"].huge-row`,
      ])
        element.querySelector(crossed)?.setAttribute("data-cross", "");
      if (!band.current) return;
      band.current.hidden = column === 0;
      band.current.style.left = `${headWidth + (column - 1) * width}px`;
      band.current.style.width = `${width}px`;
    };
    const options = { signal: stop.signal };
    element.addEventListener("pointerover", ({ target }) => mark(target), options);
    element.addEventListener("focusin", ({ target }) => mark(target), options);
    element.addEventListener("pointerleave", () => mark(document.activeElement), options);
    mark(null);
    return () => stop.abort();
  }, [region, width, headWidth]);
  return band;
}
