import type { CellState, Overlay } from "@/lib/cells/schema";
import { OUTCOME_SIGNS } from "@/lib/outcomes/rules";
import type { Outcome } from "@/lib/results/schema";

type Letter = { y: number; size: number };
type Shape = { path: string; letter: Letter };

/** One silhouette per outcome, in a field of 24 by 24: told apart without colour or letter. */
const SHAPES = {
  pass: { path: "M12 2.5a9.5 9.5 0 1 0 0 19a9.5 9.5 0 1 0 0-19Z", letter: { y: 16.2, size: 12 } },
  degraded: { path: "M7 3H17L22.5 12L17 21H7L1.5 12Z", letter: { y: 16.2, size: 12 } },
  fail: { path: "M3 3H21V21H3Z", letter: { y: 16.4, size: 12.5 } },
  timeout: { path: "M3 2.5H21L17.5 12L21 21.5H3L6.5 12Z", letter: { y: 16, size: 11.5 } },
  error: { path: "M12 1.5L22.5 21.5H1.5Z", letter: { y: 19, size: 10.5 } },
  unsupported: {
    path: "M7.5 5.5H16.5a6.5 6.5 0 0 1 0 13H7.5a6.5 6.5 0 0 1 0-13Z",
    letter: { y: 16, size: 11 },
  },
  inconclusive: { path: "M12 1L23 12L12 23L1 12Z", letter: { y: 16.2, size: 12 } },
  skipped: { path: "M2.5 4H14.5L22 12L14.5 20H2.5Z", letter: { y: 16.2, size: 12 } },
} as const satisfies Record<Outcome, Shape>;

/** Diagonals over the whole field, the ground's colour: a shape under them is cut into stripes. */
const HATCH = "M-1 7L7-1M-1 13L13-1M-1 19L19-1M-1 25L25-1M5 25L25 5M11 25L25 11M17 25L25 17";

export type SignOf = {
  /** `withheld` is not a state of the cell: it says that the cell's state is not told. */
  state: CellState | "withheld";
  outcome: Outcome | null;
  overlays?: readonly Overlay[];
};

/**
 * A piece of a sign. Its tone says how it is drawn: solid is agreed by all, outline one side's word;
 * a letter has the tone of what it stands on.
 */
export type SignPart =
  | { is: "path"; tone: "solid" | "outline" | "line" | "ring" | "hatch" | "dot"; d: string }
  | { is: "circle"; tone: "solid" | "socket" | "dot"; cx: number; cy: number; r: number }
  | { is: "letter"; on: "solid" | "outline"; x: number; y: number; size: number; letter: string };

/** What a sign is made of, in the order it is painted; `inner` are drawn smaller, within a ring. */
export type SignParts = { outer: SignPart[]; inner: SignPart[]; marks: SignPart[] };

/** Draws `inner` at 72 % of its size around the middle of the field. */
export const WITHIN_RING = "translate(3.36 3.36) scale(0.72)";

/** The colour that a sign has: an outcome's, the disputed one, or none. */
export function toneOf({ state, outcome }: SignOf): Outcome | "disputed" | "none" {
  if (state === "disputed") return "disputed";
  const isTold = state === "reported" || state === "confirmed" || state === "settled";
  return isTold ? (outcome ?? "none") : "none";
}

/** The one drawing of a cell's state: pages and pictures paint the same pieces. */
export function signParts(sign: SignOf): SignParts {
  const overlays = sign.overlays ?? [];
  const marks: SignPart[] = [];
  if (overlays.includes("flaky")) marks.push({ is: "circle", tone: "dot", cx: 21, cy: 3, r: 3.75 });
  if (overlays.includes("knownIssue"))
    marks.push({ is: "path", tone: "dot", d: "M-1-1H8.5L-1 8.5Z" });
  return { ...bodyOf(sign, overlays.includes("stale")), marks };
}

function bodyOf({ state, outcome }: SignOf, isStale: boolean): Omit<SignParts, "marks"> {
  const hatch: SignPart[] = isStale ? [{ is: "path", tone: "hatch", d: HATCH }] : [];
  if (state === "disputed") return { outer: disputed(hatch), inner: [] };
  if (state === "planned") return plain({ is: "circle", tone: "solid", cx: 12, cy: 12, r: 2.5 });
  if (state === "withheld") return plain(...LOCK);
  if (state === "notApplicable") return plain({ is: "path", tone: "line", d: "M6 12H18" });
  if (state === "untested" || outcome === null) {
    return plain({ is: "circle", tone: "socket", cx: 12, cy: 12, r: 4.5 });
  }
  const { path, letter } = SHAPES[outcome];
  const on = state === "reported" ? "outline" : "solid";
  const told: SignPart[] = [
    { is: "path", tone: on, d: path },
    ...hatch,
    { is: "letter", on, x: 12, ...letter, letter: OUTCOME_SIGNS[outcome].letter },
  ];
  if (state !== "settled") return { outer: told, inner: [] };
  return { outer: [{ is: "path", tone: "ring", d: path }], inner: told };
}

const plain = (...outer: SignPart[]) => ({ outer, inner: [] });

/** A square cut in two, its halves slipped: one says this, the other says that. */
const disputed = (hatch: readonly SignPart[]): SignPart[] => [
  { is: "path", tone: "solid", d: "M2 1.5H10V18.5H2Z" },
  { is: "path", tone: "outline", d: "M12.5 5.5H22V22.5H12.5Z" },
  ...hatch,
  { is: "letter", on: "outline", x: 17.3, y: 17.8, size: 10.5, letter: "D" },
];

const LOCK: SignPart[] = [
  { is: "path", tone: "line", d: "M8 11V8a4 4 0 0 1 8 0v3" },
  { is: "path", tone: "solid", d: "M6 11.5H18V20H6Z" },
];
