import * as z from "zod";
import { safeName, slugSchema, textMap } from "@/lib/core/text";
import { roleKeySchema } from "@/lib/results/schema";
import type { Party } from "./formats/draft";
import { type Patterns, partyMapSchema, patternsOf, patternsSchema } from "./patterns";
import { loadYaml } from "./yaml";

const ruleSchema = z.strictObject({
  test: safeName(255).optional(),
  variant: textMap(64, 255, 16).optional(),
  parties: partyMapSchema.optional(),
});
const shortRuleSchema = safeName(255).transform((test) => ({ test }));
const namesSchema = z.strictObject({
  track: slugSchema.optional(),
  parties: partyMapSchema.optional(),
  tests: z.record(z.string(), z.union([shortRuleSchema, ruleSchema])).optional(),
  /** What the names of cases and files tell where nothing else does. */
  patterns: patternsSchema.optional(),
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
  readonly patterns: Patterns;
  readonly roleOf: (task: string) => string | undefined;
  /** All that it says, in one text: comments and order of keys mean nothing. */
  readonly digest: string;
};

/** Throws Failure (usage) with line and column, and the field where the file is YAML. */
export async function loadSidecar(path: string): Promise<Sidecar> {
  const {
    track,
    parties = [],
    tests = {},
    patterns = [],
    tasks = {},
  } = await loadYaml(path, namesSchema);
  return {
    track,
    parties,
    ruleFor: matcher(tests),
    patterns: patternsOf(path, patterns),
    roleOf: matcher(tasks),
    digest: JSON.stringify({
      track,
      parties,
      tests: Object.entries(tests),
      tasks: Object.entries(tasks),
      // Without any it is as it was before there were patterns, and so are the ids.
      ...(patterns.length > 0 ? { patterns } : {}),
    }),
  };
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
