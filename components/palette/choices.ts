import { coupleHref } from "@/components/couples/couple-href";
import type { PaletteEntry } from "@/lib/palettes/schema";

export type Group = PaletteEntry["group"] | "action" | "couple";

/** What the palette offers: a place of the event, another view of the page, or two projects together. */
export type Choice = Omit<PaletteEntry, "group"> & { group: Group };

const MATRIX = /^\/events\/[^/]+\/tracks\/[^/]+$/;

/** Ways to look at a matrix, each as words for it and for the way back. */
const VIEWS = [
  { name: "density", value: "compact", on: "Compact", off: "Comfortable" },
  { name: "flip", value: "1", on: "Transpose", off: "Transpose back" },
  { name: "sort", value: "attention", on: "Attention first", off: "By name" },
  { name: "hide", value: "passing", on: "Hide what passed", off: "Show what passed" },
  {
    name: "hide",
    value: "unsupported",
    on: "Hide what nobody supports",
    off: "Show what nobody supports",
  },
] as const;

/** What can be done with the page that the reader is on. */
export function pageActions({ pathname, query }: { pathname: string; query: string }): Choice[] {
  if (!MATRIX.test(pathname)) return [];
  const views = VIEWS.map(({ name, value, on, off }) => {
    const params = new URLSearchParams(query);
    const values = params.getAll(name).flatMap((text) => text.split(","));
    const isOn = values.includes(value);
    const left = isOn ? values.filter((one) => one !== value) : [...values, value];
    params.delete(name);
    if (left.length > 0) params.set(name, left.join());
    return choice(isOn ? off : on, "matrix", `${pathname}?${params}`);
  });
  return query === "" ? views : [...views, choice("Show everything", "matrix", pathname)];
}

const choice = (label: string, hint: string, path: string): Choice => ({
  ...{ group: "action", label, hint, path },
});

/** More than are read: type on. */
const MOST = 60;

/** Those that hold every word typed, the ones whose name begins so first; else in their order. */
export function matchIn(choices: readonly Choice[], text: string): Choice[] {
  const words = wordsIn(text);
  const found = choices.flatMap((one) => {
    const label = one.label.toLowerCase();
    const all = `${label} ${one.hint.toLowerCase()}`;
    if (!words.every((word) => all.includes(word))) return [];
    return { one, far: label.startsWith(words[0] ?? "") ? 0 : 1 };
  });
  return found
    .toSorted((a, b) => a.far - b.far)
    .slice(0, MOST)
    .map(({ one }) => one);
}

const wordsIn = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");

/** Of each name typed, and of what comes of the two. */
const MOST_OF_TWO = 5;

/**
 * What two projects have tested together, everywhere, for who types the names of an entry of each:
 * `kamailio jssip`, `OpenSIPS with JsSIP`.
 */
export function couplesIn(choices: readonly Choice[], text: string): Choice[] {
  const entries = choices.filter(({ group }) => group === "entry");
  const [one, other, ...more] = namesIn(text).map((name) =>
    matchIn(entries, name).slice(0, MOST_OF_TWO),
  );
  if (!one || !other || more.length > 0) return [];
  const found = one.flatMap((first) => other.flatMap((second) => coupleOf(first, second)));
  // Two entries of one project lead to the same page.
  return [...new Map(found.map((couple) => [couple.path, couple])).values()].slice(0, MOST_OF_TWO);
}

const namesIn = (text: string): string[] => {
  const names = text.trim().split(/\s+(?:with|and|×)\s+/i);
  return names.length > 1 ? names : wordsIn(text);
};

function coupleOf(one: Choice, other: Choice): Choice[] {
  if (one.project === undefined || other.project === undefined || one.project === other.project)
    return [];
  return [
    {
      ...{ group: "couple", label: `${one.label} with ${other.label}` },
      hint: "all that the two tested",
      path: coupleHref(one.project, other.project),
    },
  ];
}
