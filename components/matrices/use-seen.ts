import { type RefObject, useCallback, useSyncExternalStore } from "react";

/** Which part of an element is in the window: from and to, in CSS pixels from its top. */
export type Seen = { from: number; to: number };

/** In steps: a page that is scrolled by less than that shows nothing that is not drawn. */
const STEP = 120;

/** The part of an element that the reader may see, a little more than less. Nothing where there is no window. */
export function useSeen(element: RefObject<HTMLElement | null>): Seen {
  const ask = useCallback(() => {
    if (!element.current) return "0 0";
    const { top } = element.current.getBoundingClientRect();
    const from = Math.floor(-top / STEP) * STEP;
    const to = Math.ceil((window.innerHeight - top) / STEP) * STEP;
    return `${Math.max(0, from)} ${Math.max(0, to)}`;
  }, [element]);
  const [from = 0, to = 0] = useSyncExternalStore(follow, ask, () => "0 0")
    .split(" ")
    .map(Number);
  return { from, to };
}

function follow(tell: () => void) {
  const stop = new AbortController();
  for (const name of ["scroll", "resize"])
    window.addEventListener(name, tell, { passive: true, signal: stop.signal });
  return () => stop.abort();
}
