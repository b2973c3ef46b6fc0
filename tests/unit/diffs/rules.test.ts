import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { differenceOf, renamingOf } from "@/lib/diffs/rules";
import { OUTCOMES } from "@/lib/results/schema";

const said = fc.option(
  fc.record({
    state: fc.constantFrom("reported", "confirmed", "disputed", "settled"),
    outcome: fc.constantFrom(...OUTCOMES, null),
  }),
);
const TURNED = {
  fixed: "regressed",
  regressed: "fixed",
  new: "gone",
  gone: "new",
  changed: "changed",
  same: "same",
} as const;

describe("how a cell differs", () => {
  it("turned round, fixed is regressed and new is gone, and nothing else moves", () => {
    fc.assert(
      fc.property(said, said, (a, b) => {
        expect(differenceOf(b, a)).toBe(TURNED[differenceOf(a, b)]);
      }),
    );
  });

  it("from itself in nothing", () => {
    fc.assert(fc.property(said, (a) => differenceOf(a, a) === "same"));
  });

  it("a disputed pass is not fixed, it has changed", () => {
    const failed = { state: "confirmed", outcome: "fail" } as const;
    expect(differenceOf(failed, { state: "disputed", outcome: "pass" })).toBe("changed");
    expect(differenceOf(failed, { state: "confirmed", outcome: "degraded" })).toBe("fixed");
  });
});

describe("another edition's names", () => {
  it("an entry is matched by its project, a test by its lineage", () => {
    const { entries, tests } = renamingOf(
      { entries: [{ slug: "old", project: "p" }], tests: [{ key: "A-1", lineage: "l" }] },
      { entries: [{ slug: "new", project: "p" }], tests: [{ key: "B-1", lineage: "l" }] },
    );
    expect([entries.get("old"), tests.get("A-1")]).toEqual(["new", "B-1"]);
  });

  it("a project that entered twice is matched by name only", () => {
    const { entries } = renamingOf(
      { entries: [{ slug: "old", project: "p" }], tests: [] },
      { entries: ["x", "y"].map((slug) => ({ slug, project: "p" })), tests: [] },
    );
    expect(entries.get("old")).toBe("old of another edition");
  });
});
