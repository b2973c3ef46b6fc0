import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { OUTCOME_SIGNS } from "@/lib/outcomes/rules";
import { OUTCOMES } from "@/lib/results/schema";
import { signParts } from "@/lib/signs/rules";

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

type Linear = [red: number, green: number, blue: number];

/** Linear sRGB of an OKLCH colour, by Ottosson's matrices (https://bottosson.github.io/posts/oklab/). */
function linearOf([lightness, chroma, hue]: Colour): Linear {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return clipped([
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ]);
}

const clipped = (colour: Linear) =>
  colour.map((value) => Math.min(1, Math.max(0, value))) as Linear;

/** Relative luminance (WCAG 2.2), which is also what is left of a colour in greyscale. */
const luminance = ([red, green, blue]: Linear) => 0.2126 * red + 0.7152 * green + 0.0722 * blue;

/** The contrast ratio of WCAG 2.2. */
function ratioOf(one: Linear, other: Linear): number {
  const [bright = 0, dim = 0] = [one, other].map(luminance).sort((a, b) => b - a);
  return (bright + 0.05) / (dim + 0.05);
}

const colourOf = (name: string, theme: Theme): Colour =>
  tokens.get(name)?.[theme] ?? [Number.NaN, 0, 0];

const contrast = (one: string, other: string, theme: Theme) =>
  ratioOf(linearOf(colourOf(one, theme)), linearOf(colourOf(other, theme)));

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

const THEMES = ["light", "dark"] as const;
const tones = [...outcomes, "state-disputed", "soft"];

/** How protanopes and deuteranopes see linear sRGB: Machado, Oliveira, Fernandes, IEEE TVCG 15(6), 2009, severity 1. */
const SIGHTS = {
  everybody: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
} as const;
type Sight = keyof typeof SIGHTS;

const seenBy = (sight: Sight, [red, green, blue]: Linear): Linear =>
  clipped(SIGHTS[sight].map(([r, g, b]) => r * red + g * green + b * blue) as Linear);

/** The ground of a cell in the row or column that is pointed at, as components/matrices/matrix.css mixes it. */
function pointedAt(theme: Theme): Colour {
  const css = readFileSync("components/matrices/matrix.css", "utf8");
  const mix = /--here: color-mix\(in oklch, var\(--surface\), var\(--accent\) (\d+)%\)/.exec(css);
  const share = Number(mix?.[1]) / 100;
  const [surface, accent] = [colourOf("surface", theme), colourOf("accent", theme)];
  return surface.map((value, at) => value + ((accent[at] ?? 0) - value) * share) as Colour;
}

const cellGrounds = (theme: Theme) =>
  [...grounds.map((name) => colourOf(name, theme)), pointedAt(theme)].map(linearOf);

describe("the signs", () => {
  it.each(
    THEMES.flatMap((theme) =>
      (Object.keys(SIGHTS) as Sight[]).map((sight) => [theme, sight] as const),
    ),
  )("%s, seen with %s: each stands out from the ground of its cell (3:1)", (theme, sight) => {
    // The letter on a solid sign has the ground's colour: the same ratio, turned round.
    const faint = tones.flatMap((tone) =>
      cellGrounds(theme)
        .map((ground) =>
          ratioOf(seenBy(sight, linearOf(colourOf(tone, theme))), seenBy(sight, ground)),
        )
        .filter((ratio) => !(ratio >= 3))
        .map((ratio) => [tone, ratio]),
    );
    expect(faint).toEqual([]);
  });

  it("are told apart without colour: every outcome has a silhouette and a letter of its own", () => {
    // So greyscale and any way of seeing colours take nothing away that says which outcome it is.
    const drawn = OUTCOMES.map((outcome) => signParts({ state: "confirmed", outcome }).outer);
    const silhouettes = drawn.map((parts) =>
      parts.map((part) => (part.is === "path" ? part.d : "")).join(""),
    );
    const letters = OUTCOMES.map((outcome) => OUTCOME_SIGNS[outcome].letter);
    expect(new Set(silhouettes).size).toBe(OUTCOMES.length);
    expect(new Set(letters).size).toBe(OUTCOMES.length);
    for (const [at, parts] of drawn.entries()) {
      expect(parts.flatMap((part) => (part.is === "letter" ? part.letter : []))).toEqual([
        letters[at],
      ]);
    }
  });

  it("tell every state of every outcome by what is filled and drawn, and not by a colour", () => {
    const states = ["reported", "confirmed", "settled"] as const;
    const shapes = [
      ...states.flatMap((state) => OUTCOMES.map((outcome) => ({ state, outcome }))),
      ...(["disputed", "planned", "untested", "notApplicable", "withheld"] as const).map(
        (state) => ({
          state,
          outcome: null,
        }),
      ),
    ].map((sign) => JSON.stringify(signParts(sign)));
    expect(new Set(shapes).size).toBe(shapes.length);
  });

  it("keep shape and letter in forced colours: text on canvas, with nothing left to our palette", () => {
    const sign = readFileSync("components/cells/sign.css", "utf8");
    const forced = /@media \(forced-colors: active\) \{(.*)\}\s*$/s.exec(sign)?.[1] ?? "";
    const outside = sign.replace(forced, "");
    const used = new Set([...outside.matchAll(/var\((--[\w-]+)/g)].map(([, name]) => name));
    // Colours of outcomes only feed --sign, and a cell's ground only --sign-ground.
    const own = [...used].filter(
      (name) => !/^--(outcome-|state-|soft|here|surface|font-)/.test(name ?? ""),
    );
    const set = new Set(
      [...forced.matchAll(/(--[\w-]+): (CanvasText|Canvas|GrayText|LinkText)/g)].map(
        ([, name]) => name,
      ),
    );
    expect(own.filter((name) => !set.has(name))).toEqual([]);
    expect(forced).toMatch(/--sign: CanvasText;\s*--sign-ground: Canvas;/);
    expect(outside).toContain("forced-color-adjust: none");
  });
});
