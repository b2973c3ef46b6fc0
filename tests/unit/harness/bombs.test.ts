import { describe, expect, it } from "vitest";
import { FormatError } from "@/lib/harness/failure";
import { openScratch } from "./scratch";

const scratch = openScratch();

/** Milliseconds that a reading takes to its last item, and what it said. */
async function timed(content: string | Uint8Array) {
  const begun = performance.now();
  const said = await scratch.drafts(content).then(
    (drafts) => drafts.length,
    (error: unknown) => {
      if (!(error instanceof FormatError)) throw error;
      return error.message;
    },
  );
  return { ms: performance.now() - begun, said };
}

const cases = (count: number, inside = "") =>
  `<testsuite name="s">${`<testcase name="a" time="1">${inside}</testcase>`.repeat(count)}</testsuite>`;

const ENTITIES = `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "${"y".repeat(1000)}">]><testsuite>${"&x;".repeat(100_000)}</testsuite>`;
const XXE =
  '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><testsuite name="&x;"/>';

describe("what is meant to break a reader is refused, for less than an honest report of its size costs", () => {
  it.each([
    ["entities", ENTITIES, /document type/],
    ["a foreign entity", XXE, /document type/],
    [
      "a million elements inside each other",
      `<testsuite>${"<a>".repeat(1_000_000)}`,
      /nested deeper/,
    ],
    [
      "a million lists inside each other",
      `{"results":{"tests":${"[".repeat(1_000_000)}`,
      /ends in the middle/,
    ],
    [
      "subtests inside each other",
      `TAP version 13\n${Array.from({ length: 60 }, (_, at) => `${"    ".repeat(at)}ok 1`)
        .toReversed()
        .join("\n")}\n`,
      /nested deeper/,
    ],
    [
      "more subtests of one point than memory is for",
      `TAP version 14\n${"    ok\n".repeat(100_002)}ok 1\n1..1\n`,
      /more than 100000 subtests/,
    ],
    [
      "an archive",
      new Uint8Array([0x1f, 0x8b, 8, 0, ...new Array<number>(1000).fill(0)]),
      /not recognised/,
    ],
  ] as const)("%s", async (_, content, why) => {
    const honest = await timed(cases(60_000, "<failure message='x'>y</failure>"));
    const bomb = await timed(content);
    expect(bomb.said).toMatch(why);
    expect(bomb.ms / honest.ms).toBeLessThan(2);
  });

  it("a YAML block without end is kept as far as a log needs it, and said to be cut", async () => {
    const head = "TAP version 14\nnot ok 1 - a\n  ---\n  message: 'lost'\n";
    const [draft] = await scratch.drafts(`${head}${"  key: of many\n".repeat(20_000)}`);
    expect(draft).toMatchObject({ outcome: "fail", message: "lost", log: { truncated: true } });
  });

  it("of a YAML field longer than that the beginning is kept", async () => {
    const long = `TAP version 14\nnot ok 1 - a\n  ---\n  message: lost ${"x".repeat(70_000)}\n  ...\n1..1\n`;
    const [draft] = await scratch.drafts(long);
    expect(draft?.message).toMatch(/^lost x/);
    expect(draft?.log).toMatchObject({ truncated: true });
  });

  it("a line of 10 MB costs no more than its bytes in short lines", async () => {
    const size = 10_000_000;
    const short = `TAP version 13\n1..1\nok 1 - a\n${"# noise\n".repeat(size / 8)}`;
    const long = `TAP version 13\n1..1\nok 1 - a\n${"#".repeat(size)}\n`;
    const [many, one] = [await timed(short), await timed(long)];
    expect([many.said, one.said]).toEqual([1, 1]);
    expect(one.ms / many.ms).toBeLessThan(3);
  });
});
