import { describe, expect, it } from "vitest";
import * as z from "zod";
import { momentSchema, sha256Schema, slugSchema, textMap } from "@/lib/core/text";
import { itemSchema } from "@/lib/results/schema";
import { events, fixtures, tracks } from "./files";

const ANY_ID = "0197a1c3-7b1e-7000-8000-000000000000";
const runSchema = z.strictObject({
  plugfest: z.literal("1"),
  track: slugSchema,
  reporter: slugSchema,
  source: z.strictObject({
    format: z.literal("plugfest"),
    runner: z.string().min(1),
    files: z
      .array(z.strictObject({ name: z.string(), sha256: sha256Schema }))
      .min(1)
      .max(63),
  }),
  environment: textMap(64, 255, 32),
  startedAt: momentSchema,
  items: z.array(z.record(z.string(), z.unknown())).min(1).max(1000),
});

const loopback = events.find(({ event }) => event.slug === "loopback");
const entries = new Map(loopback?.entries.map((entry) => [entry.slug, entry]));
const reporters = new Set(loopback?.agents.map(({ entry }) => entry ?? "neutral"));
const runs = fixtures.flatMap(({ track, provenance, runs: found }) =>
  found.map(({ name, run }) => ({ name, folder: track, provenance, run: runSchema.parse(run) })),
);
const itemsOf = (run: z.infer<typeof runSchema>) =>
  run.items.map((item) => itemSchema.parse({ id: ANY_ID, ...item }));

describe.each(runs)("the fixture $name", ({ run, folder, provenance }) => {
  const track = tracks.find(({ slug }) => slug === run.track);
  const tests = new Map(track?.tests.map((test) => [test.key, test]));
  const items = itemsOf(run);

  it("belongs to a track that the event has, and to a reporter with an agent", () => {
    expect(run.track).toBe(folder);
    expect(loopback?.tracks.map(({ slug }) => slug)).toContain(run.track);
    expect(reporters).toContain(run.reporter);
  });

  it("names tests of the catalogue, each with a declared value of every variant", () => {
    for (const { test, variant } of items) {
      const declared = tests.get(test)?.variants;
      expect(declared, test).toBeDefined();
      expect(Object.keys(variant), test).toEqual(Object.keys(declared ?? {}).sort());
      for (const [name, value] of Object.entries(variant)) {
        expect(declared?.[name], `${test} ${name}`).toContain(value);
      }
    }
  });

  it("fills the roles that the test asks for, with entries that play them and builds they have", () => {
    for (const { test, parties = [] } of items) {
      for (const { key, min, max } of tests.get(test)?.roles ?? []) {
        const filled = parties.filter(({ role }) => role === key).length;
        expect(filled >= min && filled <= max, `${test} ${key}`).toBe(true);
      }
      for (const { role, entry, build } of parties) {
        expect(
          tests.get(test)?.roles.map(({ key }) => key),
          test,
        ).toContain(role);
        expect(entries.get(entry)?.tracks[run.track], `${test} ${entry}`).toContain(role);
        expect(
          entries.get(entry)?.builds.map(({ label }) => label),
          entry,
        ).toContain(build);
      }
    }
  });

  it("speaks for a party of every item, or is neutral", () => {
    const foreign = items.filter(
      ({ parties = [] }) => !parties.some(({ entry }) => entry === run.reporter),
    );
    expect(run.reporter === "neutral" ? [] : foreign).toEqual([]);
  });

  it("keeps messages and excerpts short, and metrics with their vantage point", () => {
    for (const { message = "", log, metrics = [] } of items) {
      expect(message.length).toBeLessThanOrEqual(300);
      expect(log?.excerpt.length ?? 0).toBeLessThanOrEqual(2000);
      expect(metrics.filter(({ vantage }) => !vantage)).toEqual([]);
    }
  });

  it("rests on files that the provenance names by the same SHA-256", () => {
    expect(provenance.files).toEqual(expect.arrayContaining(run.source.files));
  });
});

describe.each(fixtures)("the fixtures of $track", ({ track, provenance, runs: found }) => {
  it("have a provenance for their own track, and no recorded file that nothing rests on", () => {
    expect(provenance.track).toBe(track);
    const used = found.flatMap(({ run }) =>
      runSchema.parse(run).source.files.map(({ name }) => name),
    );
    expect(provenance.files.map(({ name }) => name).sort()).toEqual([...new Set(used)].sort());
  });

  it("never say the same attempt of the same exchange twice for one reporter", () => {
    for (const { name, run } of runs.filter(({ folder }) => folder === track)) {
      const keys = itemsOf(run).map(({ test, variant, parties, attempt }) =>
        JSON.stringify([test, variant, parties?.map(({ role, entry }) => [role, entry]), attempt]),
      );
      expect(new Set(keys).size, name).toBe(keys.length);
    }
  });
});
