import { sortParties } from "@/lib/cells/rules";
import { didYouMean } from "@/lib/core/did-you-mean";
import type { Fault } from "@/lib/core/refusal";
import type { BatchReply, ItemInput, ItemProblem, PartyInput } from "./schema";

/** An event's names, as a result may use them. Loaded once per catalogue version. */
export type Directory = {
  readonly eventId: string;
  readonly version: number;
  readonly testingEndedAt: Date | null;
  readonly refusesUnmapped: boolean;
  readonly tracks: ReadonlyMap<string, DirectoryTrack>;
  /** by slug */
  readonly entries: ReadonlyMap<string, DirectoryEntry>;
  readonly entriesById: ReadonlyMap<string, DirectoryEntry>;
  readonly testsById: ReadonlyMap<string, DirectoryTest>;
};
export type DirectoryTrack = {
  readonly id: string;
  readonly slug: string;
  /** role key -> position */
  readonly roles: ReadonlyMap<string, number>;
  /** by key, alias and lower-case key */
  readonly tests: ReadonlyMap<string, DirectoryTest>;
  /** by raw name */
  readonly mappings: ReadonlyMap<string, { test: DirectoryTest; variant: Record<string, string> }>;
};
export type DirectoryTest = {
  readonly id: string;
  readonly key: string;
  readonly number: number;
  readonly version: number;
  readonly kind: string;
  readonly directional: boolean;
  readonly roles: readonly { key: string; min: number; max: number }[];
  readonly variants: Readonly<Record<string, readonly string[]>>;
};
export type DirectoryEntry = {
  readonly id: string;
  readonly slug: string;
  readonly number: number;
  readonly kind: string;
  readonly currentBuildId: string | null;
  /** label -> id */
  readonly builds: ReadonlyMap<string, string>;
};

/** A party whose names are known. `newBuild` is a label that still wants a row. */
export type ResolvedParty = {
  readonly role: string;
  readonly of: DirectoryEntry;
  readonly buildId: string | null;
  readonly newBuild: string | null;
  /** As the item or the run told it. */
  readonly told: PartyInput;
};

/** What a result counts for, or null while its test or variant is unmapped. */
export type Placement = { readonly test: DirectoryTest; readonly variant: Record<string, string> };

export type Reporter = { readonly entryId: string | null };
export type Judged = { parties: ResolvedParty[]; placement: Placement | null };

const fault = (pointer: string, code: string, message: string): Fault => ({
  pointer,
  code,
  message,
});

type Names = { directory: Directory; track: DirectoryTrack; defaults: readonly PartyInput[] };

/** The first problem of an item that is no problem of shape, or what it means here. */
export const judgeItem = (names: Names, item: ItemInput, reporter: Reporter): Judged | Fault =>
  judging(names, reporter)(item);

/**
 * The same for many items. What is said again in the same words, with the very same list of parties,
 * is judged once, and gets the same answer.
 */
export function judging(names: Names, reporter: Reporter): (item: ItemInput) => Judged | Fault {
  const lists = new Map<readonly PartyInput[], ResolvedParty[] | Fault>();
  const judged = new Map<readonly ResolvedParty[], Map<string, Judged | Fault>>();
  return (item) => {
    const given = item.parties ?? names.defaults;
    const parties = remembered(lists, given, () => judgeParties(names, given, reporter));
    if (!Array.isArray(parties)) return parties;
    const stranger = item.unsupportedBy.find((role) => !parties.some((one) => one.role === role));
    if (stranger !== undefined) {
      return fault("/unsupportedBy", "unknown_role", `No party has the role '${stranger}'.`);
    }
    const ofParties = remembered(judged, parties, () => new Map<string, Judged | Fault>());
    const said = JSON.stringify([item.test, item.variant]);
    return remembered(ofParties, said, () => judgePlacement(names, item, parties));
  };
}

