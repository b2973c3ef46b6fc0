import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FormatError } from "@/lib/harness/failure";
import { describeJsonError } from "@/lib/harness/formats/json-place";
import { openScratch } from "./scratch";

const scratch = openScratch();
const ITEM = { test: "SS-01", outcome: "pass", startedAt: "2026-11-22T20:00:00Z" };
const file = (more: object) =>
  JSON.stringify({ plugfest: "1", track: "stir-shaken", items: [ITEM], ...more });

async function complaint(content: string) {
  const error: unknown = await scratch.read(content, "plugfest").then(
    () => "it was read",
    (reason: unknown) => reason,
  );
  return error instanceof FormatError ? error.in("f.json") : `not a FormatError: ${String(error)}`;
}

describe("a file is refused", () => {
  it("when it ends in the middle", async () => {
    expect(await complaint(file({}).slice(0, -3))).toBe(
      "f.json:1:115: The file ends in the middle of its JSON.",
    );
  });

  it("when it is not JSON, with the place and without its text", async () => {
    const text = '{\n  "plugfest": "1",\n  "token": pf_agt_secret\n}';
    expect(await complaint(text)).toBe("f.json:3:12: This is not JSON.");
  });

  it.each([
    [{ plugfest: "2" }, "/plugfest"],
    [{ track: "STIR" }, "/track"],
    [{ items: [] }, "/items"],
    [{ items: {} }, "/items"],
    [{ verdict: "pass" }, "/: Unrecognized key"],
    [{ parties: [{ role: "as" }] }, "/parties/0/entry"],
    [{ startedAt: "yesterday" }, "/startedAt"],
  ])("for %j, naming %s", async (more, named) => {
    expect(await complaint(file(more))).toContain(`Not a Plugfest file: ${named}`);
  });

  it("when two items have one id, in whatever case", async () => {
    const id = "0197a1c3-7b1e-7000-8000-00000000000a";
    const items = [ITEM, { ...ITEM, id }, { ...ITEM, id: id.toUpperCase() }];
    expect(await complaint(file({ items }))).toBe(
      `f.json: /items/2/id is the same as /items/1/id: ${id}`,
    );
  });

  it("when it is an array, a number, or nested to death", async () => {
    for (const text of ["[]", "7", "[".repeat(100_000)]) {
      expect(await complaint(text)).toMatch(/^f\.json.*(Not a Plugfest file|ends in the middle)/);
    }
  });
});

it("a run begins with its first item, unless the file says when", async () => {
  const items = [
    { ...ITEM, startedAt: "2026-11-22T21:00:00+02:00" },
    { ...ITEM, startedAt: "2026-11-22T19:30:00Z" },
    { ...ITEM, startedAt: "nonsense" },
  ];
  expect((await scratch.read(file({ items }))).startedAt).toBe("2026-11-22T19:00:00.000Z");
  const told = await scratch.read(file({ items, startedAt: "2026-11-22T18:00:00Z" }));
  expect(told.startedAt).toBe("2026-11-22T18:00:00.000Z");
});

it("where JSON.parse tells a place, it is the one that we tell", () => {
  const json = fc.json().map((text) => `{"a": ${text}, "b": [1, "x\\n", null]}`);
  fc.assert(
    fc.property(json, fc.nat(), fc.string({ maxLength: 3 }), (text, seed, noise) => {
      const at = seed % (text.length + 1);
      const broken = text.slice(0, at) + noise + text.slice(at + 1);
      const position = positionOf(broken);
      if (position === undefined) return;
      const [, { line, column }] = describeJsonError(broken);
      const before = broken.slice(0, position).split("\n");
      // V8 points into a bad string or number, we at its beginning.
      expect(line).toBe(before.length);
      expect(column).toBeLessThanOrEqual((before.at(-1) ?? "").length + 1);
    }),
    { numRuns: 500 },
  );
});

/** Where V8 sees the fault, if it says so. */
function positionOf(text: string): number | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    const told = /at position (\d+)/.exec((error as Error).message)?.[1];
    return told === undefined ? undefined : Number(told);
  }
}
