import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cleanDeep, cut, headBytes, tailBytes } from "@/lib/harness/clean";
import type { Draft } from "@/lib/harness/formats/draft";
import { uuidOf } from "@/lib/harness/identity";
import { itemMaker, type Meaning } from "@/lib/harness/items";
import { parseParty } from "@/lib/harness/parties";

const DRAFT: Draft = { test: "SS-01", outcome: "pass", startedAt: "2026-11-22T20:00:00Z" };
const MEANING: Meaning = { root: "root", test: undefined, parties: [], defaults: [] };
const UUID_V8 = /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

function only(draft: Draft, meaning = MEANING) {
  const judged = itemMaker(meaning)(draft);
  if ("problem" in judged) throw new Error(judged.problem.detail);
  return judged.item;
}

describe("an item's id", () => {
  it("is a UUIDv8 that grows from the root and the occurrence alone", () => {
    const make = itemMaker(MEANING);
    const ids = [DRAFT, DRAFT, { ...DRAFT, message: "other" }].map((draft) => {
      const judged = make(draft);
      return "item" in judged ? judged.item.id : "";
    });
    expect(new Set(ids).size).toBe(3);
    for (const id of ids) expect(id).toMatch(UUID_V8);
    expect(only(DRAFT).id).toBe(ids[0]);
    expect(only({ ...DRAFT, message: "other" }).id).toBe(ids[0]);
    expect(only(DRAFT, { ...MEANING, root: "another" }).id).not.toBe(ids[0]);
  });

  it("is the file's own where it gives one, in lower case", () => {
    const id = "0197A1C3-7B1E-7000-8000-000000000001";
    expect(only({ ...DRAFT, id }).id).toBe(id.toLowerCase());
  });

  it("does not run two parts together", () => {
    expect(uuidOf("a", "bc")).not.toBe(uuidOf("ab", "c"));
  });
});

describe("the flags", () => {
  it("rename the test and keep its own name as a label", () => {
    const { test, labels } = only(DRAFT, { ...MEANING, test: "SS-07" });
    expect({ test, labels }).toEqual({ test: "SS-07", labels: { name: "SS-01" } });
  });

  it("replace the parties of the roles that they name, and no others", () => {
    const parties = [
      { role: "as", entry: "opensips", build: "3.6.1" },
      { role: "vs", entry: "kamailio" },
    ];
    const meaning = { ...MEANING, parties: [parseParty("vs=asterisk@22")] };
    expect(only({ ...DRAFT, parties }, meaning).parties).toEqual([
      { role: "as", entry: "opensips", build: "3.6.1" },
      { role: "vs", entry: "asterisk", build: "22" },
    ]);
    // Without parties of its own an item has the run's, which hold the flags already.
    expect(only(DRAFT, meaning).parties).toBeUndefined();
  });

  it.each(["as", "=x", "as=", "AS=opensips", "as=Open Sips", "as=@3"])(
    "refuse '%s' as a party and show how one looks",
    (flag) => {
      expect(() => parseParty(flag)).toThrow("is not ROLE=ENTRY or ROLE=ENTRY@BUILD");
    },
  );
});

it("one test reported again by the same parties is the next attempt", () => {
  const make = itemMaker(MEANING);
  const attempts = [
    DRAFT,
    DRAFT,
    { ...DRAFT, test: "SS-02" },
    { ...DRAFT, variant: { alg: "ES256" } },
    DRAFT,
  ].map((draft) => {
    const judged = make(draft);
    return "item" in judged ? judged.item.attempt : 0;
  });
  expect(attempts).toEqual([1, 2, 1, 1, 3]);
});

it("NUL and lone surrogates become U+FFFD, in keys too, and the item says so", () => {
  const item = only({
    ...DRAFT,
    message: "a\u0000b\ud800c",
    variant: { "k\udc00": "v\u0000" },
    log: { excerpt: "\u0000" },
  });
  expect(item).toMatchObject({
    message: "a\ufffdb\ufffdc",
    variant: { "k\ufffd": "v\ufffd" },
    log: { excerpt: "\ufffd" },
    labels: { sanitized: "true" },
  });
  expect(only(DRAFT).labels).toBeUndefined();
});

it("an excerpt is cut to 16,384 bytes between two characters", () => {
  const { log } = only({ ...DRAFT, log: { excerpt: `${"a".repeat(16_383)}ü` } });
  expect(log).toEqual({ excerpt: "a".repeat(16_383), truncated: true });
});

it("an item that breaks the contract is refused by name, with its pointer", () => {
  const judged = itemMaker(MEANING)({ ...DRAFT, outcome: "unsupported" });
  expect(judged).toMatchObject({
    problem: { code: "unsupported_by_missing", pointer: "/unsupportedBy" },
  });
});

it("cutting never leaves half a character, and never more than was asked for", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.integer({ min: 1, max: 40 }), (text, max) => {
      expect(Buffer.byteLength(headBytes(text, max))).toBeLessThanOrEqual(max);
      expect(Buffer.byteLength(tailBytes(text, max))).toBeLessThanOrEqual(max);
      expect(text.startsWith(headBytes(text, max))).toBe(true);
      expect(text.endsWith(tailBytes(text, max))).toBe(true);
      expect(cut(text, max).length).toBeLessThanOrEqual(max);
      expect(cut(text, max).isWellFormed()).toBe(true);
    }),
  );
});

it("cleaning is idempotent and leaves nothing that Postgres refuses", () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
      const once = cleanDeep(value);
      expect(cleanDeep(once.value)).toEqual({ value: once.value, isChanged: false });
      expect(JSON.stringify(once.value)).not.toMatch(/\\u0000|\\ud[89a-f]/);
    }),
  );
});
