import { groupBy } from "@/lib/core/group";
import { keyOf } from "@/lib/measurements/rules";
import type { Figure, MeasuredParty, Reading } from "@/lib/measurements/schema";

/** Conditions under which something was measured, as an address names them. */
export type Setting = { key: string; conditions: Reading["conditions"] };

export type ComparedRow = {
  name: string;
  unit: string;
  vantage: string | null;
  /** Who was measured: what drove them may differ. */
  measured: MeasuredParty[];
  /** The readings under the one setting, and under the other. */
  sides: readonly [Reading[], Reading[]];
};

export type Comparison = {
  settings: readonly [Setting, Setting];
  /** The conditions that are not the same: those of the one side and of the other, null where not told. */
  differ: { name: string; values: readonly [string | null, string | null] }[];
  rows: ComparedRow[];
};

/** All conditions that some reading was taken under, each once, in the order of the figures. */
export function settingsOf(figures: readonly Figure[]): Setting[] {
  const all = figures.flatMap(({ readings }) => readings);
  const groups = groupBy(all, ({ conditions }) => keyOf(conditions));
  return [...groups].flatMap(([key, [first]]) =>
    first ? [{ key, conditions: first.conditions }] : [],
  );
}

/** What was measured under both settings, side by side: the same metric of the same, at the same place. */
export function compareSettings(
  figures: readonly Figure[],
  settings: readonly [Setting, Setting],
): Comparison {
  const [one, other] = settings;
  const names = new Set([...Object.keys(one.conditions), ...Object.keys(other.conditions)]);
  const differ = [...names].flatMap((name) => {
    const values = [one.conditions[name] ?? null, other.conditions[name] ?? null] as const;
    return values[0] === values[1] ? [] : [{ name, values }];
  });
  const rows = figures.flatMap(({ name, unit, readings }) => {
    const groups = groupBy(readings, (reading) =>
      JSON.stringify([placesOf(measuredOf(reading)), reading.vantage]),
    );
    return [...groups.values()].flatMap((group): ComparedRow[] => {
      const [first] = group;
      const [left, right] = [one, other].map(({ key }) =>
        group.filter(({ conditions }) => keyOf(conditions) === key),
      );
      if (!first || !left?.length || !right?.length) return [];
      const measured = measuredOf(first);
      return [{ name, unit, vantage: first.vantage, measured, sides: [left, right] }];
    });
  });
  return { settings, differ, rows };
}

/** The participants among the parties; all of them where there is none, as in a tool's test of itself. */
function measuredOf({ parties }: Reading): MeasuredParty[] {
  const own = parties.filter(({ kind }) => kind === "participant");
  return own.length > 0 ? own : parties;
}

const placesOf = (parties: readonly MeasuredParty[]) =>
  parties.map(({ role, entry }) => `${role}:${entry}`);

/**
 * The two settings that differ in the fewest conditions, and of those the ones under which most was
 * measured; null where nothing was measured under two.
 */
export function likelyPair(figures: readonly Figure[]): readonly [Setting, Setting] | null {
  const settings = settingsOf(figures).slice(0, 24);
  const pairs = settings.flatMap((one, at) =>
    settings.slice(at + 1).map((other) => [one, other] as const),
  );
  const [first] = pairs
    .map((pair) => ({ pair, ...compareSettings(figures, pair) }))
    .filter(({ rows }) => rows.length > 0)
    .toSorted((a, b) => a.differ.length - b.differ.length || b.rows.length - a.rows.length);
  return first?.pair ?? null;
}
