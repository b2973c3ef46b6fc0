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
import { describeJsonError } from "./json-place";
import { type Source, textOf } from "./source";

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

export async function readPlugfest(source: Source): Promise<Reading> {
  const { text, sum } = await textOf(source);
  const { data, items } = parseFile(text);
  return defined({
    format: data.source?.format ?? "plugfest",
    runner: data.source?.runner,
    files: [...(data.source?.files ?? []), { name: source.name, sha256: sum }],
    track: data.track,
    parties: data.parties,
    environment: data.environment,
    plan: data.plan,
    startedAt: data.startedAt ?? firstMoment(items) ?? source.changedAt,
    warnings: [],
    items: () => items,
  });
}

function parseFile(text: string) {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ""));
  } catch {
    throw new FormatError(...describeJsonError(text));
  }
  // The items keep their own unclean texts until each is cleaned, and labelled, by itself.
  const items = isObject(value) && Array.isArray(value.items) ? value.items : [];
  const parsed = fileSchema.safeParse(cleanDeep(value).value);
  if (!parsed.success) throw new FormatError(describe(parsed.error));
  refuseRepeatedIds(items);
  return { data: parsed.data, items: items as Draft[] };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function describe(error: z.ZodError): string {
  const [issue] = error.issues;
  const at = pointerOf(issue?.path ?? []) || "/";
  const more = error.issues.length > 1 ? ` (and ${error.issues.length - 1} more)` : "";
  return `Not a Plugfest file: ${at}: ${issue?.message ?? "invalid"}${more}`;
}

function refuseRepeatedIds(items: readonly unknown[]) {
  const seen = new Map<string, number>();
  for (const [at, item] of items.entries()) {
    const id = isObject(item) && typeof item.id === "string" ? item.id.toLowerCase() : undefined;
    if (id === undefined) continue;
    const before = seen.get(id);
    if (before !== undefined) {
      throw new FormatError(`/items/${at}/id is the same as /items/${before}/id: ${id}`);
    }
    seen.set(id, at);
  }
}

function firstMoment(items: readonly unknown[]): string | undefined {
  let first: string | undefined;
  for (const item of items) {
    const moment = momentSchema.safeParse(isObject(item) ? item.startedAt : undefined);
    if (moment.success && (first === undefined || moment.data < first)) first = moment.data;
  }
  return first;
}
