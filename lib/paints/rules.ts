import { xml } from "@/lib/core/xml";
import { type SignOf, type SignPart, signParts, toneOf, WITHIN_RING } from "@/lib/signs/rules";

// Pieces of SVG that stand by themselves: a picture on somebody's page or slide has no style sheet of
// ours, so colours are written out, and the light ones, because paper and slides are light.

/** The light values of app/globals.css in sRGB; tests/unit/paints compares them. */
export const COLOURS = {
  surface: "#fdfdfe",
  line: "#d4d8dd",
  edge: "#79818c",
  ink: "#131b29",
  soft: "#454e5b",
  pass: "#146f46",
  degraded: "#686b14",
  fail: "#c2181d",
  timeout: "#a05605",
  error: "#7a349e",
  unsupported: "#4e5c6b",
  inconclusive: "#0268a5",
  skipped: "#66696f",
  disputed: "#b8196f",
} as const;

const FONT = "Inter, Helvetica, Arial, sans-serif";

/** A piece of SVG with its size in pixels. */
export type Drawing = { width: number; height: number; body: string };

export const svgDocument = (
  { width, height, body }: Drawing,
  { title, description }: { title: string; description: string },
) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="t d">` +
  `<title id="t">${xml(title)}</title><desc id="d">${xml(description)}</desc>` +
  `<rect width="${width}" height="${height}" fill="${COLOURS.surface}"/>${body}</svg>\n`;

type Text = {
  x: number;
  y: number;
  text: string;
  size?: number;
  weight?: number;
  fill?: string;
  anchor?: "start" | "middle" | "end";
  /** Degrees, clockwise, around (x, y). */
  turn?: number;
};

export function drawText({ x, y, text, turn = 0, ...look }: Text): string {
  const { size = 12, weight = 400, fill = COLOURS.ink, anchor = "start" } = look;
  const turned = turn === 0 ? "" : ` transform="rotate(${turn} ${x} ${y})"`;
  return `<text x="${x}" y="${y}" font-family="${FONT}" font-size="${size}" font-weight="${weight}" fill="${fill}" text-anchor="${anchor}"${turned}>${xml(text)}</text>`;
}

/** A sign with its upper left corner at (x, y); `size` is the length of its side. */
export function drawSign(sign: SignOf, { x, y, size }: { x: number; y: number; size: number }) {
  const { outer, inner, marks } = signParts(sign);
  const tone = toneOf(sign);
  const colour = tone === "none" ? COLOURS.soft : COLOURS[tone];
  const draw = (part: SignPart) => drawPart(part, colour);
  const within =
    inner.length > 0 ? `<g transform="${WITHIN_RING}">${inner.map(draw).join("")}</g>` : "";
  return `<g transform="translate(${x} ${y}) scale(${size / 24})">${outer.map(draw).join("")}${within}${marks.map(draw).join("")}</g>`;
}

const LOOKS = {
  solid: (colour: string) => `fill="${colour}" stroke="${colour}" stroke-width="1.5"`,
  outline: (colour: string) => `fill="${COLOURS.surface}" stroke="${colour}" stroke-width="1.75"`,
  line: (colour: string) => `fill="none" stroke="${colour}" stroke-width="2"`,
  ring: (colour: string) => `fill="none" stroke="${colour}" stroke-width="1.5"`,
  hatch: () => `fill="none" stroke="${COLOURS.surface}" stroke-width="1.6"`,
  socket: () => `fill="none" stroke="${COLOURS.edge}" stroke-width="1.25"`,
  dot: () => `fill="${COLOURS.ink}" stroke="${COLOURS.surface}" stroke-width="1.5"`,
} as const;

function drawPart(part: SignPart, colour: string): string {
  if (part.is === "path") {
    return `<path d="${part.d}" ${LOOKS[part.tone](colour)} stroke-linejoin="round"/>`;
  }
  if (part.is === "circle") {
    return `<circle cx="${part.cx}" cy="${part.cy}" r="${part.r}" ${LOOKS[part.tone](colour)}/>`;
  }
  const fill = part.on === "solid" ? COLOURS.surface : colour;
  const { x, y, size, letter } = part;
  return drawText({ x, y, text: letter, size, weight: 700, fill, anchor: "middle" });
}

/** About how wide a text will be; fonts differ, so a little more than most. */
export const widthOf = (text: string, size = 12) => Math.ceil([...text].length * size * 0.6);