function remembered<K, V>(known: Map<K, V>, key: K, find: () => V): V {
  const before = known.get(key);
  if (before !== undefined) return before;
  const found = find();
  known.set(key, found);
  return found;
}

function judgeParties(
  { directory, track }: Names,
  given: readonly PartyInput[],
  reporter: Reporter,
): ResolvedParty[] | Fault {
  if (given.length === 0) {
    return fault(
      "/parties",
      "parties_missing",
      "Name the parties, in the item or as the run's defaults.",
    );
  }
  const parties = resolveParties(directory, track, given);
  if (!Array.isArray(parties)) return parties;
  const isParty = parties.some(({ of }) => of.id === reporter.entryId);
  if (reporter.entryId === null || isParty) return parties;
  return fault(
    "/parties",
    "reporter_not_a_party",
    "This agent's entry is none of the parties; a neutral agent may report for others.",
  );
}

function judgePlacement(
  { directory, track }: Names,
  item: ItemInput,
  parties: ResolvedParty[],
): Judged | Fault {
  const placement = place(track, item);
  const unfit = placement && unfitRoles(placement.test, parties);
  if (unfit) return unfit;
  if (!placement && directory.refusesUnmapped) {
    return fault("/test", "unknown_test", unknownTest(track, item));
  }
  return { parties, placement };
}

/** Parties with their names known, or the first name that is not. */
export function resolveParties(
  directory: Directory,
  track: DirectoryTrack,
  given: readonly PartyInput[],
): ResolvedParty[] | Fault {
  const parties: ResolvedParty[] = [];
  for (const [at, party] of given.entries()) {
    if (!track.roles.has(party.role)) {
      const message = `No role '${party.role}' in this track.${didYouMean(party.role, track.roles.keys())}`;
      return fault(`/parties/${at}/role`, "unknown_role", message);
    }
    const of = directory.entries.get(party.entry);
    if (!of) {
      const message = `No entry '${party.entry}' in this event.${didYouMean(party.entry, directory.entries.keys())}`;
      return fault(`/parties/${at}/entry`, "unknown_entry", message);
    }
    const { build } = party;
    const buildId = build === undefined ? of.currentBuildId : (of.builds.get(build) ?? null);
    const newBuild = build !== undefined && buildId === null ? build : null;
    parties.push({ told: party, role: party.role, of, buildId, newBuild });
  }
  return parties;
}

/** The test and the declared variant that a raw name stands for; null when unmapped. */
export function place(
  track: DirectoryTrack,
  item: Pick<ItemInput, "test" | "variant">,
): Placement | null {
  const mapping = track.mappings.get(item.test);
  const test =
    mapping?.test ?? track.tests.get(item.test) ?? track.tests.get(item.test.toLowerCase());
  if (!test) return null;
  const variant = declaredVariant(test, { ...mapping?.variant, ...item.variant });
  return variant && { test, variant };
}

/** The same for a result that is stored: null, too, while its parties do not fit the test's roles. */
export function placeStored(
  track: DirectoryTrack,
  item: Pick<ItemInput, "test" | "variant">,
  parties: readonly ResolvedParty[],
): Placement | null {
  const placement = place(track, item);
  return placement && unfitRoles(placement.test, parties) === null ? placement : null;
}

/** A value may be left out where the test declares only one; an undeclared key or value is unmapped. */
function declaredVariant(
  test: DirectoryTest,
  given: Record<string, string>,
): Record<string, string> | null {
  if (Object.keys(given).some((name) => !(name in test.variants))) return null;
  const variant: Record<string, string> = {};
  for (const name of Object.keys(test.variants).sort()) {
    const values = test.variants[name] ?? [];
    const value = given[name] ?? (values.length === 1 ? values[0] : undefined);
    if (value === undefined || !values.includes(value)) return null;
    variant[name] = value;
  }
  return variant;
}

