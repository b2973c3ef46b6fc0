import { faultsOf } from "@/lib/core/faults";
import { EXCERPT_BYTES, type ItemInput, type ItemProblem, itemSchema } from "@/lib/results/schema";
import { cleanDeep, cut, headBytes } from "./clean";
import { type Kept, mentionOf } from "./evidence/kept";
import type { Draft, Party } from "./formats/draft";
import { uuidOf } from "./identity";
import type { Sidecar } from "./names";
import { overrideParties } from "./parties";

/** What the command line says about every item of a run. */
export type Meaning = {
  /** Digest of the files and of every flag that changes meaning: the root of all ids. */
  readonly root: string;
  readonly test: string | undefined;
  readonly parties: readonly Party[];
  readonly sidecar?: Sidecar | undefined;
  /** Files that belong to every item. */
  readonly evidence?: readonly Kept[];
  /** The run's parties, which an item has unless it names its own. */
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
    const named = applyTold(value, meaning);
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

/** The flags say more than the sidecar, and the sidecar more than the report. */
function applyTold({ seen = [], ...draft }: Draft, meaning: Meaning): Omit<Draft, "seen"> {
  const rule = meaning.sidecar?.ruleFor(String(draft.test));
  const test = meaning.test ?? rule?.test ?? draft.test;
  const told = [meaning.sidecar?.parties ?? [], rule?.parties ?? [], meaning.parties];
  const isOwn = draft.parties !== undefined || rule?.parties !== undefined || seen.length > 0;
  const parties = told.reduce(overrideParties, draft.parties ?? meaning.defaults);
  return {
    ...draft,
    test,
    ...(test === draft.test ? {} : { labels: { ...draft.labels, name: nameLabel(draft) } }),
    ...(rule?.variant ? { variant: { ...draft.variant, ...rule.variant } } : {}),
    ...(isOwn && parties.length > 0
      ? { parties: parties.map((party) => withSeen(party, seen)) }
      : {}),
  };
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
