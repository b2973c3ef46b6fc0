import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { OUTCOMES } from "@/lib/results/schema";

type Colour = [lightness: number, chroma: number, hue: number];
type Theme = "light" | "dark";

const css = readFileSync("app/globals.css", "utf8");
const TOKEN = /--([\w-]+): light-dark\(oklch\(([^)]*)\), oklch\(([^)]*)\)\)/g;
const parse = (text: string) => text.split(" ").map(Number) as Colour;
const tokens = new Map(
  [...css.matchAll(TOKEN)].map(([, name = "", light = "", dark = ""]) => [
    name,
    { light: parse(light), dark: parse(dark) },
  ]),
);

/** Relative luminance (WCAG 2.2) of an OKLCH colour, by Ottosson's matrices. */
function luminance([lightness, chroma, hue]: Colour): number {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const red = 4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s;
  const green = -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s;
  const blue = -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s;
  const clip = (value: number) => Math.min(1, Math.max(0, value));
  return 0.2126 * clip(red) + 0.7152 * clip(green) + 0.0722 * clip(blue);
}

function contrast(one: string, other: string, theme: Theme): number {
  const [bright = 0, dim = 0] = [one, other]
    .map((name) => luminance(tokens.get(name)?.[theme] ?? [Number.NaN, 0, 0]))
    .sort((a, b) => b - a);
  return (bright + 0.05) / (dim + 0.05);
}

const grounds = ["ground", "surface", "sunken"];
const texts = ["ink", "soft", "faint", "accent", "state-disputed"];
const outcomes = OUTCOMES.map((outcome) => `outcome-${outcome}`);
const cases = (["light", "dark"] as const).flatMap((theme) =>
  grounds.flatMap((ground) =>
    [...texts, ...outcomes].map((name) => [theme, name, ground] as const),
  ),
);

describe("colours", () => {
  it.each(cases)("%s: %s reads on %s (4.5:1)", (theme, name, ground) => {
    expect(contrast(name, ground, theme)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(["light", "dark"] as const)("%s: edges are seen on every ground (3:1)", (theme) => {
    for (const ground of grounds) {
      expect(contrast("edge", ground, theme)).toBeGreaterThanOrEqual(3);
    }
  });

  it("have a name in Tailwind for every outcome", () => {
    for (const name of outcomes) expect(css).toContain(`--color-${name}: var(--${name});`);
  });
});
