import type { Outcome } from "@/lib/results/schema";
import type {
  CellState,
  CellView,
  Overlay,
  RulingInForce,
  Utterance,
  Voice,
  Voices,
} from "./schema";

/** DESIGN.md section 4: what an outcome decides. `null` decides nothing. */
const GROUP = {
  pass: "works",
  degraded: "works",
  fail: "broken",
  timeout: "broken",
  unsupported: "no",
  error: null,
  inconclusive: null,
  skipped: null,
} as const satisfies Record<Outcome, "works" | "broken" | "no" | null>;

/** From gravest to mildest, for the one outcome that a confirmed cell shows. */
const GRAVITY = {
  fail: 0,
  timeout: 1,
  error: 2,
  inconclusive: 3,
  unsupported: 4,
  degraded: 5,
  skipped: 6,
  pass: 7,
} as const satisfies Record<Outcome, number>;

/** How many decisive attempts on equal builds are looked at for flakiness. */
const FLAKY_WINDOW = 5;
/** How many sets of builds a cell remembers; a result on an older one has it folded anew. */
export const BUILDS_REMEMBERED = 16;

export const groupOf = (outcome: Outcome) => GROUP[outcome];
export const isDecisive = (outcome: Outcome) => GROUP[outcome] !== null;
export const graver = (a: Outcome, b: Outcome) => (GRAVITY[a] <= GRAVITY[b] ? a : b);

export type Party = { role: string; entry: string; build: string | null };

/** The parties' builds as one text: what "equal builds" compares, whatever order they are told in. */
export const buildsSignature = (parties: readonly Party[]) =>
  parties
    .map(({ entry, build }) => `${entry}@${build ?? ""}`)
    .sort()
    .join(" ");

/** The other way: entry id -> build id. A party without a known build is left out. */
export const buildsOf = (signature: string): Record<string, string> =>
  Object.fromEntries(
    signature
      .split(" ")
      .map((part) => part.split("@") as [string, string])
      .filter(([, build]) => build),
  );

/**
 * The parties in the one order that a cell's key has: by role, then entry. Both roles of a
 * non-directional test are alike, so there the entries are sorted and dealt to the sorted roles.
 */
export function sortParties<P extends Party>(parties: readonly P[], directional: boolean): P[] {
  const compare = (a: string, b: string) => Number(a > b) - Number(a < b);
  const byRole = parties.toSorted((a, b) => compare(a.role, b.role) || compare(a.entry, b.entry));
  if (directional) return byRole;
  const roles = byRole.map(({ role }) => role);
  return byRole
    .toSorted((a, b) => compare(a.entry, b.entry))
    .map((party, at) => ({ ...party, role: roles[at] ?? party.role }));
}

/** The key of a cell as text (DESIGN.md section 4): no builds, environment or labels in it. */
export const cellKeyText = (
  testId: string,
  variant: Record<string, string>,
  parties: readonly Party[],
) =>
  JSON.stringify([
    testId,
    Object.entries(variant).toSorted(([a], [b]) => (a < b ? -1 : 1)),
    parties.map(({ role, entry }) => `${role}:${entry}`),
  ]);

export const NO_VOICES: Voices = { voices: {}, pruned: false };

/** By (startedAt, attempt, id), never by arrival; the rest only makes the order total. */
export const compareUtterances = (a: Utterance, b: Utterance) =>
  a.startedAt - b.startedAt ||
  a.attempt - b.attempt ||
  (a.id === b.id ? Number(a.speaker > b.speaker) - Number(a.speaker < b.speaker) : 0) ||
  Number(a.id > b.id) - Number(a.id < b.id);

const newestFirst = (a: Utterance, b: Utterance) => compareUtterances(b, a);
const speaks = ({ denial, outcome }: Utterance) => denial || isDecisive(outcome);
const keyOf = ({ speaker, origin, builds }: Utterance) => `${speaker}|${origin}|${builds}`;

