import { describe, expect, it } from "vitest";
import { FormatError } from "@/lib/harness/failure";
import { readGroup } from "@/lib/harness/formats/formats";
import { NOTHING_ASKED } from "./golden";
import { openScratch } from "./scratch";

const scratch = openScratch();
const suite = (cases: string) => `<testsuite name="s">${cases}</testsuite>`;

/** What is told of a file that is no report: `line:column message`. */
async function complaint(content: string | Uint8Array) {
  const error: unknown = await scratch.drafts(content, "junit").then(
    () => "it was read",
    (reason: unknown) => reason,
  );
  if (!(error instanceof FormatError)) throw new Error(`no FormatError: ${String(error)}`);
  return `${error.place?.line}:${error.place?.column} ${error.message}`;
}

describe("a broken report is refused with line and column", () => {
  it("when it stops in the middle", async () => {
    expect(await complaint('<testsuite name="s">\n  <testcase name="a"/>\n  <testc')).toBe(
      "3:8 Unclosed root tag",
    );
  });

  it("when it stops between two cases", async () => {
    expect(await complaint('<testsuites>\n<testsuite name="s"><testcase name="a"/>\n')).toBe(
      "3:1 Unclosed root tag",
    );
  });

  it("when a tag is closed by another", async () => {
    expect(await complaint("<testsuite>\n<testcase></testsuite></testsuite>")).toBe(
      "2:22 Unexpected close tag",
    );
  });

  it("when it has a document type, whatever is in it", async () => {
    const bomb = '<?xml version="1.0"?>\n<!DOCTYPE x [<!ENTITY a "aaaa">]>\n<testsuite/>';
    expect(await complaint(bomb)).toBe(
      "2:33 The report has a document type (<!DOCTYPE ...>). Remove it.",
    );
  });

  it("when it names an entity of its own", async () => {
    expect(await complaint(suite("&harness;"))).toBe("1:29 Invalid character entity");
  });

  it("when elements are nested absurdly deep", async () => {
    expect(await complaint(`${"<testsuite>".repeat(100_000)}`)).toBe(
      "1:1111 Elements are nested deeper than 100.",
    );
  });

  it("when it is no XML at all", async () => {
    expect(await complaint("ok 1 - a TAP line")).toBe("1:1 Non-whitespace before first tag.");
  });

  it("when it is empty", async () => {
    expect(await complaint("")).toBe("1:1 There is no XML element in this file.");
  });

  it("when it is another tool's XML", async () => {
    expect(await complaint("<html><body/></html>")).toBe(
      "1:1 This is no JUnit report: it begins with <html>, not with <testsuites> or <testsuite>.",
    );
  });

  it("when its encoding is unknown", async () => {
    expect(await complaint('<?xml version="1.0" encoding="klingon"?><testsuite/>')).toBe(
      "1:1 Its encoding 'klingon' is not known.",
    );
  });

  it("when it changes between the two readings", async () => {
    const file = scratch.write(suite('<testcase name="a"/>'), "changing.xml");
    const source = { path: file, name: "changing.xml", changedAt: "2026-01-01T00:00:00.000Z" };
    const reading = await readGroup(
      { label: file, format: "junit", sources: [source] },
      NOTHING_ASKED,
    );
    scratch.write(suite('<testcase name="b"/>'), "changing.xml");
    const consume = async () => {
      for await (const _ of reading.items());
    };
    await expect(consume()).rejects.toThrow("The file changed while it was read.");
  });
});

describe("a report is read", () => {
  it("in Latin-1, when it says so", async () => {
    const xml = `<?xml version="1.0" encoding="ISO-8859-1"?>${suite('<testcase name="Grüße"/>')}`;
    const [draft] = await scratch.drafts(Buffer.from(xml, "latin1"));
    expect(draft?.test).toBe("Grüße");
  });

  it("in UTF-16 with a byte order mark", async () => {
    const xml = `\ufeff<?xml version="1.0" encoding="UTF-16"?>${suite('<testcase name="Grüße"/>')}`;
    const [draft] = await scratch.drafts(Buffer.from(xml, "utf16le"));
    expect(draft?.test).toBe("Grüße");
  });

  it("when a character lies across two chunks", async () => {
    const filler = "x".repeat(65_536 - 21);
    const [draft] = await scratch.drafts(suite(`<testcase name="${filler}🎺🎺🎺"/>`));
    expect(draft?.test).toMatch(/^x{245}…~[0-9a-f]{8}$/);
    const long = await scratch.drafts(
      suite(`<!--${"x".repeat(65_480)}--><testcase name="🎺🎺🎺🎺🎺🎺🎺🎺🎺🎺🎺🎺"/>`),
    );
    expect(long[0]?.test).toBe("🎺".repeat(12));
  });

  it("with an attribute of a megabyte, cut to what a message holds", async () => {
    const [draft] = await scratch.drafts(
      suite(`<testcase name="a"><failure message="${"m".repeat(1_000_000)}"/></testcase>`),
    );
    expect(draft?.message).toBe(`${"m".repeat(4095)}…`);
  });

  it("with endless output, of which the end is kept", async () => {
    const output = `${"begin ".repeat(100_000)}the end`;
    const [draft] = await scratch.drafts(
      suite(`<testcase name="a"><system-out>${output}</system-out></testcase>`),
    );
    expect(Buffer.byteLength(String(draft?.log?.excerpt))).toBeLessThanOrEqual(16_384);
    expect(draft?.log?.excerpt.endsWith("begin the end")).toBe(true);
    expect(draft?.log?.truncated).toBe(true);
  });

  it("with both a long failure and a long output, half of the excerpt for each", async () => {
    const text = (word: string) => `${word} `.repeat(20_000);
    const [draft] = await scratch.drafts(
      suite(
        `<testcase name="a"><failure>${text("trace")}</failure><system-out>${text("output")}</system-out></testcase>`,
      ),
    );
    const excerpt = String(draft?.log?.excerpt);
    expect(Buffer.byteLength(excerpt)).toBeLessThanOrEqual(16_384);
    expect(excerpt.split("--- system-out\n").map((part) => part.length)).toEqual([8192, 8176]);
  });
});

it("times without a zone are UTC on every machine", async () => {
  expect(new Date(2026, 0, 1).getTimezoneOffset()).not.toBe(0);
  const xml = '<testsuite timestamp="2026-11-22T20:00:00"><testcase name="a"/></testsuite>';
  const [draft] = await scratch.drafts(xml);
  expect(draft?.startedAt).toBe("2026-11-22T20:00:00.000Z");
});
