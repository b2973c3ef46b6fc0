import { describe, expect, it } from "vitest";
import { clockWords, mayLookAfter } from "@/lib/agents/rules";

describe("who looks after an agent", () => {
  it.each([
    ["an organizer, all", true, [], "e", true],
    ["an organizer, neutral ones", true, [], null, true],
    ["a member, their own", false, ["e"], "e", true],
    ["a member, not another's", false, ["f"], "e", false],
    ["a member, no neutral one", false, ["e"], null, false],
  ] as const)("%s", (_, isOrganizer, own, entryId, may) => {
    expect(mayLookAfter({ isOrganizer, own: new Set<string>(own) }, entryId)).toBe(may);
  });
});

describe("a clock", () => {
  it.each([
    [999, "right to the second"],
    [-999, "right to the second"],
    [1500, "1.5 s ahead"],
    [-42_000, "42 s behind"],
    [600_000, "10 min ahead"],
  ])("%d ms off is told as %s", (skewMs, words) => {
    expect(clockWords(skewMs)).toBe(words);
  });
});
