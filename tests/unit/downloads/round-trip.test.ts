import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CTRF, JUNIT, NDJSON, type Writer, written } from "@/lib/downloads/rules";
import type { Told } from "@/lib/downloads/schema";
import { itemMaker } from "@/lib/harness/items";
import { type ItemInput, itemSchema, OUTCOMES } from "@/lib/results/schema";
import { openScratch } from "@/tests/unit/harness/scratch";

const scratch = openScratch();

/** Any text that an item may hold, the odd ones on purpose: XML cannot write most of these. */
const text = fc
  .oneof(
    fc.string({ unit: "grapheme", maxLength: 40 }),
    fc.string({
      unit: fc.constantFrom(
        "\u0001",
        "\u001b",
        "\t",
        "\n",
        "\r",
        "]]>",
        "<",
        "&",
        '"',
        "'",
        "\u0085",
        "\u2028",
        "\ufffe",
        "\u{1f4de}",
        " ",
        "[[ATTACHMENT|/etc/passwd]]",
      ),
      maxLength: 12,
    }),
  )
  .map((said) => said.replaceAll("\u0000", "").toWellFormed());
const name = text.map((said) => `n${said}`.slice(0, 30).toWellFormed());
const slug = fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/);
const map = fc.dictionary(name, text, { maxKeys: 4 });
const optional = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined });
const moment = fc
  .date({ min: new Date("1970-01-02"), max: new Date("9998-01-01"), noInvalidDate: true })
  .map((at) => at.toISOString());
const sha256 = fc.stringMatching(/^[0-9a-f]{64}$/);

const item = fc
  .record({
    id: fc.uuid(),
    test: name,
    variant: map,
    attempt: fc.integer({ min: 1, max: 9 }),
    parties: fc.array(
      fc.record({ role: slug, entry: slug, build: optional(name), observed: optional(text) }),
      { minLength: 1, maxLength: 3 },
    ),
    outcome: fc.constantFrom(...OUTCOMES),
    rawStatus: optional(text),
    startedAt: moment,
    durationMs: optional(fc.double({ min: 0, max: 1e9, noNaN: true })),
    message: optional(text),
    log: optional(fc.record({ excerpt: text, truncated: fc.boolean() })),
    metrics: optional(
      fc.array(
        fc.record({ name, value: fc.double({ noNaN: true, noDefaultInfinity: true }), unit: name }),
        { maxLength: 2 },
      ),
    ),
    labels: optional(map),
    evidence: optional(fc.array(fc.record({ sha256, kind: name, name }), { maxLength: 2 })),
    exchange: optional(name),
    supersedes: optional(fc.uuid()),
    isVoid: fc.boolean(),
  })
  .map(
    ({ isVoid, ...said }): ItemInput =>
      itemSchema.parse(
        JSON.parse(
          JSON.stringify({
            ...said,
            unsupportedBy: said.outcome === "unsupported" ? ["as"] : [],
            void: isVoid && said.supersedes !== undefined,
          }),
        ),
      ),
  );

const kept: Told["kept"] = {
  run: "0197a1c3-7b1e-7000-8000-00000000000a",
  reporter: "opensips",
  origin: "agent",
  testVersion: 1,
  receivedAt: "2026-11-22T20:00:00.000Z",
  late: false,
  backfilled: false,
  superseded: false,
};
const HEAD = {
  event: "opensipit-03",
  track: "stir-shaken",
  generatedAt: "2026-11-23T08:00:00.000Z",
};

async function fileOf(writer: Writer, items: readonly ItemInput[]): Promise<string> {
  async function* pages() {
    for (const one of items) yield [{ item: one, kept }];
  }
  let file = "";
  for await (const piece of written(writer, HEAD, pages())) file += piece;
  return file;
}

async function readBack(file: string) {
  const reading = await scratch.read(file);
  const make = itemMaker({ root: "root", test: undefined, parties: [], defaults: [] });
  const items: unknown[] = [];
  for await (const draft of reading.items()) {
    const judged = make(draft);
    items.push("item" in judged ? judged.item : judged.problem);
  }
  return { reading, items };
}

describe.each([
  ["NDJSON", NDJSON, "plugfest"],
  ["CTRF", CTRF, "ctrf"],
  ["JUnit", JUNIT, "junit"],
] as const)("a download as %s", (_, writer, format) => {
  it("reads back to the same items, with its track, its format found by itself", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(item, { minLength: 1, maxLength: 6, selector: ({ id }) => id }),
        async (items) => {
          const { reading, items: back } = await readBack(await fileOf(writer, items));
          expect(back).toEqual(items);
          expect(reading).toMatchObject({ format, track: "stir-shaken", warnings: [] });
          expect(reading.aborted).toBeUndefined();
        },
      ),
      { numRuns: 150 },
    );
  });
});

it("a download that was cut off is refused, or told as aborted, wherever it was cut", async () => {
  const items = fc.sample(item, { numRuns: 4, seed: 7 });
  for (const writer of [NDJSON, CTRF, JUNIT]) {
    const file = (await fileOf(writer, items)).trimEnd();
    for (let part = 1; part < 40; part += 1) {
      const cut = file.slice(0, Math.floor((file.length * part) / 40));
      const told = await readBack(cut).then(
        ({ reading }) => reading.aborted ?? "whole",
        (error: Error) => error.name,
      );
      expect(told).not.toBe("whole");
    }
  }
});

it("tells other tools the outcome in their words", async () => {
  const [one] = fc.sample(item, { numRuns: 1, seed: 1 });
  if (!one) throw new Error("no sample");
  const timeout = {
    ...one,
    test: "SS-07",
    outcome: "timeout" as const,
    unsupportedBy: [],
    message: "no answer",
    durationMs: 5012,
  };
  const report = JSON.parse(await fileOf(CTRF, [timeout])) as {
    results: { summary: object; tests: object[] };
  };
  expect(report.results.summary).toMatchObject({ tests: 1, failed: 1, passed: 0 });
  expect(report.results.tests[0]).toMatchObject({
    name: "SS-07",
    status: "failed",
    duration: 5012,
  });
  expect(await fileOf(JUNIT, [timeout])).toContain('<failure type="timeout" message="no answer"/>');
});
