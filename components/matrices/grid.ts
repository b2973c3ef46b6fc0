/** The grids within an element. */
export const gridsIn = (element: Element | null) =>
  element?.querySelectorAll<HTMLTableElement>("table.matrix") ?? [];

/** The cell of a grid that something stands in. */
export function cellOf(target: EventTarget | null): HTMLTableCellElement | null {
  if (!(target instanceof Element)) return null;
  const cell = target.closest<HTMLTableCellElement>("td, th");
  return cell?.closest("table.matrix") && isPlace(cell) ? cell : null;
}

/** The name of the group of columns stands above the grid and is no place in it. */
const isPlace = (cell: HTMLTableCellElement) => cell.scope !== "colgroup";

/** A table's cells as rows of a grid: the corner and the heads of columns, then each row with its head. */
function placesOf(table: HTMLTableElement): HTMLTableCellElement[][] {
  const [first, second] = [...(table.tHead?.rows ?? [])];
  const corner = [...(first?.cells ?? [])].filter(isPlace);
  const head = [...corner, ...(second?.cells ?? [])];
  return [
    head,
    ...[...table.tBodies].flatMap(({ rows }) => [...rows]).map((row) => [...row.cells]),
  ];
}

/** Makes a table a grid with one tab stop, and whatever was drawn into it since a part of that. */
export function hone(table: HTMLTableElement) {
  const region = table.closest<HTMLElement>(".scroll-region");
  if (!table.hasAttribute("role")) {
    table.setAttribute("role", "grid");
    table.setAttribute("aria-readonly", "true");
    table.setAttribute("aria-label", region?.getAttribute("aria-label") ?? "Matrix");
    region?.setAttribute("tabindex", "-1");
  }
  for (const cell of table.querySelectorAll<HTMLTableCellElement>(
    "td:not([tabindex]), th:not([tabindex])",
  )) {
    if (isPlace(cell)) cell.setAttribute("tabindex", "-1");
  }
  for (const link of table.querySelectorAll(":is(td, th) a:not([tabindex])")) {
    link.setAttribute("tabindex", "-1");
  }
  if (table.querySelector('[tabindex="0"]')) return;
  placesOf(table)[1]?.[1]?.setAttribute("tabindex", "0");
}

export type Place = { row: number; column: number };
type Size = { rows: number; columns: number; page: number };

const MOVES = new Map<string, (from: Place, size: Size) => Place>(
  Object.entries({
    ArrowLeft: ({ row, column }: Place) => ({ row, column: column - 1 }),
    ArrowRight: ({ row, column }: Place) => ({ row, column: column + 1 }),
    ArrowUp: ({ row, column }: Place) => ({ row: row - 1, column }),
    ArrowDown: ({ row, column }: Place) => ({ row: row + 1, column }),
    PageUp: ({ row, column }: Place, { page }: Size) => ({ row: row - page, column }),
    PageDown: ({ row, column }: Place, { page }: Size) => ({ row: row + page, column }),
    Home: ({ row }: Place) => ({ row, column: 0 }),
    End: ({ row }: Place, { columns }: Size) => ({ row, column: columns - 1 }),
    "Control Home": () => ({ row: 0, column: 0 }),
    "Control End": (_: Place, { rows, columns }: Size) => ({ row: rows - 1, column: columns - 1 }),
  }),
);

const within = (at: number, count: number) => Math.max(0, Math.min(count - 1, at));

/** Where a key leads from a place in a grid; null for a key that leads nowhere. */
export function placeAfter(key: string, from: Place, size: Size): Place | null {
  const to = MOVES.get(key)?.(from, size);
  return to ? { row: within(to.row, size.rows), column: within(to.column, size.columns) } : null;
}

