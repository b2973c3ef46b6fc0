import { type SignOf, type SignPart, signParts, toneOf, WITHIN_RING } from "@/lib/signs/rules";

/**
 * The picture of a cell's state. It says nothing to a screen reader: whoever draws it gives the
 * words. Works on the server and in the browser alike.
 */
export function Sign({ sign, size = 22 }: { sign: SignOf; size?: number }) {
  const { outer, inner, marks } = signParts(sign);
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
      data-stale={sign.overlays?.includes("stale") || undefined}
    >
      {outer.map(drawn)}
      {inner.length > 0 && <g transform={WITHIN_RING}>{inner.map(drawn)}</g>}
      {marks.map(drawn)}
    </svg>
  );
}

function drawn(part: SignPart) {
  if (part.is === "path") return <path key={part.d} className={`sign-${part.tone}`} d={part.d} />;
  if (part.is === "circle") {
    const { tone, ...circle } = part;
    return <Circle key={`${circle.cx} ${circle.r}`} tone={tone} {...circle} />;
  }
  return (
    <text
      key={part.letter}
      className="sign-letter"
      data-on={part.on}
      x={part.x}
      y={part.y}
      fontSize={part.size}
    >
      {part.letter}
    </text>
  );
}

type CircleProps = Omit<Extract<SignPart, { is: "circle" }>, "is">;

const Circle = ({ tone, cx, cy, r }: CircleProps) => (
  <circle className={`sign-${tone}`} cx={cx} cy={cy} r={r} />
);
