import { describe, expect, it } from "vitest";
import { parseMoment, parseSeconds } from "@/lib/harness/formats/moment";

describe("a moment", () => {
  it.each([
    ["2026-11-22T20:00:00Z", "2026-11-22T20:00:00.000Z"],
    ["2026-11-22T20:00:00", "2026-11-22T20:00:00.000Z"],
    ["2026-11-22 20:00:00.25", "2026-11-22T20:00:00.250Z"],
    ["2026-11-22T20:00:00,5+0200", "2026-11-22T18:00:00.500Z"],
    ["2026-11-22T20:00", "2026-11-22T20:00:00.000Z"],
  ])("%s is read", (text, expected) => {
    expect(new Date(parseMoment(text) ?? 0).toISOString()).toBe(expected);
  });

  it.each(["", "yesterday", "22 Nov 2026", "2026-13-45T99:00:00Z", "1969-12-31T00:00:00Z"])(
    "'%s' is none",
    (text) => expect(parseMoment(text)).toBeUndefined(),
  );
});

describe("seconds become milliseconds", () => {
  it.each([
    ["12.5", 12_500],
    ["1,234.5", 1_234_500],
    ["1,234", 1_234_000],
    ["0,5", 500],
    ["0.000614409", 0.614],
    ["1e-3", 1],
    [".5", 500],
    ["0", 0],
  ])("%s", (text, expected) => expect(parseSeconds(text)).toBe(expected));

  it.each(["", "NaN", "-1", "1:30", "12.5s", "1e300", "Infinity"])("'%s' is none", (text) =>
    expect(parseSeconds(text)).toBeUndefined(),
  );
});
