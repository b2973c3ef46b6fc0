import type { CellState, Overlay } from "@/lib/cells/schema";
import { OUTCOME_SIGNS } from "@/lib/results/rules";
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
 * The picture of a cell's state. It says nothing to a screen reader: whoever draws it gives the
 * words. Works on the server and in the browser alike.
 */
export function Sign({ sign, size = 22 }: { sign: SignOf; size?: number }) {
  const overlays = sign.overlays ?? [];
  const isStale = overlays.includes("stale");
  return (
    <svg
      className="sign"
      viewBox="0 0 24 24"
      width={size}
      height={size}
      aria-hidden="true"
      focusable="false"
      data-sign={toneOf(sign)}
      data-state={sign.state}
      data-stale={isStale || undefined}
    >
      <Body sign={sign} isStale={isStale} />
      {overlays.includes("flaky") && <circle className="sign-dot" cx="21" cy="3" r="3.75" />}
      {overlays.includes("knownIssue") && <path className="sign-dot" d="M-1-1H8.5L-1 8.5Z" />}
    </svg>
  );
}

function toneOf({ state, outcome }: SignOf): Outcome | "disputed" | "none" {
  if (state === "disputed") return "disputed";
  const isTold = state === "reported" || state === "confirmed" || state === "settled";
  return isTold ? (outcome ?? "none") : "none";
}

function Body({ sign, isStale }: { sign: SignOf; isStale: boolean }) {
  const { state, outcome } = sign;
  if (state === "disputed") return <Disputed isStale={isStale} />;
  if (state === "planned") return <circle className="sign-solid" cx="12" cy="12" r="2.5" />;
  if (state === "withheld") return <Lock />;
  if (state === "notApplicable") return <path className="sign-line" d="M6 12H18" />;
  if (state === "untested" || outcome === null) {
    return <circle className="sign-socket" cx="12" cy="12" r="4.5" />;
  }
  return <Told outcome={outcome} state={state} isStale={isStale} />;
}

type ToldState = "reported" | "confirmed" | "settled";

function Told({
  outcome,
  state,
  isStale,
}: {
  outcome: Outcome;
  state: ToldState;
  isStale: boolean;
}) {
  const { path, letter } = SHAPES[outcome];
  const isSettled = state === "settled";
  const on = state === "reported" ? "outline" : "solid";
  return (
    <>
      {isSettled && <path className="sign-ring" d={path} />}
      <g transform={isSettled ? "translate(3.36 3.36) scale(0.72)" : undefined}>
        <path className={on === "solid" ? "sign-solid" : "sign-outline"} d={path} />
        {isStale && <path className="sign-hatch" d={HATCH} />}
        <text className="sign-letter" data-on={on} x="12" y={letter.y} fontSize={letter.size}>
          {OUTCOME_SIGNS[outcome].letter}
        </text>
      </g>
    </>
  );
}

/** A square cut in two, its halves slipped: one says this, the other says that. */
function Disputed({ isStale }: { isStale: boolean }) {
  return (
    <>
      <path className="sign-solid" d="M2 1.5H10V18.5H2Z" />
      <path className="sign-outline" d="M12.5 5.5H22V22.5H12.5Z" />
      {isStale && <path className="sign-hatch" d={HATCH} />}
      <text className="sign-letter" data-on="outline" x="17.3" y="17.8" fontSize="10.5">
        D
      </text>
    </>
  );
}

function Lock() {
  return (
    <>
      <path className="sign-line" d="M8 11V8a4 4 0 0 1 8 0v3" />
      <path className="sign-solid" d="M6 11.5H18V20H6Z" />
    </>
  );
}
