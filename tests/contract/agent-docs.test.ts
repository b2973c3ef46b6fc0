import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { COMMANDS, FLAGS } from "@/lib/harness/commands";
import { readEnv } from "@/lib/harness/env";
import { EXIT } from "@/lib/harness/failure";
import { FORMATS } from "@/lib/harness/formats/formats";
import { EVENTS } from "@/lib/harness/output";
import { prepareRun } from "@/lib/harness/run";
import { openScratch } from "../unit/harness/scratch";
import { tracks } from "../unit/seed/files";

const docs = readFileSync(path.resolve(import.meta.dirname, "../../docs/agent.md"), "utf8");
const section = (title: string) => docs.split(`\n## ${title}\n`)[1]?.split("\n## ")[0] ?? "";
const firstCells = (text: string) =>
  [...text.matchAll(/^\| `?([^`|]+?)`? \|/gm)].map(([, cell = ""]) => cell);

describe("docs/agent.md and the agent agree", () => {
  it("on the commands and how they are called", () => {
    const told = [...section("Commands").matchAll(/^### `plugfest (.+)`$/gm)].map(
      ([, call]) => call,
    );
    expect(told.toSorted()).toEqual(
      Object.values(COMMANDS)
        .map(({ usage }): string => usage)
        .toSorted(),
    );
  });

  it("on the flags of each command", () => {
    const everywhere = ["timeout", "config", "json", "help", "version"];
    for (const [name, { flags, usage }] of Object.entries(COMMANDS)) {
      const own =
        section("Commands").split(`### \`plugfest ${usage}\``)[1]?.split("\n### ")[0] ?? "";
      const told = new Set([...own.matchAll(/`--([a-z-]+)/g)].map(([, flag]) => flag));
      const inUsage = [...usage.matchAll(/--([a-z-]+)/g)].map(([, flag]) => flag);
      for (const flag of inUsage) told.add(flag);
      const needed = flags.filter((flag) => !everywhere.includes(flag));
      const missing = needed.filter((flag) => !told.has(flag));
      expect({ name, missing }).toEqual({ name, missing: [] });
    }
  });

  it("on every flag there is, and on no other", () => {
    const told = new Set([...docs.matchAll(/(?<![\w-])--([a-z][a-z-]*)/g)].map(([, flag]) => flag));
    const others = new Set(["junit-xml", "reporter", "output", "outputFile"]);
    const unknown = [...told].filter(
      (flag) => flag !== undefined && !Object.hasOwn(FLAGS, flag) && !others.has(flag),
    );
    expect(unknown).toEqual([]);
    expect(Object.keys(FLAGS).filter((flag) => !told.has(flag))).toEqual([]);
  });

  it("on the exit codes", () => {
    const told = firstCells(section("Exit codes")).filter((cell) => /^\d+$/.test(cell));
    expect(told.map(Number)).toEqual(Object.values(EXIT));
  });

  it("on the formats", () => {
    const blocks = section("Formats").split("\n\n");
    const table = blocks.find((block) => block.startsWith("| format")) ?? "";
    const told = firstCells(table).filter((cell) => cell !== "format");
    expect(told.toSorted()).toEqual([...FORMATS].toSorted());
  });

  it("on the events of --json", () => {
    const told = firstCells(section("`--json`")).filter((cell) => cell !== "event");
    expect(told).toEqual([...EVENTS]);
  });

  it("on the variables, each of which is read", () => {
    const told = [...new Set(docs.match(/PLUGFEST_[A-Z_]+/g))].toSorted();
    const read = new Set<string>();
    readEnv(
      new Proxy({} as NodeJS.ProcessEnv, {
        get: (_, name) => {
          if (String(name).startsWith("PLUGFEST_")) read.add(String(name));
          return undefined;
        },
      }),
    );
    expect(told).toEqual([...read].toSorted());
  });

  it("on Plugfest JSON: the example is a run that can be pushed", async () => {
    const example = /```json\n(\{ "plugfest".*?)```/s.exec(docs)?.[1] ?? "";
    const reading = await openScratch().read(example, "plugfest");
    const told = {
      ...{ track: undefined, test: undefined, parties: [], nonce: "" },
      ...{ sidecar: undefined, exitCode: undefined },
    };
    const prepared = prepareRun(reading, told);
    const outcomes = [];
    for await (const one of prepared.judged()) outcomes.push("item" in one && one.item.outcome);
    expect(outcomes).toEqual(["pass", "fail"]);
  });

  it("on the recipes: one for each kind of harness, with tests and roles that the catalogue has", () => {
    const recipes = section("Recipes").split(/\n(?=\*\*)/);
    for (const kind of ["SIPssert", "SIPp", "A JUnit runner", "A shell script"]) {
      expect(recipes.filter((one) => one.startsWith(`**${kind}**`))).toHaveLength(1);
    }
    for (const recipe of recipes) {
      const track = tracks.find(({ slug }) => slug === /--track ([\w-]+)/.exec(recipe)?.[1]);
      const key = /--test ([\w-]+)/.exec(recipe)?.[1];
      const test = track?.tests.find((one) => one.key === key);
      if (key !== undefined) expect(test?.key).toBe(key);
      const known = (test ?? track)?.roles.map((role) => role.key);
      for (const [, role] of recipe.matchAll(/--party ([\w-]+)=/g)) expect(known).toContain(role);
    }
  });
});
