import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { FormatError } from "@/lib/harness/failure";
import { groupSources, readGroup } from "@/lib/harness/formats/formats";
import { fixturePath, NOTHING_ASKED, sourceOf, spellOut } from "./golden";
import { openScratch } from "./scratch";

const scratch = openScratch();
const filesOf = (run: string) =>
  readdirSync(fixturePath(`sipp/${run}`))
    .filter((name) => name !== "expected.json")
    .map((name) => sourceOf(`sipp/${run}/${name}`));
const read = (run: string, exitCode?: number) =>
  readGroup({ label: run, format: "sipp", sources: filesOf(run) }, { ...NOTHING_ASKED, exitCode });

/** The runs of tests/fixtures/README.md, and what SIPp ended with. */
const RUNS = [
  ["timers", 0],
  ["loss", 0],
  ["fail", 1],
  ["timeout", 255],
  ["nowhere", 1],
  ["bind", 254],
  ["idle", 97],
] as const;

describe("a run of SIPp 3.6.1 reads as written down beside it", () => {
  it.each(RUNS)("%s, exit code %i", async (run, exitCode) => {
    const expected: unknown = JSON.parse(
      readFileSync(fixturePath(`sipp/${run}/expected.json`), "utf8"),
    );
    expect(await spellOut(await read(run, exitCode))).toEqual(expected);
  });
});

/** A statistics file of one row, with these columns. */
const statistics = (columns: Record<string, string | number>) => {
  const all = {
    StartTime: "d\tt\t1795377600.5",
    LastResetTime: "",
    CurrentTime: "d\tt\t1795377602",
    ...columns,
  };
  return `${Object.keys(all).join(";")};\n${Object.values(all).join(";")};\n`;
};
const outcomeOf = async (content: string, exitCode?: number) => {
  const group = {
    label: "f",
    format: "sipp" as const,
    sources: [
      { path: scratch.write(content), name: "uac_1_.csv", changedAt: "2026-01-01T00:00:00.000Z" },
    ],
  };
  const [draft] = [
    ...((await readGroup(group, { ...NOTHING_ASKED, exitCode })).items() as { outcome: string }[]),
  ];
  return draft?.outcome;
};

describe("the outcome comes from the exit code, the statistics and the errors together", () => {
  const calls = (created: number, failed: number, open = 0) =>
    statistics({ TotalCallCreated: created, "FailedCall(C)": failed, CurrentCall: open });
  it.each([
    ["all calls well", calls(3, 0), 0, "pass"],
    ["no call made", calls(0, 0), 0, "inconclusive"],
    ["a failed call", calls(3, 1), 1, "fail"],
    ["1 without a failed call: something else broke", calls(3, 0), 1, "error"],
    ["1 without statistics: the scenario is missing", "Unable to load or parse 'x'", 1, "error"],
    ["255 with its time limit told", "uac timed out after '2.000' seconds", 255, "timeout"],
    ["255 for any other fatal error", "must use MD5 or AKAv1-MD5", 255, "error"],
    ["97: ended from within", calls(3, 0), 97, "inconclusive"],
    ["99: no calls processed", calls(0, 0), 99, "inconclusive"],
    ["253: the RTP check failed", calls(3, 0), 253, "fail"],
    ["254: no socket", calls(0, 0), 254, "error"],
    ["killed", calls(3, 0), 137, "error"],
    ["unknown exit, a failed call", calls(3, 1), undefined, "fail"],
    ["unknown exit, calls still open", calls(3, 0, 1), undefined, "inconclusive"],
    ["unknown exit, all well", calls(3, 0), undefined, "pass"],
  ])("%s", async (_, content, exitCode, outcome) => {
    expect(await outcomeOf(content, exitCode)).toBe(outcome);
  });
});

it("columns are found by name, in whatever order, and a row cut off is not read", async () => {
  const whole = statistics({ "FailedCall(C)": 0, TotalCallCreated: 7 });
  expect(await outcomeOf(`${whole}d\tt\t1795377600.5;;d`, 0)).toBe("pass");
  expect(await outcomeOf(statistics({ TotalCallCreated: 7, "FailedCall(C)": 2 }), 1)).toBe("fail");
});

it("the files of one run are found among others, and read as one", () => {
  const sources = [...filesOf("timers"), sourceOf("junit/node.xml")];
  const groups = groupSources(sources, "auto");
  expect(groups.map(({ format, sources: { length } }) => [format, length])).toEqual([
    ["auto", 1],
    ["sipp", 3],
  ]);
});

it("two runs at once, or an exit code missing where it alone can tell, are refused", async () => {
  const two = [...filesOf("timers"), ...filesOf("loss")];
  await expect(
    readGroup({ label: "two", format: "sipp", sources: two }, { ...NOTHING_ASKED, exitCode: 0 }),
  ).rejects.toThrow("push each SIPp run by itself");
  await expect(read("nowhere")).rejects.toThrow(FormatError);
});
