import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { fixturePath } from "./golden";
import { openScratch } from "./scratch";

const scratch = openScratch();
const run = readFileSync(fixturePath("voiptests/run.log"), "utf8");

const told = async (text: string) =>
  (await scratch.drafts(text)).map(({ test, outcome, rawStatus }) =>
    `${test}: ${outcome} ${rawStatus ?? ""}`.trim(),
  );

it("voiptests: what is told as failed, what is not, and the checks of the whole run", async () => {
  expect(await told(run)).toEqual([
    "Test #1 [IP4, rtp-enabled]: pass OK",
    "Test #1 [IP6, rtp-enabled]: fail fail",
    "Early Cancel [IP4, rtp-enabled]: pass OK",
    "Re-INVITE [IP4, rtp-enabled]: timeout timeout [IGNORED]",
    "check: Bob is happy: fail rc=1",
    "check: RTPproxy exit code: pass rc=0",
    "check: RTPproxy stdout is as expected: pass rc=0",
    "check: SSuT exit code: pass rc=0",
  ]);
  expect((await scratch.read(run)).aborted).toBeUndefined();
});

it("voiptests: a failure that is counted and not told leaves the silent ones open", async () => {
  const more = run.replace("(rc=1) Checking if Alice", "(rc=2) Checking if Alice");
  expect((await told(more)).filter((line) => line.endsWith(": inconclusive"))).toHaveLength(2);
});

it("voiptests: cut off before its verdicts, nothing has passed", async () => {
  const cut = run.slice(0, run.indexOf("FAILED:"));
  expect((await scratch.read(cut)).aborted).toContain("cut off");
  expect((await told(cut)).filter((line) => line.includes(": pass"))).toEqual([]);
});