/** Moves the focus from a cell as a key says. False when the key is none of the grid's. */
export function move(cell: HTMLTableCellElement, key: string, hasControl: boolean): boolean {
  const table = cell.closest("table");
  if (!table) return false;
  const places = placesOf(table);
  const row = places.findIndex((cells) => cells.includes(cell));
  const column = places[row]?.indexOf(cell) ?? 0;
  const size = { rows: places.length, columns: places[0]?.length ?? 0, page: pageOf(cell) };
  const to = placeAfter(hasControl ? `Control ${key}` : key, { row, column }, size);
  if (!to) return false;
  places[to.row]?.[to.column]?.focus();
  return true;
}

/** How many rows the window shows at once, as far as this one tells. */
function pageOf(cell: HTMLTableCellElement): number {
  const region = cell.closest(".scroll-region");
  const seen = Math.min(region?.clientHeight ?? window.innerHeight, window.innerHeight);
  return Math.max(1, Math.floor(seen / Math.max(1, cell.offsetHeight)) - 1);
}

const linksIn = (cell: HTMLTableCellElement) =>
  [...cell.querySelectorAll<HTMLAnchorElement>("a[href]")].filter((link) => link.checkVisibility());

/** Opens the only link of a cell, or goes in where there are several: to the first that wants attention. */
export function enter(cell: HTMLTableCellElement): boolean {
  const links = linksIn(cell);
  const [only] = links;
  if (links.length === 1) only?.click();
  else (links.find((link) => link.dataset.need) ?? only)?.focus();
  return links.length > 0;
}

/** Back from a mark to the cell that it stands in. */
export function leave(cell: HTMLTableCellElement): boolean {
  cell.focus();
  return true;
}

/** From a cell's mark to its next or previous one. */
export function visit(cell: HTMLTableCellElement, step: 1 | -1): boolean {
  const links = linksIn(cell);
  const at = links.indexOf(document.activeElement as HTMLAnchorElement);
  links[within(at + step, links.length)]?.focus();
  return true;
}

let crossed: HTMLTableCellElement | null = null;

/** Marks the row and the column of a cell, and nothing else; null takes the marks away. */
export function cross(cell: HTMLTableCellElement | null) {
  if (cell === crossed) return;
  crossed = cell;
  for (const marked of document.querySelectorAll("[data-cross]"))
    marked.removeAttribute("data-cross");
  const table = cell?.closest("table");
  if (!cell || !table) return;
  const places = placesOf(table);
  const row = places.find((cells) => cells.includes(cell));
  const column = row?.indexOf(cell) ?? -1;
  const marks = [
    row === places[0] ? null : cell.parentElement,
    column > 0 ? table.querySelectorAll("col")[column] : null,
    column > 0 ? places[0]?.[column] : null,
  ];
  for (const mark of marks) mark?.setAttribute("data-cross", "");
}

/** The next or previous mark that wants attention, from where the focus is, round and round. */
export function needAfter(element: Element, step: 1 | -1): HTMLElement | null {
  const needing = [...element.querySelectorAll<HTMLElement>(".matrix a[data-need]")];
  const here = document.activeElement;
  const isPast = (link: Element) =>
    here !== null &&
    link !== here &&
    Boolean(here.compareDocumentPosition(link) & Node.DOCUMENT_POSITION_FOLLOWING);
  if (here === null || !element.contains(here)) return needing.at(step === 1 ? 0 : -1) ?? null;
  const before = needing.filter((link) => link !== here && !isPast(link));
  const after = needing.filter(isPast);
  return (step === 1 ? (after[0] ?? needing[0]) : (before.at(-1) ?? needing.at(-1))) ?? null;
}

/** The place of the square that something stands in, as the square itself says it: `data-at="3/4"`. */
export function placeOf(target: EventTarget | null): Place | null {
  const square = target instanceof Element ? target.closest<HTMLElement>("[data-at]") : null;
  const [row, column] = square?.dataset.at?.split("/").map(Number) ?? [];
  return row === undefined || column === undefined ? null : { row, column };
}