/**
 * Takes more results into a cell's memory. Returns null when it cannot tell without the older
 * results: the memory was pruned and these speak of builds it does not hold. Taking in the same
 * results in any order, in any portions, gives the same memory.
 */
export function hear(memory: Voices, utterances: readonly Utterance[]): Voices | null {
  const voices = { ...memory.voices };
  const held = new Set(Object.values(voices).map((voice) => newestOf(voice)?.builds));
  for (const utterance of utterances) {
    if (memory.pruned && !held.has(utterance.builds)) return null;
    const key = keyOf(utterance);
    voices[key] = add(voices[key] ?? { decisive: [], idle: null }, utterance);
  }
  return prune({ voices, pruned: memory.pruned });
}

function add(voice: Voice, utterance: Utterance): Voice {
  if (speaks(utterance)) {
    const decisive = withNewest(voice.decisive, utterance);
    return decisive === voice.decisive ? voice : { ...voice, decisive };
  }
  const isNewer = voice.idle === null || compareUtterances(utterance, voice.idle) > 0;
  return isNewer ? { ...voice, idle: utterance } : voice;
}

/** The newest of them, newest first. `kept` is in that order already, and stays as it is. */
function withNewest(kept: Utterance[], utterance: Utterance): Utterance[] {
  const older = kept.findIndex((one) => compareUtterances(one, utterance) < 0);
  const at = older < 0 ? kept.length : older;
  if (at === FLAKY_WINDOW) return kept;
  return [...kept.slice(0, at), utterance, ...kept.slice(at, FLAKY_WINDOW - 1)];
}

function newestOf({ decisive, idle }: Voice): Utterance | undefined {
  return [decisive[0], idle]
    .filter((one) => one !== undefined && one !== null)
    .sort(newestFirst)[0];
}

function prune(memory: Voices): Voices {
  const newest = new Map<string, Utterance>();
  for (const voice of Object.values(memory.voices)) {
    const one = newestOf(voice);
    const other = one && newest.get(one.builds);
    if (one && (!other || compareUtterances(one, other) > 0)) newest.set(one.builds, one);
  }
  if (newest.size <= BUILDS_REMEMBERED) return memory;
  const kept = new Set(
    [...newest.values()]
      .sort(newestFirst)
      .slice(0, BUILDS_REMEMBERED)
      .map(({ builds }) => builds),
  );
  const voices = Object.fromEntries(
    Object.entries(memory.voices).filter(([, voice]) => kept.has(newestOf(voice)?.builds ?? "")),
  );
  return { voices, pruned: true };
}

/**
 * Folds a cell's memory into what the matrix shows. `sides` are the distinct participant entries
 * among the parties of a test for two or more; docs/adr/0005-the-fold.md argues each step.
 */
export function fold({ voices }: Voices, sides: readonly string[]): CellView {
  const all = Object.values(voices);
  const tested = newestTested(all);
  if (!tested) return undecided(all, sides);

  const counted = speakers(all, tested);
  const groups = new Set(counted.map((one) => (one.denial ? "denied" : groupOf(one.outcome))));
  const spoken = new Set(counted.map(({ speaker }) => speaker));
  const isNeutral = spoken.has("");
  const covered = sides.filter((side) => isNeutral || spoken.has(side)).length;
  const isConfirmed = covered === sides.length && (isNeutral || spoken.size > 1);
  const agreed = isConfirmed ? "confirmed" : "reported";
  const isDisputed = groups.size > 1;
  return {
    state: isDisputed ? "disputed" : agreed,
    outcome: isDisputed ? null : counted.map(({ outcome }) => outcome).reduce(graver),
    sides: covered,
    sidesOf: sides.length,
    flaky: all.some((voice) => isFlaky(voice, tested.builds)),
    builds: tested.builds,
    testVersion: tested.testVersion,
    latestAt: tested.startedAt,
  };
}

/**
 * The fold's view under the ruling in force. A ruling shows while the sides contradict each other on
 * the very builds that it was made for; a result on others, or agreement, shows by itself again.
 */
