import { readFile } from "node:fs/promises";
import * as z from "zod";
import { pointerOf } from "@/lib/core/faults";
import { safeName, slugSchema, textMap } from "@/lib/core/text";
import { partySchema, roleKeySchema } from "@/lib/results/schema";
import { EXIT, Failure, messageOf } from "./failure";
import type { Party } from "./formats/draft";
import { partyOf } from "./formats/in-band";

const partiesSchema = z
  .record(roleKeySchema, safeName(200))
  .transform((map): Party[] => Object.entries(map).map(([role, value]) => partyOf(role, value)))
  .pipe(z.array(partySchema));
const ruleSchema = z.strictObject({
  test: safeName(255).optional(),
  variant: textMap(64, 255, 16).optional(),
  parties: partiesSchema.optional(),
});
const shortRuleSchema = safeName(255).transform((test) => ({ test }));
const namesSchema = z.strictObject({
  track: slugSchema.optional(),
  parties: partiesSchema.optional(),
  tests: z.record(z.string(), z.union([shortRuleSchema, ruleSchema])).optional(),
  /** SIPssert: which role a task plays. */
  tasks: z.record(z.string(), roleKeySchema).optional(),
});
type Rule = z.output<typeof ruleSchema>;

/** What a sidecar file says of the names in reports: docs/agent.md, "interop.yaml". */
export type Sidecar = {
  readonly track: string | undefined;
  readonly parties: readonly Party[];
  /** The rule for a raw test name: its own, else the first pattern that fits. */
  readonly ruleFor: (test: string) => Rule | undefined;
  readonly roleOf: (task: string) => string | undefined;
  /** All that it says, in one text: comments and order of keys mean nothing. */
  readonly digest: string;
};

/** Throws Failure (usage) with line and column where the file is no YAML, else with the field. */
export async function loadSidecar(path: string): Promise<Sidecar> {
  const value = await parseYaml(path, await readText(path));
  const parsed = namesSchema.safeParse(value ?? {});
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const at = pointerOf(issue?.path ?? []) || "/";
    throw new Failure(EXIT.usage, `${path}: ${at}: ${issue?.message ?? "not understood"}`);
  }
  const { track, parties = [], tests = {}, tasks = {} } = parsed.data;
  return {
    track,
    parties,
    ruleFor: matcher(tests),
    roleOf: matcher(tasks),
    digest: JSON.stringify({
      track,
      parties,
      tests: Object.entries(tests),
      tasks: Object.entries(tasks),
    }),
  };
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    throw new Failure(EXIT.usage, `Cannot read ${path}: ${messageOf(error)}`);
  }
}

async function parseYaml(path: string, text: string): Promise<unknown> {
  // Loaded only here: most pushes have no sidecar.
  const { parseDocument } = await import("yaml");
  const document = parseDocument(text, { prettyErrors: true });
  const [error] = document.errors;
  if (error) {
    const [place] = error.linePos ?? [];
    const at = place ? `:${place.line}:${place.col}` : "";
    throw new Failure(EXIT.usage, `${path}${at}: ${error.message.split(" at line", 1)[0]}`);
  }
  try {
    return document.toJS() as unknown;
  } catch (reason) {
    // Aliases without end.
    throw new Failure(EXIT.usage, `${path}: ${messageOf(reason)}`);
  }
}

/** By the exact name first, then by the first pattern, in which `*` stands for any characters. */
function matcher<T>(rules: Readonly<Record<string, T>>): (name: string) => T | undefined {
  const patterns = Object.entries(rules)
    .filter(([pattern]) => pattern.includes("*"))
    .map(([pattern, rule]) => ({ pattern: globOf(pattern), rule }));
  return (name) =>
    Object.hasOwn(rules, name)
      ? rules[name]
      : patterns.find(({ pattern }) => pattern.test(name))?.rule;
}

const globOf = (pattern: string) =>
  new RegExp(
    `^${pattern
      .split("*")
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
      .join(".*")}$`,
    "s",
  );
