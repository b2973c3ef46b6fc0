import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { attachmentNamed, overLimit, previewOf, spanAsked } from "@/lib/evidence/rules";
import { FILE_BYTES, RUN_BYTES } from "@/lib/evidence/schema";

describe("a range of bytes", () => {
  it.each([
    ["bytes=0-9", { start: 0, end: 9 }],
    ["bytes=90-", { start: 90, end: 99 }],
    ["bytes=-10", { start: 90, end: 99 }],
    ["bytes=-1000", { start: 0, end: 99 }],
    ["bytes=90-1000", { start: 90, end: 99 }],
    ["bytes=100-", "unsatisfiable"],
    ["bytes=-0", "unsatisfiable"],
    ["bytes=9-0", null],
    ["bytes=0-1,5-6", null],
    ["lines=0-1", null],
    ["bytes=-", null],
    [null, null],
  ])("%s of a hundred", (header, span) => {
    expect(spanAsked(header, 100)).toEqual(span);
  });

  it("always lies within the file", () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.integer({ min: 1, max: 1e9 }), (from, to, size) => {
        const span = spanAsked(`bytes=${from}-${to}`, size);
        if (span === null || span === "unsatisfiable") return;
        expect(0 <= span.start && span.start <= span.end && span.end < size).toBe(true);
      }),
    );
  });
});

describe("the name of an attachment", () => {
  it("says the same to old and new readers, and leaves no folder in it", () => {
    expect(attachmentNamed("../../etc/a b.pcap")).toBe(
      `attachment; filename="a b.pcap"; filename*=UTF-8''a%20b.pcap`,
    );
  });

  it("has no way out of its quotes, whatever it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 1 }), (name) => {
        expect(attachmentNamed(name.toWellFormed())).toMatch(
          /^attachment; filename="[\w.+ -]+"; filename\*=UTF-8''[\w.!~%-]+$/,
        );
      }),
    );
  });
});

it("a file and a run have their limits, which the refusal names", () => {
  expect(overLimit(FILE_BYTES, 0)).toBe(null);
  expect(overLimit(FILE_BYTES + 1, 0)).toContain("at most 64 MiB a file");
  expect(overLimit(FILE_BYTES, RUN_BYTES - FILE_BYTES)).toBe(null);
  expect(overLimit(1, RUN_BYTES)).toContain("at most 512 MiB a run");
});

describe("a preview", () => {
  it("has the text's lines, however they end", () => {
    expect(previewOf("\ufeffa\r\nb\rc\n\nd\n", { part: 1, isWhole: true })).toEqual({
      ...{ first: 1, part: 1, parts: 1, isCut: false },
      lines: ["a", "b", "c", "", "d"],
    });
  });

  it("comes in parts, each of which knows what stands before it", () => {
    const key = "-----BEGIN PRIVATE KEY-----\n";
    const text = `${"x\n".repeat(4999)}${key}${"MIGH\n".repeat(5000)}`;
    const second = previewOf(text, { part: 2, isWhole: false });
    expect(second).toMatchObject({ first: 5001, part: 2, parts: 2, isCut: true });
    expect(new Set(second.lines)).toEqual(new Set(["•••"]));
    expect(previewOf(text, { part: 9, isWhole: false })).toEqual(second);
    expect(previewOf("", { part: 1, isWhole: true })).toMatchObject({ lines: [], parts: 1 });
  });
});