export function settle(view: CellView, ruling: RulingInForce | null): CellView {
  const holds = ruling !== null && view.state === "disputed" && view.builds === ruling.builds;
  return holds ? { ...view, state: "settled", outcome: ruling.outcome } : view;
}

/** The sides that have said nothing of what was tested last: whom a nudge is for. */
export function silentIn({ voices }: Voices, sides: readonly string[]): string[] {
  const all = Object.values(voices);
  const tested = newestTested(all);
  if (!tested) return [];
  const spoken = new Set(speakers(all, tested).map(({ speaker }) => speaker));
  return spoken.has("") ? [] : sides.filter((side) => !spoken.has(side));
}

const newestTested = (all: readonly Voice[]): Utterance | undefined =>
  all.flatMap(({ decisive }) => decisive.find(({ denial }) => !denial) ?? []).sort(newestFirst)[0];

/** Per speaker and origin, the latest that speaks of what was tested last. */
function speakers(all: readonly Voice[], tested: Utterance): Utterance[] {
  const latest = new Map<string, Utterance>();
  for (const one of all.flatMap(({ decisive }) => decisive)) {
    if (!matches(one, tested)) continue;
    const key = `${one.speaker}|${one.origin}`;
    const before = latest.get(key);
    if (!before || compareUtterances(one, before) > 0) latest.set(key, one);
  }
  return [...latest.values()];
}

/** Whether two results speak of one exchange: by `exchange` when both give it, else by equal builds. */
function matches(one: Utterance, tested: Utterance): boolean {
  if (one.answers === tested.seq || tested.answers === one.seq) return true;
  if (one.denial) return false;
  if (one.exchange !== null && tested.exchange !== null) return one.exchange === tested.exchange;
  return one.builds === tested.builds;
}

const isFlaky = ({ decisive }: Voice, builds: string) =>
  new Set(
    decisive.filter((one) => one.builds === builds && !one.denial).map(({ outcome }) => outcome),
  ).size > 1;

/** Nothing decisive: an error or a skip is told, but it counts for nobody. */
function undecided(all: readonly Voice[], sides: readonly string[]): CellView {
  const last = all
    .map(({ idle }) => idle)
    .filter((idle) => idle !== null)
    .sort(newestFirst)[0];
  return {
    state: last ? "reported" : "untested",
    outcome: last?.outcome ?? null,
    sides: 0,
    sidesOf: sides.length,
    flaky: false,
    builds: last?.builds ?? "",
    testVersion: last?.testVersion ?? 1,
    latestAt: last?.startedAt ?? null,
  };
}

/** What a state tells, as legends and cell pages say it. */
export const STATE_SIGNS = {
  notApplicable: { label: "Not applicable", meaning: "A role of the test that nobody here plays." },
  untested: { label: "Untested", meaning: "No result yet." },
  planned: { label: "Planned", meaning: "Announced by a run; no result yet." },
  reported: { label: "Reported", meaning: "Said by one side; the others have not spoken." },
  confirmed: { label: "Confirmed", meaning: "All sides, or a neutral harness, say the same." },
  disputed: { label: "Disputed", meaning: "The sides contradict each other." },
  settled: { label: "Settled", meaning: "A track lead has ruled; the results stay as they are." },
} as const satisfies Record<CellState, { label: string; meaning: string }>;

/** What else holds for a cell, on top of its state. */
export const OVERLAY_SIGNS = {
  stale: { label: "Stale", meaning: "Another build or test version is current now." },
  flaky: {
    label: "Flaky",
    meaning: "Different outcomes among the last five attempts on equal builds.",
  },
  knownIssue: { label: "Known issue", meaning: "A known issue explains it." },
  restricted: {
    label: "Restricted",
    meaning: "Seen by its parties, the track's leads and the organizers.",
  },
} as const satisfies Record<Overlay, { label: string; meaning: string }>;
