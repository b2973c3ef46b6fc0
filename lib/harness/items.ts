import { faultsOf } from "@/lib/core/faults";
import { EXCERPT_BYTES, type ItemInput, type ItemProblem, itemSchema } from "@/lib/results/schema";
import { cleanDeep, cut, headBytes } from "./clean";
import { type Kept, mentionOf } from "./evidence/kept";
import { CALLED, type Draft, type Party } from "./formats/draft";
import { uuidOf } from "./identity";
import type { Sidecar } from "./names";
import { overrideParties } from "./parties";
import type { Meant } from "./template";

/** What the command line says about every item of a run. */
export type Meaning = {
  /** Digest of the files and of every flag that changes meaning: the root of all ids. */
  readonly root: string;
  readonly test: string | undefined;
  readonly parties: readonly Party[];
  readonly sidecar?: Sidecar | undefined;
  /** Files that belong to every item. */
  readonly evidence?: readonly Kept[];
  /** What the names of the run's files mean. */
  readonly ofFiles?: Meant | undefined;
  /** The run's parties as its files tell them, which an item has unless it names its own. */
  readonly defaults: readonly Party[];
};

export type Judged =
  | { readonly item: ItemInput }
  | { readonly refused: unknown; readonly problem: ItemProblem };

/** Turns drafts into items, in order: the n-th draft of a run has always the same id. */
export function itemMaker(meaning: Meaning): (draft: Draft) => Judged {
  const attempts = new Map<string, number>();
  let occurrence = 0;
  return (draft) => {
    occurrence += 1;
    const { value, isChanged } = cleanDeep(draft);
    const named = applyTold(value, { ...meaning, called: draft[CALLED] });
    const key = JSON.stringify([named.test, named.variant, named.parties]);
    const attempt = (attempts.get(key) ?? 0) + 1;
    attempts.set(key, attempt);
    const item = {
      id: uuidOf("item", meaning.root, occurrence),
      ...named,
      attempt: named.attempt ?? attempt,
      ...withEvidence(named, meaning),
      ...(isChanged ? { labels: { ...named.labels, sanitized: "true" } } : {}),
    };
    return judge(named.log === undefined ? item : { ...item, log: shorter(named.log) });
  };
}

type MeaningOfOne = Meaning & { readonly called: string | undefined };

/** The flags say more than the sidecar, the sidecar more than the report, and the report more than names. */
function applyTold({ seen = [], ...draft }: Draft, meaning: MeaningOfOne): Omit<Draft, "seen"> {
  const { sidecar, ofFiles } = meaning;
  const ofCase = sidecar?.patterns.ofCase(cleanDeep(meaning.called ?? String(draft.test)).value);
  // A report that says which test a case is has the last word before the sidecar.
  const read = meaning.called === undefined ? (ofCase?.test ?? ofFiles?.test) : undefined;
  const rule =
    sidecar?.ruleFor(String(draft.test)) ??
    (read === undefined ? undefined : sidecar?.ruleFor(read));
  const test = meaning.test ?? rule?.test ?? read ?? draft.test;
  const parties = [
    ofFiles?.parties,
    ofCase?.parties,
    draft.parties ?? meaning.defaults,
    sidecar?.parties,
    rule?.parties,
    meaning.parties,
  ].reduce<readonly Party[]>((before, later = []) => overrideParties(before, later), []);
  const isOwn =
    draft.parties !== undefined ||
    rule?.parties !== undefined ||
    (ofCase?.parties ?? []).length > 0 ||
    seen.length > 0;
  return {
    ...draft,
    test,
    ...(test === draft.test ? {} : { labels: { ...draft.labels, name: nameLabel(draft) } }),
    ...variantOf([ofFiles?.variant, ofCase?.variant, draft.variant, rule?.variant]),
    ...(isOwn && parties.length > 0
      ? { parties: parties.map((party) => withSeen(party, seen)) }
      : {}),
  };
}

/** Of every axis what is said last. An item without a variant stays without one. */
function variantOf(told: readonly Draft["variant"][]): Pick<Draft, "variant"> {
  const said = told.filter((one) => one !== undefined);
  if (said.length === 0) return {};
  return { variant: Object.assign({}, ...said) as Draft["variant"] };
}

/** What the item names itself, then what was given for all. */
function withEvidence(draft: Draft, { evidence = [] }: Meaning): Pick<Draft, "evidence"> {
  if (evidence.length === 0) return {};
  const own = draft.evidence ?? [];
  const given = evidence.filter(({ sha256 }) => !own.some((one) => one.sha256 === sha256));
  return { evidence: [...own, ...given.map(mentionOf)] };
}

function withSeen(party: Party, seen: NonNullable<Draft["seen"]>): Party {
  const observed = seen.filter(({ role }) => role === party.role).map((one) => one.observed);
  return observed.length > 0 ? { ...party, observed: cut(observed.join(", "), 255) } : party;
}

const nameLabel = (draft: Draft) => String(draft.test).slice(0, 255).toWellFormed();

function shorter(log: NonNullable<Draft["log"]>): NonNullable<Draft["log"]> {
  const { excerpt } = log;
  if (typeof excerpt !== "string") return log;
  const head = headBytes(excerpt, EXCERPT_BYTES);
  return head.length < excerpt.length ? { ...log, excerpt: head, truncated: true } : log;
}

function judge(candidate: unknown): Judged {
  const parsed = itemSchema.safeParse(candidate);
  if (parsed.success) return { item: parsed.data };
  const [fault] = faultsOf(parsed.error);
  return {
    refused: candidate,
    problem: {
      code: fault?.code ?? "invalid",
      pointer: fault?.pointer ?? "",
      detail: fault?.message ?? "Not a valid item.",
      retryable: false,
    },
  };
}
