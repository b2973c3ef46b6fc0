import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FormatError } from "@/lib/harness/failure";
import { FORMATS, type Format } from "@/lib/harness/formats/formats";
import { itemMaker } from "@/lib/harness/items";
import { damagedFiles } from "@/tests/factories/damaged";
import { openScratch } from "./scratch";

const scratch = openScratch();

const damaged = damagedFiles();
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
