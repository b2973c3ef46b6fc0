import { describe, expect, it } from "vitest";
import { dayOf, endOfDay, refusalToMove, startOfDay } from "@/lib/events/rules";
import { PHASES } from "@/lib/events/schema";

describe("an event's phase", () => {
  const free = { entries: 0, hasResults: false };
  const moves = (holdings: { entries: number; hasResults: boolean }) =>
    PHASES.flatMap((from) =>
      PHASES.filter((to) => refusalToMove(from, to, holdings) === null).map(
        (to) => `${from} > ${to}`,
      ),
    );

  it("goes one step on, and back where that does no harm", () => {
    expect(moves(free)).toEqual([
      "draft > registration",
      "registration > draft",
      "registration > testing",
      "testing > registration",
      "testing > review",
      "review > testing",
    ]);
    expect(moves({ entries: 2, hasResults: true })).toEqual([
      "draft > registration",
      "registration > testing",
      "testing > review",
      "review > testing",
    ]);
  });

  it("is told why it does not move", () => {
    expect(refusalToMove("published", "review", free)).toContain("never goes back");
    expect(refusalToMove("review", "published", free)).toContain("with its summary");
    expect(refusalToMove("registration", "draft", { entries: 1, hasResults: false })).toContain(
      "A project has entered",
    );
    expect(refusalToMove("testing", "registration", { entries: 1, hasResults: true })).toContain(
      "results already",
    );
    expect(refusalToMove("draft", "review", free)).toContain("one step at a time");
  });
});

describe("a day in a zone", () => {
  it.each([
    ["UTC", "2026-11-20", "2026-11-20T00:00:00.000Z", "2026-11-20T23:59:00.000Z"],
    ["Asia/Kathmandu", "2026-11-20", "2026-11-19T18:15:00.000Z", "2026-11-20T18:14:00.000Z"],
    // Clocks go back in the night to the 25th and forward in that to the 29th.
    ["Europe/Bucharest", "2026-10-25", "2026-10-24T21:00:00.000Z", "2026-10-25T21:59:00.000Z"],
    ["Europe/Bucharest", "2026-03-29", "2026-03-28T22:00:00.000Z", "2026-03-29T20:59:00.000Z"],
  ])("of %s begins and ends there: %s", (zone, day, start, end) => {
    expect(startOfDay(day, zone).toISOString()).toBe(start);
    expect(endOfDay(day, zone).toISOString()).toBe(end);
    expect([dayOf(start, zone), dayOf(end, zone)]).toEqual([day, day]);
  });
});
