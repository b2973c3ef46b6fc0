import type { Fault } from "@/lib/core/refusal";
import type { CatalogueTest, CatalogueTrack } from "@/lib/tracks/schema";
import type { Fate, Plan, PlanLine, PlannedTest } from "./schema";

type Field = keyof CatalogueTest;

/**
 * What was run and how it was judged: a change of any of these makes a new version, and results of the
 * older ones stale. The rest are words about it.
 */
const SUBSTANCE = {
  key: false,
  title: false,
  kind: true,
  directional: true,
  level: false,
  measured: true,
  aliases: false,
  aliasVariants: false,
  roles: true,
  variants: true,
  purpose: false,
  preconditions: true,
  steps: true,
  expected: true,
  passCriteria: true,
  failCriteria: true,
  accepted: true,
  measurements: true,
  references: false,
  evidence: false,
  sources: false,
  automation: false,
} as const satisfies Record<Field, boolean>;
const FIELDS = Object.keys(SUBSTANCE) as readonly Field[];

/** The fields in which two texts of a test differ; the order of roles is no difference. */
export const changedFields = (before: CatalogueTest, after: CatalogueTest): Field[] =>
  FIELDS.filter((field) => canonical(field, before[field]) !== canonical(field, after[field]));

export const isOfSubstance = (fields: readonly Field[]) => fields.some((field) => SUBSTANCE[field]);

function canonical(field: Field, value: unknown): string {
  const told = field === "roles" ? byKey(value as CatalogueTest["roles"]) : value;
  return JSON.stringify(told, (_, one: unknown) => (isPlain(one) ? sorted(one) : one));
}

const byKey = (roles: CatalogueTest["roles"]) =>
  roles.toSorted((a, b) => Number(a.key > b.key) - Number(a.key < b.key));

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const sorted = (value: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));

const fault = (pointer: string, message: string): Fault => ({ pointer, code: "unfit", message });

/** What of the track a test has to fit. */
export type Surroundings = {
  roles: readonly string[];
  profile: string;
  /** Names of the other tests; a retired one's are free. Lower case -> key. */
  names: ReadonlyMap<string, string>;
};

export const surroundingsOf = (plan: Plan, key: string): Surroundings => ({
  roles: plan.track.roles.map((role) => role.key),
  profile: plan.track.profile,
  names: new Map(
    plan.tests
      .filter(({ content, retired }) => content.key !== key && !retired)
      .flatMap(({ content }) =>
        [content.key, ...content.aliases].map((name) => [name.toLowerCase(), content.key]),
      ),
  ),
});

const REQUIRED = {
  solo: { is: (count: number) => count === 1, words: "one required role" },
  pair: { is: (count: number) => count === 2, words: "two required roles" },
  group: { is: (count: number) => count > 2, words: "three or more required roles" },
} as const;

/** Where a test does not fit together, or not into its track. Pointers begin at the test. */
export const faultsOfTest = (test: CatalogueTest, around: Surroundings): Fault[] => [
  ...roleFaults(test, around),
  ...nameFaults(test, around),
  ...aliasFaults(test),
  ...answerFaults(test, around),
];

function roleFaults({ kind, roles }: CatalogueTest, around: Surroundings): Fault[] {
  const keys = roles.map(({ key }) => key);
  const unknown = keys.find((key) => !around.roles.includes(key));
  if (unknown !== undefined) {
    return [fault("/roles", `This track has no role '${unknown}': ${around.roles.join(", ")}.`)];
  }
  if (new Set(keys).size < keys.length) return [fault("/roles", "A role is there twice.")];
  const required = roles.filter(({ min }) => min > 0).length;
  if (REQUIRED[kind].is(required)) return [];
  return [fault("/roles", `A ${kind} test has ${REQUIRED[kind].words}; here are ${required}.`)];
}

function nameFaults({ key, aliases }: CatalogueTest, { names }: Surroundings): Fault[] {
  const owner = names.get(key.toLowerCase());
  if (owner !== undefined) return [fault("/key", `'${key}' is a name of ${owner} already.`)];
  const lower = aliases.map((alias) => alias.toLowerCase());
  const taken = aliases.find((alias) => names.has(alias.toLowerCase()));
  if (taken !== undefined) {
    const by = names.get(taken.toLowerCase());
    return [
      fault("/aliases", `'${taken}' is a name of ${by} already: a name stands for one test.`),
    ];
  }
  const twice = aliases.find((_, at) => lower.indexOf(lower[at] ?? "") !== at);
  return twice === undefined ? [] : [fault("/aliases", `'${twice}' is there twice.`)];
}

function aliasFaults({ aliases, aliasVariants, variants }: CatalogueTest): Fault[] {
  return Object.entries(aliasVariants).flatMap(([alias, variant]) => {
    if (!aliases.includes(alias))
      return [fault("/aliases", `'${alias}' is no alias of this test.`)];
    const odd = Object.entries(variant).find(([name, value]) => !variants[name]?.includes(value));
    return odd ? [fault("/aliases", `'${alias}': no variant ${odd.join(" ")} is declared.`)] : [];
  });
}

function answerFaults({ accepted }: CatalogueTest, { profile }: Surroundings): Fault[] {
  if (Object.keys(accepted).length === 0 || profile in accepted) return [];
  return [
    fault("/accepted", `Say what '${profile}' accepts too: this track is judged by that profile.`),
  ];
}

const RETIRE = "Retire this test and add a new one instead.";

