// Where the reader is in a matrix, by what stands in the document: plain table and windowed grid alike.

/** What a mark leads to. */
export type Target = { kind: "cell"; id: string } | { kind: "opening"; href: string };

const CELL = /\/cells\/([0-9a-f]{8}-[0-9a-f-]{27})$/;
const GRID = ".grids :is(table.matrix, .huge)";
const SQUARE = "td, th, [role=gridcell], [role=rowheader], [role=columnheader]";

export const isCellId = (text: string | null): text is string =>
  text !== null && CELL.test(`/cells/${text}`);

/** What a link in a grid leads to, when it is one that the panel shows. */
export function targetOf(link: Element | null): Target | null {
  const href = link?.closest(GRID) ? link.getAttribute("href") : null;
  if (!href) return null;
  const id = CELL.exec(href)?.[1];
  if (id !== undefined) return { kind: "cell", id };
  return href.includes("/log?") && href.includes("test=") ? { kind: "opening", href } : null;
}

/** Whether something stands in a grid. */
export const isInGrid = (target: EventTarget | null): target is Element =>
  target instanceof Element && target.closest(GRID) !== null;

/** The square of a grid that something stands in, and the marks in it. */
function squareOf(target: Element) {
  const square = target.closest<HTMLElement>(SQUARE);
  return {
    square,
    links: [...(square?.querySelectorAll<HTMLAnchorElement>("a.mark[href]") ?? [])],
  };
}

/** The mark that the focus means: itself, or the only one of its square; else how many there are. */
export function markAt(target: Element): HTMLAnchorElement | number {
  const own = target.closest<HTMLAnchorElement>("a.mark[href]");
  if (own) return own;
  const { links } = squareOf(target);
  const [only] = links;
  return links.length === 1 && only ? only : links.length;
}

/** Where the focus belongs for a mark: on its square when it is the only one there, so that arrows walk on. */
export function homeOf(link: HTMLElement): HTMLElement {
  const { square, links } = squareOf(link);
  return links.length === 1 && square ? square : link;
}

/** The mark of a cell, as far as it is in the document. */
export const findMark = (path: string): HTMLElement | null =>
  document.querySelector<HTMLElement>(`.grids a.mark[href="${CSS.escape(path)}"]`);

/** Names the cell shown in the page's address, without asking the server for anything. */
export function writeAddress(way: "pushState" | "replaceState", cell: string | null) {
  const url = new URL(window.location.href);
  if (cell === null) url.searchParams.delete("cell");
  else url.searchParams.set("cell", cell);
  if (url.href === window.location.href) return;
  // What the router keeps in the state stays out of it: it would take the change for its own.
  const state: unknown = window.history.state;
  const kept = Object.entries(state ?? {}).filter(([name]) => !name.startsWith("__"));
  window.history[way](Object.fromEntries(kept), "", url);
}
