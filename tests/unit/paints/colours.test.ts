import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { COLOURS } from "@/lib/paints/rules";

const css = readFileSync("app/globals.css", "utf8");

/** sRGB of an OKLCH colour, by Ottosson's matrices (https://bottosson.github.io/posts/oklab/). */
function hexOf(lightness: number, chroma: number, hue: number): string {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const channels = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ].map((value) => {
    const clipped = Math.min(1, Math.max(0, value));
    const gamma = clipped <= 0.0031308 ? 12.92 * clipped : 1.055 * clipped ** (1 / 2.4) - 0.055;
    return Math.round(gamma * 255)
      .toString(16)
      .padStart(2, "0");
  });
  return `#${channels.join("")}`;
}

it.each(Object.entries(COLOURS))("a picture's %s is the page's, in light", (name, hex) => {
  const value = new RegExp(`--(?:outcome-|state-)?${name}: light-dark\\(oklch\\(([^)]*)\\)`).exec(
    css,
  );
  const [lightness = 0, chroma = 0, hue = 0] = (value?.[1] ?? "").split(" ").map(Number);
  expect(hex).toBe(hexOf(lightness, chroma, hue));
});