/** Which results a change would leave without a place, said for people; empty when none. */
export function orphanFaults(planned: PlannedTest, after: CatalogueTest): Fault[] {
  const { content: before, shapes } = planned;
  if (shapes.length === 0) return [];
  if (before.kind !== after.kind)
    return [fault("/kind", `There are results of this ${before.kind} test. ${RETIRE}`)];
  if (before.directional !== after.directional) {
    return [
      fault(
        "/directional",
        `There are results that were told apart by direction, or not. ${RETIRE}`,
      ),
    ];
  }
  if (requiredOf(before) !== requiredOf(after) || shapes.some(({ roles }) => !fits(after, roles))) {
    return [fault("/roles", `There are results with other parties. ${RETIRE}`)];
  }
  const odd = shapes.find(({ variant }) => !isDeclared(after, variant));
  if (!odd) return [];
  const words = Object.entries(odd.variant).map((pair) => pair.join(" "));
  const which = words.length > 0 ? `of ${words.join(", ")}` : "without a variant";
  return [fault("/variants", `There are results ${which}, which would have no place. ${RETIRE}`)];
}

const requiredOf = ({ roles }: CatalogueTest) =>
  byKey(roles.filter(({ min }) => min > 0))
    .map(({ key }) => key)
    .join("+");

const fits = ({ roles }: CatalogueTest, told: readonly string[]) =>
  told.every((role) => roles.some(({ key }) => key === role)) &&
  roles.every(({ key, min, max }) => {
    const count = told.filter((role) => role === key).length;
    return count >= min && count <= max;
  });

const isDeclared = ({ variants }: CatalogueTest, variant: Record<string, string>) =>
  Object.keys(variants).length === Object.keys(variant).length &&
  Object.entries(variant).every(([name, value]) => variants[name]?.includes(value));

/** The aliases that a change takes away, or lets stand for another variant. */
export const lostNames = (before: CatalogueTest, after: CatalogueTest): string[] =>
  before.aliases.filter(
    (alias) =>
      !after.aliases.includes(alias) ||
      canonical("aliasVariants", before.aliasVariants[alias]) !==
        canonical("aliasVariants", after.aliasVariants[alias]),
  );

/** What becomes of one test that is published. `namesInUse`: raw names that results came by. */
export function judgeTest(
  plan: Plan,
  after: CatalogueTest,
  namesInUse: ReadonlySet<string>,
): { fate: Fate; fields: Field[]; faults: Fault[] } {
  const planned = plan.tests.find(({ content }) => content.key === after.key);
  const faults = faultsOfTest(after, surroundingsOf(plan, after.key));
  if (!planned) return { fate: faults.length > 0 ? "refused" : "added", fields: [], faults };
  const fields = changedFields(planned.content, after);
  if (fields.length === 0) return { fate: "unchanged", fields, faults: [] };
  const lost = lostNames(planned.content, after).filter((name) => namesInUse.has(name));
  const all = [...faults, ...orphanFaults(planned, after), ...lost.map(lostFault)];
  if (planned.retired) all.push(fault("", "Retired here: bring it back before it is changed."));
  if (all.length > 0) return { fate: "refused", fields, faults: all };
  return { fate: isOfSubstance(fields) ? "newVersion" : "reworded", fields, faults: [] };
}

const lostFault = (name: string) =>
  fault("/aliases", `Results came as '${name}': the name stays, and what it stands for.`);

const TRACK_FIELDS = ["title", "intro", "profile", "notes", "roles"] as const;

/** The track of a plan as it is after taking another in: roles are added or relabelled, never removed. */
export function mergedTrack(plan: Plan, given: CatalogueTrack): Plan["track"] {
  const { title, intro, profile, notes } = given;
  const labels = new Map(given.roles.map(({ key, label }) => [key, label]));
  const known = plan.track.roles.map(({ key, label }) => ({
    key,
    label: labels.get(key) ?? label,
  }));
  const fresh = given.roles.filter(({ key }) => !known.some((role) => role.key === key));
  return { ...plan.track, title, intro, profile, notes, roles: [...known, ...fresh] };
}

/**
 * What taking a plan in would do, line by line. Tests are told apart by their key; those that the file
 * does not have stay as they are.
 */
export function judgeImport(
  plan: Plan,
  given: CatalogueTrack,
  namesInUse: ReadonlySet<string>,
): PlanLine[] {
  const track = mergedTrack(plan, given);
  const fields = TRACK_FIELDS.filter((name) => plain(track[name]) !== plain(plan.track[name]));
  const head: PlanLine = {
    key: null,
    title: given.title,
    fate: fields.length > 0 ? "reworded" : "unchanged",
    fields,
    faults: [],
  };
  // Each test is judged beside those taken in before it: two of a file may want one name.
  let around: Plan = { ...plan, track };
  const lines = given.tests.map((test): PlanLine => {
    const { key, title } = test;
    const judged = judgeTest(around, test, namesInUse);
    const isTwice = given.tests.filter((other) => other.key === key).length > 1;
    const faults = isTwice ? [fault("/key", `'${key}' is in the file twice.`)] : judged.faults;
    const fate = faults.length > 0 ? "refused" : judged.fate;
    if (fate !== "refused") around = withTest(around, test);
    return { key, title, fate, fields: judged.fields, faults: faults.map(plainFault) };
  });
  const kept = plan.tests
    .filter(({ content }) => !given.tests.some(({ key }) => key === content.key))
    .map(({ content: { key, title } }): PlanLine => {
      return { key, title, fate: "kept", fields: [], faults: [] };
    });
  return [head, ...lines, ...kept];
}

const plainFault = ({ pointer, message }: Fault) => ({ pointer, message });
const plain = (value: unknown) => canonical("title", value);

function withTest(plan: Plan, content: CatalogueTest): Plan {
  const known = plan.tests.find((test) => test.content.key === content.key);
  const fresh: PlannedTest = known
    ? { ...known, content }
    : { id: "", number: 0, version: 1, retired: false, content, shapes: [] };
  return { ...plan, tests: [...plan.tests.filter((test) => test !== known), fresh] };
}
