import { hash } from "node:crypto";
import { BrokenLine } from "@/lib/core/broken-line";
import { faultsOf } from "@/lib/core/faults";
import { itemProblem } from "../rules";
import {
  type ItemInput,
  type ItemProblem,
  itemSchema,
  itemSchemaKnowing,
  type PartyInput,
  partiesSchema,
} from "../schema";

export type Parsed = {
  at: number;
  /** Items that name the same parties have the same list of them, for whoever judges lists. */
  item: ItemInput;
  /** SHA-256 in hexadecimal digits: what "same content" means. */
  digest: string;
};
export type Rejected = { at: number; id: string | null; problem: ItemProblem };

/** Each item by itself: a bad one never loses the good ones beside it. */
export function parseItems(
  items: readonly unknown[],
  runId: string,
): { good: Parsed[]; bad: Rejected[] } {
  const good: Parsed[] = [];
  const bad: Rejected[] = [];
  const parse = parser();
  for (const [at, raw] of items.entries()) {
    if (raw instanceof BrokenLine) {
      const message = `This line is no JSON: ${raw.reason}`;
      const broken = { pointer: "", code: "malformed", message };
      bad.push({ at, id: null, problem: itemProblem(at, broken) });
      continue;
    }
    const parsed = parse(raw);
    if (parsed.success) {
      // Parsing has ordered every key: equal content has equal bytes.
      const digest = hash("sha256", runId + JSON.stringify(parsed.data));
      good.push({ at, item: parsed.data, digest });
    } else {
      const fault = faultsOf(parsed.error)[0] ?? {
        pointer: "",
        code: "invalid",
        message: "Not an item.",
      };
      bad.push({ at, id: idOf(raw), problem: itemProblem(at, fault) });
    }
  }
  return { good, bad };
}

/** Lists that `partiesSchema` gave. */
const known = new WeakSet<object>();
const quickSchema = itemSchemaKnowing((value) => known.has(value as object));

/**
 * Parses the items of a batch as `itemSchema` does. Most of the work is in the parties, which a batch
 * repeats over and over: each list of them is parsed once.
 */
function parser() {
  const lists = new Map<string, PartyInput[] | null>();
  const listOf = (raw: unknown): PartyInput[] | null => {
    const text = textOf(raw);
    if (text === null) return null;
    const before = lists.get(text);
    if (before !== undefined) return before;
    const parties = partiesSchema.safeParse(raw).data ?? null;
    if (parties) known.add(parties);
    lists.set(text, parties);
    return parties;
  };
  return (raw: unknown) => {
    const parties = hasParties(raw) ? listOf(raw.parties) : null;
    const quick = parties && quickSchema.safeParse({ ...(raw as object), parties });
    return quick?.success ? quick : itemSchema.safeParse(raw);
  };
}

/** Null for what is nested deeper than the writer's stack; the parser of JSON does without one. */
function textOf(raw: unknown): string | null {
  try {
    return JSON.stringify(raw);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

const hasParties = (raw: unknown): raw is { parties: unknown[] } =>
  typeof raw === "object" && raw !== null && "parties" in raw && Array.isArray(raw.parties);

/** The id as sent, for the answer; whatever it is, it is told back and stored nowhere. */
function idOf(raw: unknown): string | null {
  if (typeof raw !== "object" || raw === null || !("id" in raw)) return null;
  return typeof raw.id === "string" ? raw.id.slice(0, 64).toWellFormed() : null;
}
