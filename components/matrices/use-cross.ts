import { type RefObject, useEffect, useRef } from "react";
import type { Sizes } from "./grid-face";

/**
 * The cross-hair of a large grid: a band behind the column that the pointer or the focus is in, and its
 * head marked. Rows mark themselves. It is moved by hand: nothing is drawn anew for it.
 */
export function useCross(region: RefObject<HTMLElement | null>, { width, headWidth }: Sizes) {
  const band = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = region.current;
    if (!element) return;
    const stop = new AbortController();
    const mark = (target: EventTarget | null) => {
      const cell = target instanceof Element ? target.closest<HTMLElement>("[data-at]") : null;
      const column = Number(cell?.dataset.at?.split("/")[1] ?? 0);
      for (const head of element.querySelectorAll(".huge-head[data-cross]"))
        head.removeAttribute("data-cross");
      element.querySelector(`[data-at="0/${column}"].huge-head`)?.setAttribute("data-cross", "");
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
