import type { PaletteEntry } from "@/lib/palettes/schema";

/** What the palette offers: a place of the event, or another view of the page. */
export type Choice = Omit<PaletteEntry, "group"> & { group: PaletteEntry["group"] | "action" };

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
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
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
