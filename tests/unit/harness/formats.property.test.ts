import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FormatError } from "@/lib/harness/failure";
import { FORMATS, type Format } from "@/lib/harness/formats/formats";
import { itemMaker } from "@/lib/harness/items";
import { fixturePath } from "./golden";
import { openScratch } from "./scratch";

const scratch = openScratch();

const samples = FORMATS.flatMap((format) =>
  readdirSync(fixturePath(format), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(xml|tap|json|csv|log|txt)$/.test(name) && !/expected\.json$/.test(name))
    .map((name) => readFileSync(`${fixturePath(format)}/${name}`)),
);

/** A real file with a piece cut out, doubled, or overwritten by noise. */
const damaged = fc
  .record({
    sample: fc.constantFrom(...samples),
    from: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.nat(200),
    noise: fc.uint8Array({ maxLength: 40 }),
  })
  .map(({ sample, from, length, noise }) => {
    const at = Math.floor(from * sample.length);
    return Buffer.concat([sample.subarray(0, at), noise, sample.subarray(at + length)]);
  });
const anything = fc.oneof(fc.uint8Array({ maxLength: 400 }), damaged);
const format = fc.constantFrom<(Format | "auto")[]>("auto", ...FORMATS);

/** The items of a file as they would be pushed, or the FormatError. Anything else that is thrown fails. */
async function judge(content: Uint8Array, as: Format | "auto") {
  try {
    const make = itemMaker({ root: "root", test: undefined, parties: [], defaults: [] });
    return (await scratch.drafts(content, as)).map(make);
  } catch (error) {
    if (error instanceof FormatError) return `${error.in("file")}`;
    throw error;
  }
}

describe("whatever is in a file", () => {
  it("a reader throws nothing but FormatError, and an item is good or refused by name", async () => {
    await fc.assert(
      fc.asyncProperty(anything, format, async (content, as) => {
        const judged = await judge(content, as);
        if (typeof judged === "string") return;
        for (const one of judged) expect("item" in one || one.problem.detail !== "").toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it("the same bytes give the same items with the same ids", async () => {
    await fc.assert(
      fc.asyncProperty(anything, format, async (content, as) => {
        expect(await judge(content, as)).toEqual(await judge(content, as));
      }),
      { numRuns: 100 },
    );
  });
});
