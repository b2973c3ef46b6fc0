import * as z from "zod";
import { pointerOf } from "@/lib/core/faults";
import { safeName, safeText, slugSchema, textMap } from "@/lib/core/text";
import { partiesSchema } from "@/lib/results/schema";
import { FormatError } from "../failure";
import { type Draft, defined, type Reading } from "./draft";
import { describeJsonError } from "./json-place";
import { linesIn, refuseChanged, type Source, streamOf } from "./source";

/** An item may carry 16 KiB of log and 200 metrics; beyond this a line is no item. */
const LONGEST_LINE = 1_048_576;

/** A first line that says what holds for all; every field of it may be left out. */
const headSchema = z.strictObject({
  plugfest: z.literal("1"),
  track: slugSchema.optional(),
  source: z
    .strictObject({ format: safeName(32).optional(), runner: safeText(255).optional() })
    .optional(),
  parties: partiesSchema.optional(),
  environment: textMap(64, 255, 32).optional(),
  startedAt: z.iso.datetime({ offset: true }).optional(),
  /** The file has a last line that counts its items. */
  closed: z.boolean().default(false),
});
const endSchema = z.strictObject({ end: z.strictObject({ items: z.int().min(0) }) });

type Line = { readonly number: number; readonly value: Record<string, unknown> };

type Scan = {
  sum: string;
  head: z.output<typeof headSchema> | undefined;
  items: number;
  told: number | undefined;
  startedAt: string | undefined;
};

/** Whether a text begins as items one a line: its first line is an object by itself, and no whole run. */
export function isNdjson(head: string): boolean {
  const end = head.indexOf("\n");
  const first = end < 0 ? head : head.slice(0, end);
  try {
    const value: unknown = JSON.parse(first);
    return isObject(value) && !("items" in value) && ("plugfest" in value || "outcome" in value);
  } catch {
    return false;
  }
}

/**
 * Items one a line (docs/agent.md, "Plugfest NDJSON"). Read twice: to its end, so that nothing is kept of a
 * broken file, and again to hand the items out; no more than a line is in memory.
 */
export async function readNdjson(source: Source): Promise<Reading> {
  const scan = await scanLines(source);
  const { head, items, told } = scan;
  const aborted = shortfall(head?.closed ?? false, items, told);
  return defined({
    format: head?.source?.format ?? "plugfest",
    runner: head?.source?.runner,
    files: [{ name: source.name, sha256: scan.sum }],
    track: head?.track,
    parties: head?.parties,
    environment: head?.environment,
    startedAt: head?.startedAt ?? scan.startedAt ?? source.changedAt,
    aborted,
    warnings: aborted === undefined ? [] : [aborted],
    items: () => draftsOf(source, scan.sum),
  });
}

function shortfall(isClosed: boolean, items: number, told: number | undefined) {
  if (told === undefined) {
    return isClosed
      ? "Its last line, which counts its items, is missing: it was cut off."
      : undefined;
  }
  return told === items ? undefined : `Its last line counts ${told} items, and there are ${items}.`;
}

async function scanLines(source: Source): Promise<Scan> {
  const stream = streamOf(source);
  const scan: Scan = { sum: "", head: undefined, items: 0, told: undefined, startedAt: undefined };
  const seen = new Map<string, number>();
  for await (const line of linesOf(stream.bytes)) {
    if (scan.told !== undefined)
      throw faultAt(line, "There is more after the line that ends the file.");
    if (scan.items === 0 && scan.head === undefined && "plugfest" in line.value) {
      scan.head = checked(headSchema, line);
    } else if ("end" in line.value) scan.told = checked(endSchema, line).end.items;
    else noteItem(scan, line, seen);
  }
  if (scan.items === 0 && scan.told === undefined)
    throw new FormatError("There is no item in this file.");
  scan.sum = stream.sum();
  return scan;
}

function noteItem(scan: Scan, line: Line, seen: Map<string, number>) {
  const { id, startedAt } = line.value;
  scan.items += 1;
  if (typeof startedAt === "string" && Number.isFinite(Date.parse(startedAt))) {
    const at = new Date(startedAt).toISOString();
    if (scan.startedAt === undefined || at < scan.startedAt) scan.startedAt = at;
  }
  if (typeof id !== "string") return;
  const before = seen.get(id.toLowerCase());
  if (before !== undefined) throw faultAt(line, `/id is the same as in line ${before}: ${id}`);
  seen.set(id.toLowerCase(), line.number);
}

function checked<S extends z.ZodType>(schema: S, line: Line): z.output<S> {
  const parsed = schema.safeParse(line.value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw faultAt(line, `${pointerOf(issue?.path ?? []) || "/"}: ${issue?.message ?? "invalid"}`);
}

const faultAt = ({ number }: Line, message: string) =>
  new FormatError(message, { line: number, column: 1 });

async function* draftsOf(source: Source, sum: string): AsyncGenerator<Draft> {
  const stream = streamOf(source);
  let isFirst = true;
  for await (const { value } of linesOf(stream.bytes)) {
    const isItem = !("end" in value) && !(isFirst && "plugfest" in value);
    isFirst = false;
    // What a server adds to its downloads is not said by anybody.
    const { kept: _, ...item } = value;
    if (isItem) yield item as Draft;
  }
  refuseChanged(stream, sum);
}

async function* linesOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Line> {
  let number = 0;
  // One unit more than may be, to tell a line that is too long.
  for await (const text of linesIn(bytes, LONGEST_LINE + 1)) {
    number += 1;
    yield* parsedLine(text, number);
  }
}

function* parsedLine(text: string, number: number): Generator<Line> {
  if (text.trim() === "") return;
  refuseLong(text, number);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    const [message, { column }] = describeJsonError(text);
    throw new FormatError(message.replace("The file", "The line"), { line: number, column });
  }
  if (!isObject(value)) {
    throw new FormatError("This line is no JSON object.", { line: number, column: 1 });
  }
  yield { number, value };
}

function refuseLong(text: string, number: number) {
  if (text.length <= LONGEST_LINE) return;
  throw new FormatError("This line is longer than 1 MiB; no item is.", {
    line: number,
    column: LONGEST_LINE,
  });
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
