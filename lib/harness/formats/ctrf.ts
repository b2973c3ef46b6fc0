import * as z from "zod";
import { pointerOf } from "@/lib/core/faults";
import { slugSchema } from "@/lib/core/text";
import type { Outcome } from "@/lib/results/schema";
import { FormatError } from "../failure";
import {
  type Draft,
  defined,
  logFrom,
  longName,
  messageFrom,
  type Reading,
  shortText,
} from "./draft";
import { labelsFrom, testCalled, wholeItem } from "./in-band";
import { elementsIn, readAroundList } from "./json-list";
import { isMoment } from "./moment";
import { Names, type Owned } from "./names";
import type { Source } from "./source";

const OUTCOME_OF = {
  passed: "pass",
  failed: "fail",
  skipped: "skipped",
  pending: "skipped",
  other: "inconclusive",
} as const satisfies Record<string, Outcome>;
const statusSchema = z.enum(Object.keys(OUTCOME_OF) as (keyof typeof OUTCOME_OF)[]);

// Loose on purpose: reports from before 1.0 lack reportFormat, and have `suite` as a text.
const texts = z.union([z.array(z.string()), z.string().transform((text) => [text])]).catch([]);
const momentSchema = z.number().optional().catch(undefined);
const attemptSchema = z.looseObject({
  status: statusSchema.catch("other"),
  duration: z.number().min(0).optional().catch(undefined),
  start: momentSchema,
  message: z.string().optional().catch(undefined),
  trace: z.string().optional().catch(undefined),
  rawStatus: z.string().optional().catch(undefined),
  stdout: texts.default([]),
  stderr: texts.default([]),
});
/** What we read of `extra`, under names as in our own properties. Each item is judged by itself later. */
const extraSchema = z.object({
  plugfest: z.object({
    parties: z.unknown().optional(),
    variant: z.unknown().optional(),
    exchange: z.unknown().optional(),
    test: z.unknown().optional(),
    /** Our own downloads: the item as it was pushed. */
    item: z.unknown().optional(),
  }),
});
const testSchema = attemptSchema.extend({
  name: z.string(),
  suite: texts.default([]),
  retryAttempts: z.array(attemptSchema).default([]),
  labels: z.record(z.string(), z.unknown()).optional().catch(undefined),
  extra: z.unknown().optional(),
});
const ownSchema = z.object({ plugfest: z.object({ track: slugSchema }) });
const reportSchema = z.looseObject({
  extra: ownSchema.optional().catch(undefined),
  results: z.looseObject({
    tool: z.looseObject({ name: z.string(), version: z.string().optional() }),
    summary: z.looseObject({ start: momentSchema }).optional().catch(undefined),
    /** Read one by one. */
    tests: z.array(z.unknown()),
    environment: z.record(z.string(), z.unknown()).optional().catch(undefined),
  }),
});
type Attempt = z.infer<typeof attemptSchema>;
type Test = z.infer<typeof testSchema>;

const ENVIRONMENT_KEYS = 32;
const TESTS = ["results", "tests"] as const;

/** Read twice like a JUnit report; no more than a test is in memory. */
export async function readCtrf(source: Source): Promise<Reading> {
  const names = new Names();
  let first: Test | undefined;
  const { frame, sum } = await readAroundList(source, TESTS, (element, at) => {
    const test = parsed(testSchema, element, [...TESTS, at]);
    first ??= test;
    names.note(ownedName(test));
  });
  const { results, extra } = parsed(reportSchema, frame, []);
  const { tool, summary, environment } = results;
  const startedAt = momentOf(summary?.start) ?? momentOf(first?.start) ?? source.changedAt;
  return defined({
    format: "ctrf",
    runner: shortText([tool.name, tool.version].filter(Boolean).join(" ")),
    files: [{ name: source.name, sha256: sum }],
    track: extra?.plugfest.track,
    environment: environmentFrom(environment),
    startedAt,
    warnings: [],
    items: () => draftsOf(source, { sum, names, startedAt }),
  });
}

function parsed<S extends z.ZodType>(
  schema: S,
  value: unknown,
  path: readonly PropertyKey[],
): z.output<S> {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const at = pointerOf([...path, ...(issue?.path ?? [])]) || "/";
  throw new FormatError(`Not a CTRF report: ${at}: ${issue?.message ?? "invalid"}`);
}

const ownedName = ({ name, suite }: Test): Owned => ({ name, owner: suite.join(" > ") });

type Scan = { readonly sum: string; readonly names: Names; readonly startedAt: string };

async function* draftsOf(source: Source, { sum, names, startedAt }: Scan): AsyncGenerator<Draft> {
  for await (const element of elementsIn(source, TESTS, sum)) {
    const test = testSchema.parse(element);
    yield* attemptsOf(test, names.of(ownedName(test)), startedAt);
  }
}

/** Earlier attempts first, then the test as it ended. */
function attemptsOf(test: Test, name: string, begun: string): Draft[] {
  const { item, ...own } = extraSchema.safeParse(test.extra).data?.plugfest ?? {};
  const whole = wholeItem(item);
  if (whole) return [whole];
  const base = {
    ...defined(own as Partial<Draft>),
    ...testCalled(longName(name), own as Partial<Draft>),
    ...labelsOf(test),
  };
  return [...test.retryAttempts, test].map((attempt) =>
    defined({
      ...base,
      startedAt: momentOf(attempt.start ?? test.start) ?? begun,
      ...said(attempt),
    }),
  );
}

const said = (attempt: Attempt) => ({
  outcome: OUTCOME_OF[attempt.status],
  rawStatus: shortText(attempt.rawStatus ?? attempt.status),
  durationMs: attempt.duration,
  message: messageFrom(attempt.message),
  log: logFrom([
    { text: attempt.trace ?? "", keep: "head" as const },
    { title: "stdout", text: attempt.stdout.join("\n"), keep: "tail" as const },
    { title: "stderr", text: attempt.stderr.join("\n"), keep: "tail" as const },
  ]),
});

function labelsOf({ labels }: Test) {
  const entries = Object.entries(labels ?? {}).filter((entry) => isPlain(entry) && entry[0] !== "");
  return entries.length > 0 ? { labels: labelsFrom(entries.map(([k, v]) => [k, String(v)])) } : {};
}

const isPlain = ([, value]: readonly [string, unknown]) =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean";

function environmentFrom(environment: Readonly<Record<string, unknown>> | undefined) {
  const entries = Object.entries(environment ?? {})
    .filter((entry) => isPlain(entry) && entry[0] !== "")
    .slice(0, ENVIRONMENT_KEYS);
  return Object.fromEntries(
    entries.map(([key, value]) => [shortText(key, 64), shortText(String(value))]),
  );
}

/** Milliseconds since 1970; some tools write seconds. */
function momentOf(at: number | undefined): string | undefined {
  if (at === undefined || at <= 0) return undefined;
  const ms = Math.round(at < 1e11 ? at * 1000 : at);
  return isMoment(ms) ? new Date(ms).toISOString() : undefined;
}
