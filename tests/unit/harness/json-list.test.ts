import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FormatError } from "@/lib/harness/failure";
import { elementsIn, readAroundList } from "@/lib/harness/formats/json-list";
import { ListSplitter } from "@/lib/harness/formats/list-splitter";
import { openScratch } from "./scratch";

const scratch = openScratch();
const PATH = ["results", "tests"];

/** What a splitter makes of a text that comes in pieces. */
function split(text: string, ends: readonly number[] = [], path: readonly string[] = PATH) {
  const splitter = new ListSplitter(path);
  const cuts = [...ends.map((end) => Math.min(end, text.length)), text.length].sort(
    (a, b) => a - b,
  );
  const elements = cuts.flatMap((end, at) => splitter.feed(text.slice(cuts[at - 1] ?? 0, end)));
  return { elements: elements.map((one) => JSON.parse(one) as unknown), frame: splitter.end() };
}

async function readText(text: string) {
  const source = { path: scratch.write(text), name: "report.json", changedAt: "" };
  const elements: unknown[] = [];
  const { frame, sum } = await readAroundList(source, PATH, (element) => elements.push(element));
  const again: unknown[] = [];
  for await (const element of elementsIn(source, PATH, sum)) again.push(element);
  expect(again).toEqual(elements);
  return { frame, elements };
}

describe("the list in a JSON file", () => {
  it("is told element by element, wherever the text is cut, and the rest as if it were empty", () => {
    const around = fc.dictionary(fc.string(), fc.jsonValue()).map(({ tests: _, ...rest }) => rest);
    fc.assert(
      fc.property(
        around,
        fc.array(fc.jsonValue()),
        around,
        fc.array(fc.nat(400)),
        fc.constantFrom(undefined, 2, "\t"),
        (before, tests, after, ends, space) => {
          const report = { a: before, results: { ...before, tests, ...after }, z: after };
          const { elements, frame } = split(JSON.stringify(report, null, space), ends);
          expect(elements).toEqual(JSON.parse(JSON.stringify(tests)));
          expect(JSON.parse(frame)).toEqual(
            JSON.parse(JSON.stringify({ ...report, results: { ...report.results, tests: [] } })),
          );
        },
      ),
    );
  });

  it("is the one at the path, and no other of its name", () => {
    const text =
      '{"tests":[1],"x":{"results":{"tests":[2]}},"results":{"x":{"tests":[3]},"tests":[4],"y":[{"tests":[5]}]}}';
    expect(split(text).elements).toEqual([4]);
    expect(split(text, [], ["tests"]).elements).toEqual([1]);
    expect(split('[{"results":{"tests":[1]}}]').elements).toEqual([]);
  });

  it("is read from a file with a byte order mark, and again", async () => {
    const read = await readText('\ufeff{"results":{"tests":[{"name":"a]\\"}"},[]],"n":1}}');
    expect(read).toEqual({
      elements: [{ name: 'a]"}' }, []],
      frame: { results: { tests: [], n: 1 } },
    });
  });

  it.each([
    ['{"results":{"tests":[1,]}}', "This is not JSON.", 1, 24],
    ['{"results":{"tests":[,1]}}', "This is not JSON.", 1, 22],
    ['{"results":{"tests":[1 2]}}', "This is not JSON.", 1, 24],
    ['{"results":{"tests":[1}}}', "This is not JSON.", 1, 23],
    ['{"results":{"tests":[{"a":1},\n{"a":}]}}', "This is not JSON.", 2, 6],
    ['{"results":{"tests":[1', "The file ends in the middle of its JSON.", 1, 23],
    ['{"results":{"tests":[1]}} x', "This is not JSON.", 1, 27],
    ["", "The file ends in the middle of its JSON.", 1, 1],
  ])("%s is refused with its place", async (text, message, line, column) => {
    const error: unknown = await readText(text).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(FormatError);
    expect(error).toMatchObject({ message, place: { line, column } });
  });

  it("that stands there twice, or hidden, is refused: nothing of it may be lost", async () => {
    await expect(readText('{"results":{"tests":[1],"tests":[2]}}')).rejects.toThrow("two lists");
    await expect(readText('{"results":{"\\u0074ests":[1]}}')).rejects.toThrow("without escapes");
  });

  it("a part of more than 64 MiB is refused", () => {
    const splitter = new ListSplitter(PATH);
    splitter.feed('{"results":{"tests":["');
    const text = "x".repeat(40_000_000);
    splitter.feed(text);
    expect(() => splitter.feed(text)).toThrow("larger than 64 MiB");
  });
});
