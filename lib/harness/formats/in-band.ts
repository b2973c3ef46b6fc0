import { CALLED, type Draft, defined, type Party, shortText } from "./draft";

const LABELS = 30;

/** `opensips@3.6.1` or `opensips`, as --party, properties and comments write an entry. */
export function partyOf(role: string, value: string): Party {
  const [, entry = value, build] = /^([^@]*)@(.*)$/.exec(value) ?? [];
  return defined({ role, entry: entry.trim(), build: build?.trim() || undefined });
}

/** What a report says of us in its own properties: plugfest.role.*, .variant.*, .test, .exchange. */
export function inBand(
  properties: ReadonlyMap<string, string>,
): Pick<Draft, "parties" | "variant" | "exchange" | "labels"> & { test?: string } {
  if (properties.size === 0) return {};
  const parties = under(properties, "plugfest.role.");
  const variant = under(properties, "plugfest.variant.");
  const labels = [...properties].filter(([name]) => !name.startsWith("plugfest."));
  return defined({
    test: properties.get("plugfest.test") || undefined,
    exchange: properties.get("plugfest.exchange") || undefined,
    parties: parties.length > 0 ? parties.map(([role, value]) => partyOf(role, value)) : undefined,
    variant: variant.length > 0 ? Object.fromEntries(variant) : undefined,
    labels: labels.length > 0 ? labelsFrom(labels) : undefined,
  });
}

/** The test that a report says a case to be, else how it calls the case. */
export const testCalled = <Test>(name: string, { test }: { readonly test?: Test }) =>
  test === undefined ? { test: name } : { test, [CALLED]: name };

/** An item as our own downloads carry it whole; undefined for what is none. */
export function wholeItem(value: unknown): Draft | undefined {
  const item = typeof value === "string" ? parsed(value) : value;
  const isItem = typeof item === "object" && item !== null && "id" in item && "outcome" in item;
  return isItem ? (item as Draft) : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const under = (properties: ReadonlyMap<string, string>, prefix: string) =>
  [...properties].flatMap(([name, value]): [string, string][] =>
    name.startsWith(prefix) ? [[name.slice(prefix.length), value]] : [],
  );

/** The first thirty, cut to what a label may hold. */
export const labelsFrom = (labels: readonly (readonly [string, string])[]) =>
  Object.fromEntries(
    labels.slice(0, LABELS).map(([name, value]) => [shortText(name, 64), shortText(value)]),
  );
