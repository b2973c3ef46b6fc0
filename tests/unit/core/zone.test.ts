import { describe, expect, it } from "vitest";
import { momentIn } from "@/lib/core/zone";

describe("a time of a clock somewhere", () => {
  it("is a moment, on either side of a change of the clocks", () => {
    expect(momentIn("UTC", "2026-11-21T11:59")).toBe("2026-11-21T11:59:00.000Z");
    expect(momentIn("Europe/Berlin", "2026-11-21T11:59")).toBe("2026-11-21T10:59:00.000Z");
    expect(momentIn("Europe/Berlin", "2026-07-21T11:59")).toBe("2026-07-21T09:59:00.000Z");
    expect(momentIn("Europe/Berlin", "2026-10-25T01:30")).toBe("2026-10-24T23:30:00.000Z");
    expect(momentIn("Europe/Berlin", "2026-10-25T04:30")).toBe("2026-10-25T03:30:00.000Z");
    expect(momentIn("America/New_York", "2026-03-08T08:30")).toBe("2026-03-08T12:30:00.000Z");
    expect(momentIn("Asia/Kathmandu", "2026-01-01T00:00")).toBe("2025-12-31T18:15:00.000Z");
  });

  it("that is none stays as it was typed, for the schema to refuse", () => {
    expect(momentIn("UTC", "yesterday")).toBe("yesterday");
    expect(momentIn("UTC", "")).toBe("");
  });
});
