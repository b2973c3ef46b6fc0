import { groupBy } from "@/lib/core/group";
import type { Grid, Matrix, MatrixCell } from "@/lib/matrices/schema";
import { OUTCOME_SIGNS } from "@/lib/outcomes/rules";
import {
  COLOURS,
  type Drawing,
  drawSign,
  drawText,
  svgDocument,
  widthOf,
} from "@/lib/paints/rules";
import { OUTCOMES } from "@/lib/results/schema";
import { rollUp, rollupWords, type Said, worstIn } from "@/lib/rollups/rules";
import type { SignOf } from "@/lib/signs/rules";

const MARGIN = 24;
const SLOT = 28;
const MARK = 22;
/** Of the tests of a pair, so many are drawn one by one; more of them as the gravest and a count. */
const FEW = 36;
const SMALL = 14;
const NAME_CHARS = 32;

const short = (name: string) => {
  const characters = [...name];
  return characters.length <= NAME_CHARS
    ? name
    : `${characters.slice(0, NAME_CHARS - 1).join("")}…`;
};

type Captions = {
  title: string;
  /** Address of the live matrix. */
  live: string;
  labels: Readonly<Record<string, string>>;
};

/**
 * A track's matrix as a picture with its legend, from what `matrix.json` answers the same reader. A
 * solo grid is entries by tests; a grid of pairs is role by role, with one mark for each test.
 */
export function drawMatrix({ grids }: Matrix, { title, live, labels }: Captions): string {
  const drawn = grids.filter(isPlayed).map((grid) => drawGrid(grid, labels));
  const latest = latestOf(grids);
  const note =
    latest === null ? `No result yet; live at ${live}` : `Last change ${latest}; live at ${live}`;
  const parts: Drawing[] = [heading(title, note), ...drawn, drawLegend()];
  const width = Math.max(...parts.map((part) => part.width)) + 2 * MARGIN;
  let y = MARGIN;
  const body = parts.map((part) => {
    const placed = `<g transform="translate(${MARGIN} ${y})">${part.body}</g>`;
    y += part.height + MARGIN;
    return placed;
  });
  const described = grids.map((grid) => countsOf(grid, labels)).join(" ");
  return svgDocument({ width, height: y, body: body.join("") }, { title, description: described });
}

const latestOf = (grids: readonly Grid[]): string | null =>
  grids
    .flatMap(({ cells }) => cells.map((cell) => (cell.state === "withheld" ? null : cell.latestAt)))
    .reduce((latest, at) => (latest === null || (at !== null && at > latest) ? at : latest), null);

const heading = (title: string, note: string): Drawing => ({
  width: Math.max(widthOf(title, 18), widthOf(note, 11)),
  height: 44,
  body:
    drawText({ x: 0, y: 18, text: title, size: 18, weight: 700 }) +
    drawText({ x: 0, y: 38, text: note, size: 11, fill: COLOURS.soft }),
});

const roleOf = (role: string, labels: Captions["labels"]) => labels[role] ?? role;

/** A grid that nobody here can play has nothing to draw. */
const isPlayed = ({ rows, columns, roles }: Grid) =>
  rows.length > 0 && (roles.columns === null || columns.length > 0);

/** The numbers of a grid, each with what it is out of. */
export function countsOf({ roles, counts }: Grid, labels: Captions["labels"]): string {
  const across = roles.columns === null ? "" : ` by ${roleOf(roles.columns, labels)}`;
  const { possible, applicable, executed, confirmed, passed } = counts;
  return `${roleOf(roles.rows, labels)}${across}: of ${possible} possible ${applicable} applicable, of these ${executed} executed, of these ${confirmed} confirmed, of these ${passed} passed.`;
}

type Axis = { names: string[]; slot: number };

function drawGrid(grid: Grid, labels: Captions["labels"]): Drawing {
  const isSolo = grid.roles.columns === null;
  const mini = Math.ceil(Math.sqrt(Math.min(grid.tests.length, FEW)));
  const isOne = isSolo || grid.tests.length === 1 || grid.tests.length > FEW;
  const slot = isOne ? SLOT + (grid.tests.length > FEW && !isSolo ? 14 : 0) : mini * SMALL + 10;
  const rows: Axis = { names: grid.rows.map(({ name }) => short(name)), slot };
  const columns: Axis = {
    names: isSolo ? grid.tests.map(({ key }) => key) : grid.columns.map(({ name }) => short(name)),
    slot,
  };
  const left = Math.max(...rows.names.map((name) => widthOf(name))) + 12;
  const top = 44 + Math.max(0, ...columns.names.map((name) => widthOf(name)));
  const places = groupBy(grid.cells, ({ row, column, test }) => `${row} ${isSolo ? test : column}`);
  const marks = [...places].map(([at, cells]) => {
    const [row = 0, column = 0] = at.split(" ").map(Number);
    const corner = { x: left + column * slot, y: top + row * slot };
    return isOne ? drawOne(cells, grid, corner) : drawEach(cells, mini, corner);
  });
  const counts = countsOf(grid, labels);
  const order = isOne ? "" : orderOf(grid, mini);
  return {
    width: Math.max(left + columns.names.length * slot, widthOf(counts, 11), widthOf(order, 11)),
    height: top + rows.names.length * slot,
    body: [
      drawText({ x: 0, y: 11, text: counts, size: 11, fill: COLOURS.soft }),
      drawText({ x: 0, y: 27, text: order, size: 11, fill: COLOURS.soft }),
      drawAxes({ rows, columns }, { left, top }),
      ...marks,
    ].join(""),
  };
}

