import * as z from "zod";
import { pointerOf } from "@/lib/core/faults";
import {
  momentSchema,
  safeName,
  safeText,
  sha256Schema,
  slugSchema,
  textMap,
} from "@/lib/core/text";
import { partiesSchema } from "@/lib/results/schema";
import { runSchema } from "@/lib/runs/schema";
import { cleanDeep } from "../clean";
import { FormatError } from "../failure";
import { type Draft, defined, type Reading } from "./draft";
import { elementsIn, readAroundList } from "./json-list";
import type { Source } from "./source";

const FILES = 64;

/** A run as one file: docs/agent.md, "Plugfest JSON". */
const fileSchema = z.strictObject({
  plugfest: z.literal("1"),
  track: slugSchema,
  /** For those who keep files of several agents: whose token pushes this one. */
  reporter: safeName(120).optional(),
  source: z
    .strictObject({
      format: safeName(32).default("plugfest"),
      runner: safeText(255).optional(),
      files: z.array(z.strictObject({ name: safeName(255), sha256: sha256Schema })).max(FILES - 1),
    })
    .partial({ files: true })
    .optional(),
  parties: partiesSchema.optional(),
  environment: textMap(64, 255, 32).optional(),
  plan: runSchema.shape.plan,
  startedAt: momentSchema.optional(),
  /** Each is judged by itself when it is spooled, so that a bad one never loses the good. */
  items: z.array(z.record(z.string(), z.unknown())).min(1),
});

const ITEMS = ["items"] as const;

/** Read twice like a JUnit report; no more than an item is in memory. */
export async function readPlugfest(source: Source): Promise<Reading> {
  const ids = new Map<string, number>();
  let startedAt: string | undefined;
  let first: unknown;
  const { frame, sum } = await readAroundList(source, ITEMS, (item, at) => {
    if (!isObject(item))
      throw new FormatError(`Not a Plugfest file: /items/${at}: an item is an object.`);
    first ??= item;
    refuseRepeated(ids, item, at);
    startedAt = earlier(startedAt, item);
  });
  const data = parseFrame(frame, first);
  return defined({
    format: data.source?.format ?? "plugfest",
    runner: data.source?.runner,
    files: [...(data.source?.files ?? []), { name: source.name, sha256: sum }],
    track: data.track,
    parties: data.parties,
    environment: data.environment,
    plan: data.plan,
    startedAt: data.startedAt ?? startedAt ?? source.changedAt,
    warnings: [],
    // The items keep their own unclean texts until each is cleaned, and labelled, by itself.
    items: () => elementsIn(source, ITEMS, sum) as AsyncGenerator<Draft>,
  });
}

/** What stands around the items, of which there must be one. */
function parseFrame(frame: unknown, first: unknown) {
  const isList = isObject(frame) && Array.isArray(frame.items);
  const whole = isList && first !== undefined ? { ...frame, items: [first] } : frame;
  const parsed = fileSchema.safeParse(cleanDeep(whole).value);
  if (!parsed.success) throw new FormatError(describe(parsed.error));
  return parsed.data;
}

type Item = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Item =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function describe(error: z.ZodError): string {
  const [issue] = error.issues;
  const at = pointerOf(issue?.path ?? []) || "/";
  const more = error.issues.length > 1 ? ` (and ${error.issues.length - 1} more)` : "";
  return `Not a Plugfest file: ${at}: ${issue?.message ?? "invalid"}${more}`;
}

function refuseRepeated(seen: Map<string, number>, { id: given }: Item, at: number) {
  if (typeof given !== "string") return;
  const id = given.toLowerCase();
  const before = seen.get(id);
  if (before !== undefined)
    throw new FormatError(`/items/${at}/id is the same as /items/${before}/id: ${id}`);
  seen.set(id, at);
}

function earlier(before: string | undefined, { startedAt }: Item): string | undefined {
  const moment = momentSchema.safeParse(startedAt);
  return moment.success && (before === undefined || moment.data < before) ? moment.data : before;
}
