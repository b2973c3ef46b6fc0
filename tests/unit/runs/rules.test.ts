import { describe, expect, it } from "vitest";
import { isTruncated, plannedItems } from "@/lib/runs/rules";

const now = new Date("2026-11-22T20:00:00Z");
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
const run = (over: Partial<Parameters<typeof isTruncated>[0]>) =>
  isTruncated({ planned: 10, accepted: 9, state: "open", lastAt: minutesAgo(1), ...over }, now);

describe("a run", () => {
  it("is truncated when it ended with fewer than planned", () => {
    expect(run({ state: "complete" })).toBe(true);
    expect(run({ state: "aborted" })).toBe(true);
    expect(run({ state: "complete", accepted: 10 })).toBe(false);
  });

  it("is truncated when it has been silent for more than half an hour", () => {
    expect(run({ lastAt: minutesAgo(29) })).toBe(false);
    expect(run({ lastAt: minutesAgo(31) })).toBe(true);
  });

  it("without a plan is never truncated", () => {
    expect(run({ planned: null, accepted: 0, state: "aborted" })).toBe(false);
  });

  it("has planned what it told, or a result for each test it named", () => {
    expect(plannedItems(undefined)).toBeNull();
    expect(plannedItems({ tests: [] })).toBeNull();
    expect(plannedItems({ tests: ["a", "b"] })).toBe(2);
    expect(plannedItems({ items: 0, tests: ["a"] })).toBe(0);
  });
});