/** Where each test stands among the small marks: line by line, as they are drawn. */
function orderOf({ tests }: Grid, mini: number): string {
  const keys = tests.map(({ key }) => key);
  const lines = keys.flatMap((_, at) =>
    at % mini === 0 ? keys.slice(at, at + mini).join(" ") : [],
  );
  return `Marks, line by line: ${lines.join(" / ")}`;
}

function drawAxes(
  { rows, columns }: { rows: Axis; columns: Axis },
  { left, top }: { left: number; top: number },
): string {
  const right = left + columns.names.length * columns.slot;
  const bottom = top + rows.names.length * rows.slot;
  const line = (d: string) => `<path d="${d}" fill="none" stroke="${COLOURS.line}"/>`;
  const across = (y: number) => line(`M${left} ${y}H${right}`);
  const down = (x: number) => line(`M${x} ${top}V${bottom}`);
  return [
    ...rows.names.flatMap((text, at) => [
      across(top + at * rows.slot),
      drawText({ x: left - 8, y: top + (at + 0.5) * rows.slot + 4, text, anchor: "end" }),
    ]),
    ...columns.names.flatMap((text, at) => [
      down(left + at * columns.slot),
      drawText({ x: left + (at + 0.5) * columns.slot + 4, y: top - 8, text, turn: -90 }),
    ]),
    across(bottom),
    down(right),
  ].join("");
}

const signOf = (cell: Said): SignOf =>
  cell.state === "withheld" ? { state: "withheld", outcome: null } : cell;

type Corner = { x: number; y: number };

/** The gravest of the cells; with a count of the tests that have been told, when it stands for many. */
function drawOne(cells: readonly MatrixCell[], { tests, roles }: Grid, { x, y }: Corner): string {
  const all = rollUp(cells);
  const gravest = worstIn(all);
  if (!gravest) return "";
  const sign = drawSign(signOf(gravest), { x: x + 3, y: y + 3, size: MARK });
  if (cells.length === 1) return sign;
  const mark = `<g><title>${rollupWords(all)}</title>${sign}</g>`;
  if (roles.columns === null || tests.length === 1) return mark;
  const told = `${new Set(cells.map(({ test }) => test)).size}/${tests.length}`;
  return mark + drawText({ x: x + 3, y: y + 38, text: told, size: 9, fill: COLOURS.soft });
}

/** One small mark for each test, in the order of the test plan, whichever of them have been told. */
function drawEach(cells: readonly MatrixCell[], mini: number, { x, y }: Corner): string {
  return [...groupBy(cells, ({ test }) => test)]
    .map(([test, variants]) => {
      const gravest = worstIn(rollUp(variants));
      if (!gravest) return "";
      const at = { x: x + 5 + (test % mini) * SMALL, y: y + 5 + Math.floor(test / mini) * SMALL };
      return drawSign(signOf(gravest), { ...at, size: SMALL - 2 });
    })
    .join("");
}

const STATES: readonly { sign: SignOf; label: string }[] = [
  { sign: { state: "confirmed", outcome: "pass" }, label: "solid: all sides say so" },
  { sign: { state: "reported", outcome: "pass" }, label: "outlined: one side says so" },
  { sign: { state: "settled", outcome: "pass" }, label: "ringed: settled by a lead" },
  { sign: { state: "disputed", outcome: null }, label: "disputed" },
  {
    sign: { state: "confirmed", outcome: "pass", overlays: ["stale"] },
    label: "striped: another build is current",
  },
  { sign: { state: "planned", outcome: null }, label: "planned" },
  { sign: { state: "withheld", outcome: null }, label: "withheld" },
];

function drawLegend(): Drawing {
  const outcomes = OUTCOMES.map((outcome) => ({
    sign: { state: "confirmed", outcome } satisfies SignOf,
    label: OUTCOME_SIGNS[outcome].label.toLowerCase(),
  }));
  const lines = [outcomes, STATES].map((line, at) => drawLine(line, at * 26));
  return {
    width: Math.max(...lines.map(({ width }) => width)),
    height: 52,
    body: lines.map(({ body }) => body).join(""),
  };
}

function drawLine(line: readonly { sign: SignOf; label: string }[], y: number): Drawing {
  let x = 0;
  const body = line.map(({ sign, label }) => {
    const text = drawText({ x: x + 20, y: y + 13, text: label, size: 11, fill: COLOURS.soft });
    const mark = drawSign(sign, { x, y, size: 16 });
    x += 20 + widthOf(label, 11) + 14;
    return mark + text;
  });
  return { width: x, height: 26, body: body.join("") };
}