export function unknownTest(
  track: DirectoryTrack,
  item: Pick<ItemInput, "test" | "variant">,
): string {
  const test = track.tests.get(item.test) ?? track.tests.get(item.test.toLowerCase());
  if (!test)
    return `No test '${item.test}' in this track.${didYouMean(item.test, track.tests.keys())}`;
  const declared = Object.entries(test.variants).map(
    ([name, values]) => `${name}: ${values.join(" | ")}`,
  );
  return `${test.key} has no such variant. Declared: ${declared.join("; ") || "none"}.`;
}

function unfitRoles(test: DirectoryTest, parties: readonly ResolvedParty[]): Fault | null {
  const odd = parties.findIndex(({ role }) => !test.roles.some(({ key }) => key === role));
  if (odd >= 0) {
    return fault(
      `/parties/${odd}/role`,
      "role_not_in_test",
      `${allowedRoles(test)}; not '${parties[odd]?.role}'.`,
    );
  }
  const count = (key: string) => parties.filter(({ role }) => role === key).length;
  const wrong = test.roles.find(({ key, min, max }) => count(key) < min || count(key) > max);
  if (!wrong) return null;
  const message = `${allowedRoles(test)}; got ${count(wrong.key)} of '${wrong.key}'.`;
  return fault("/parties", "wrong_parties", message);
}

/** `C-1 has the roles uac (1), uas (1)`. */
export function allowedRoles({ key, roles }: DirectoryTest): string {
  const allowed = roles.map(
    ({ key: role, min, max }) => `${role} (${min === max ? min : `${min} to ${max}`})`,
  );
  return `${key} has the roles ${allowed.join(", ")}`;
}

/** The parties with ids, in a cell's order. */
export const keyParties = (test: DirectoryTest, parties: readonly ResolvedParty[]) =>
  sortParties(
    parties.map(({ role, of, buildId }) => ({ role, entry: of.id, build: buildId })),
    test.directional,
  );

/** Whose word could confirm it: the distinct participant entries, where a test has two or more. */
export function sidesOf(
  test: Pick<DirectoryTest, "kind">,
  parties: readonly { of: Pick<DirectoryEntry, "id" | "kind"> }[],
): string[] {
  const sides = new Set(
    parties.filter(({ of }) => of.kind === "participant").map(({ of }) => of.id),
  );
  return test.kind === "solo" ? [] : [...sides].sort();
}

/** A fault inside item `at` of a batch, as its answer tells it. */
export const itemProblem = (at: number, { pointer, code, message }: Fault): ItemProblem => ({
  code,
  pointer: `/items/${at}${pointer}`,
  detail: message,
  retryable: false,
});

/** 200: all stored or there before; 207: some were not taken; 422: none was valid (API.md). */
export function statusOf({ received, conflict, rejected }: BatchReply): 200 | 207 | 422 {
  if (rejected === received) return 422;
  return conflict + rejected > 0 ? 207 : 200;
}

/**
 * The entry that a person speaks for: the one they name, else the first of theirs in the order of the
 * track's roles. `own` are the ids of the entries whose member they are.
 */
export function speakerOf(
  { roles }: DirectoryTrack,
  parties: readonly Pick<ResolvedParty, "role" | "of">[],
  { own, as }: { own: readonly string[]; as: string | undefined },
): DirectoryEntry | Fault {
  const place = ({ role }: { role: string }) => roles.get(role) ?? 0;
  const mine = parties
    .filter(({ of }) => own.includes(of.id))
    .toSorted((a, b) => place(a) - place(b))
    .map(({ of }) => of);
  const [first] = mine;
  if (!first) return fault("/parties", "not_your_pair", NOT_YOURS);
  const message = `'${as}' is none of your entries among the parties: ${mine.map(({ slug }) => slug).join(", ")}.`;
  return mine.find(({ slug }) => slug === (as ?? first.slug)) ?? fault("/as", "not_yours", message);
}
const NOT_YOURS =
  "None of your entries takes part in this: a result is logged by one of its parties. Ask theirs to log it.";
