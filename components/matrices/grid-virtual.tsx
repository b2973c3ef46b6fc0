// biome-ignore-all lint/a11y/useSemanticElements: most of its rows and cells are not in the document, and those that are stand where they are put
// biome-ignore-all lint/a11y/noStaticElementInteractions: what is pressed in the grid and on the heads of its rows is heard by what holds both
// biome-ignore-all lint/a11y/useFocusableInteractive: the cells of a grid have the focus, its rows do not
import { useVirtualizer, type VirtualItem } from "@tanstack/react-virtual";
import {
  type KeyboardEvent,
  type Ref,
  useCallback,
  useDeferredValue,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { type Place, placeAfter, placeOf } from "./grid";
import type { Face } from "./grid-face";
import { HeadRow, Row, Side } from "./grid-rows";
import { indexesOf, mostHeight, OVERSCAN, scrollFor } from "./grid-window";
import { useCross } from "./use-cross";
import { useSeen } from "./use-seen";

/** Where the focus is, and how to take it elsewhere: squares by their row and column from 0. */
export type Grip = { focused(): Place | null; goTo(place: Place): void };

type Props = { face: Face; grip: Ref<Grip> };

/**
 * A grid of which only what is in view is in the document, with a little around it and the cell in hand.
 * Row 0 and column 0 are the heads. One tab stop; the same keys as the plain table's.
 */
export function VirtualGrid({ face, grip }: Props) {
  const { label, rows, columns, sizes } = face;
  const region = useRef<HTMLElement>(null);
  const [place, setActive] = useState<Place>(() => leftAt(label) ?? { row: 1, column: 1 });
  // There may be fewer rows now than when it was entered.
  const active = useMemo(
    () => ({
      row: Math.min(place.row, rows.length),
      column: Math.min(place.column, columns.length),
    }),
    [place, rows.length, columns.length],
  );
  const wantsFocus = useRef(leftAt(label) !== null && document.activeElement === document.body);
  const windowed = useWindow(region, face, active);
  // What the reader sees is drawn first, and what is out of sight after it.
  const now = useMemo(() => ({ face, columns: windowed.columns }), [face, windowed.columns]);
  const late = useDeferredValue(now, null);
  const seen = useSeen(region);
  const isInSight = (row: number) => {
    const top = sizes.headHeight + row * sizes.height - windowed.scrolled;
    return row === active.row - 1 || (top + sizes.height > seen.from && top < seen.to);
  };
  const goTo = useCallback((to: Place) => {
    wantsFocus.current = true;
    setActive({ ...to });
  }, []);
  useImperativeHandle(
    grip,
    () => ({
      focused: () =>
        region.current?.contains(document.activeElement)
          ? { row: active.row - 1, column: active.column - 1 }
          : null,
      goTo: ({ row, column }) => goTo({ row: row + 1, column: column + 1 }),
    }),
    [active, goTo],
  );
  useLayoutEffect(() => {
    const element = region.current;
    const cell = element?.querySelector<HTMLElement>(`[data-at="${active.row}/${active.column}"]`);
    // At first nothing is drawn yet, not even the cell in hand.
    if (!(wantsFocus.current && element && cell)) return;
    wantsFocus.current = false;
    bringIntoView(element, face, active);
    cell.focus({ preventScroll: true });
    // In the grid it is in view by now; the grid may still be out of the page's.
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
  });
  const band = useCross(region, sizes);
  const press = (event: KeyboardEvent) => {
    if (event.altKey || event.metaKey || event.shiftKey) return;
    const size = {
      rows: rows.length + 1,
      columns: columns.length + 1,
      page: pageOf(region, sizes),
    };
    const key = event.ctrlKey ? `Control ${event.key}` : event.key;
    const to = placeAfter(key, active, size);
    if (to) goTo(to);
    if (to || (key === "Enter" && open(event.target))) event.preventDefault();
  };
  return (
    <section ref={region} className="scroll-region huge-region" aria-label={label} tabIndex={-1}>
      <div
        role="presentation"
        className="huge"
        style={{ width: windowed.width, height: windowed.height }}
        onKeyDown={press}
        onClick={({ target }) => remember(label, target)}
        onFocus={({ target }) => setActive((before) => movedTo(placeOf(target), before))}
      >
        <div
          role="grid"
          aria-label={label}
          aria-readonly="true"
          aria-rowcount={rows.length + 1}
          aria-colcount={columns.length + 1}
          className="huge-grid"
        >
          <div ref={band} className="huge-band" aria-hidden="true" />
          <HeadRow
            face={face}
            columns={windowed.columns}
            active={active.row === 0 ? active.column : null}
          />
          {windowed.rows.map(({ index, start }) => {
            // The others may still show what was there before, or nothing yet.
            const across = isInSight(index) ? now : late;
            return (
              across &&
              index < across.face.rows.length && (
                <Row
                  key={rows[index]?.key}
                  {...{ ...across, row: index, top: start }}
                  active={active.row === index + 1 ? active.column : null}
                />
              )
            );
          })}
        </div>
        <Side face={face} rows={windowed.rows} active={active.column === 0 ? active.row : null} />
      </div>
    </section>
  );
}

/** Which rows and columns are in the document. */
function useWindow(region: React.RefObject<HTMLElement | null>, face: Face, active: Place) {
  const { rows, columns, sizes } = face;
  const getScrollElement = () => region.current;
  const down = useVirtualizer({
    count: rows.length,
    getScrollElement,
    estimateSize: () => sizes.height,
    paddingStart: sizes.headHeight,
    overscan: OVERSCAN,
    // Both ways scroll at once: drawn together, the page is laid out once and not in between.
    useFlushSync: false,
    rangeExtractor: useCallback((range) => indexesOf(range, active.row - 1), [active.row]),
  });
  const across = useVirtualizer({
    horizontal: true,
    count: columns.length,
    getScrollElement,
    estimateSize: () => sizes.width,
    paddingStart: sizes.headWidth,
    overscan: OVERSCAN,
    useFlushSync: false,
    rangeExtractor: useCallback((range) => indexesOf(range, active.column - 1), [active.column]),
  });
  useEffect(() => {
    const element = region.current;
    const all = sizes.headHeight + rows.length * sizes.height + BAR;
    // Said and not found: what is drawn within is laid out without asking the page around it.
    if (element)
      element.style.height = `min(${Math.min(mostHeight(window.innerWidth, sizes), all)}px, 100dvh - 3rem)`;
    down.measure();
    across.measure();
  }, [region, sizes, rows.length, down, across]);
  return {
    rows: useSame(down.getVirtualItems()),
    columns: useSame(across.getVirtualItems()),
    width: across.getTotalSize(),
    height: down.getTotalSize(),
    scrolled: down.scrollOffset ?? 0,
  };
}

/** The same list while it says the same: another one draws every row, or every head, anew. */
function useSame(items: VirtualItem[]): VirtualItem[] {
  const last = useRef(items);
  const isSame =
    last.current.length === items.length &&
    items.every(({ index, start }, at) => {
      const before = last.current[at];
      return before?.index === index && before.start === start;
    });
  if (!isSame) last.current = items;
  return last.current;
}

/** Room for a bar to scroll by, in CSS pixels. */
const BAR = 17;

const LEFT = "plugfest matrix square";

/** From which square a link was followed, so that whoever comes back stands there. */
function remember(label: string, target: EventTarget) {
  const place = placeOf(target);
  if (!place || !(target instanceof Element && target.closest("a[href]"))) return;
  const { pathname, search } = window.location;
  const state = { ...(window.history.state as object | null), [LEFT]: { label, ...place } };
  window.history.replaceState(state, "", `${pathname}${search}`);
}

function leftAt(label: string): Place | null {
  const state = window.history.state as Record<
    string,
    (Place & { label: string }) | undefined
  > | null;
  const left = state?.[LEFT];
  return left?.label === label ? { row: left.row, column: left.column } : null;
}

/** The place before where it is the same one: nothing is drawn anew for it. */
const movedTo = (to: Place | null, before: Place) =>
  to && (to.row !== before.row || to.column !== before.column) ? to : before;

function bringIntoView(element: HTMLElement, { sizes }: Face, { row, column }: Place) {
  const { width, height, headWidth, headHeight } = sizes;
  if (row > 0)
    element.scrollTop = scrollFor(
      { start: headHeight + (row - 1) * height, size: height },
      { from: element.scrollTop, extent: element.clientHeight, covered: headHeight },
    );
  if (column > 0)
    element.scrollLeft = scrollFor(
      { start: headWidth + (column - 1) * width, size: width },
      { from: element.scrollLeft, extent: element.clientWidth, covered: headWidth },
    );
}

const pageOf = (
  region: React.RefObject<HTMLElement | null>,
  { height, headHeight }: Face["sizes"],
) => Math.max(1, Math.floor(((region.current?.clientHeight ?? 0) - headHeight) / height) - 1);

function open(target: EventTarget): boolean {
  const link =
    target instanceof Element ? target.querySelector<HTMLAnchorElement>("a[href]") : null;
  link?.click();
  return link !== null;
}
