import { writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { db } from "@/lib/db/client";
import { makeEvent } from "@/tests/factories/event";
import { bundledAgent } from "./agent";
import { openOwnDoors } from "./own-doors";

const PARTIES = ["--party", "uac=alpha@1.0", "--party", "uas=beta@2.0"];
const agent = bundledAgent();

async function open(options: Parameters<typeof makeEvent>[0] = {}) {
  const event = await makeEvent(options);
  const doors = await openOwnDoors();
  const bench = await agent.bench();
  await bench.site.close();
  const env = { PLUGFEST_URL: doors.url, PLUGFEST_TOKEN: await event.tokenOf("alpha") };
  const run = (args: string[], more = {}) => bench.run(args, { ...env, ...more });
  return { ...doors, event, run };
}

function report(name: string, ...tests: string[]): string {
  const target = path.join(agent.folder, name);
  const cases = tests.map((test) => `<testcase name="${test}"/>`).join("");
  writeFileSync(
    target,
    `<testsuite timestamp="2026-11-20T10:00:00Z">${cases}<testcase name="fails"><failure message="403"/></testcase></testsuite>`,
  );
  return target;
}

describe("the agent and the product's own API agree", () => {
  it("on a report: stored once, unmapped names counted, a second push nothing new", async () => {
    const { event, run, close } = await open();
    const push = [
      "push",
      report("own.xml", "C-1", "c-2", "nobody's"),
      "--track",
      "calls",
      ...PARTIES,
    ];
    const first = await run(push);
    expect(first).toMatchObject({ code: 0, stderr: "" });
    expect(first.stdout).toContain("4 accepted; 2 have test names that a lead has yet to map");
    const second = await run(push);
    expect(second).toMatchObject({ code: 0, stderr: "" });
    expect(second.stdout).toContain("4 already there");
    const stored = await db.result.findMany({
      where: { trackId: event.trackId },
      select: { outcome: true },
    });
    expect(stored.map(({ outcome }) => outcome).sort()).toEqual(["fail", "pass", "pass", "pass"]);
    const [only, ...others] = await db.run.findMany({ where: { eventId: event.eventId } });
    expect(only).toMatchObject({ state: "complete", accepted: 4, duplicate: 4, unmapped: 2 });
    expect(others).toEqual([]);
    await close();
  });

  it("on every format and metric: nothing that a reader makes is refused", async () => {
    const { run, close } = await open({
      entries: [{ slug: "alpha" }, { slug: "opensips" }, { slug: "beta" }],
    });
    const fixtures = [
      "junit/vitest.xml",
      "junit/dialects.xml",
      "tap/perl.tap",
      "tap/node.tap",
      "ctrf/old.json",
      "sipp/loss/loss_4711_stat.csv",
      "sipp/loss/loss_4711_rtt.csv",
      "sipssert/report.xml",
    ];
    const files = fixtures.map((name) => path.resolve("tests/fixtures", name));
    const names = path.join(agent.folder, "roles.yaml");
    writeFileSync(names, "tests: { 'with properties and output': { parties: { uac: alpha } } }");
    const { code, stderr } = await run(["push", ...files, "--track", "calls", ...PARTIES]);
    // One case of dialects.xml names roles of another track, and is told so.
    expect(stderr).toContain("with properties and output: No role 'as' in this track.");
    expect(stderr.match(/No role/g)).toHaveLength(1);
    expect(code).toBe(1);
    await close();
  });

  it("on an entry that nobody knows, item by item, with what was meant", async () => {
    const { run, close } = await open();
    const told = ["--track", "calls", "--party", "uac=alpha", "--party", "uas=bete"];
    const { code, stderr } = await run(["push", report("typo.xml", "C-1"), ...told]);
    expect(code).toBe(1);
    expect(stderr).toContain("Did you mean 'beta'?");
    await close();
  });

  it("on a track that nobody knows, a token that is none, and the wrong phase", async () => {
    const { run, close } = await open();
    const file = report("doors.xml", "C-1");
    const track = await run(["push", file, "--track", "cals", ...PARTIES]);
    expect(track).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("Did you mean 'calls'?"),
    });
    const token = { PLUGFEST_TOKEN: `pf_agt_${"a".repeat(27)}_000000` };
    expect(await run(["push", file, "--track", "calls", ...PARTIES], token)).toMatchObject({
      code: 4,
    });
    await close();
    const early = await open({ phase: "registration" });
    const kept = await early.run(["push", file, "--track", "calls", ...PARTIES]);
    expect(kept).toMatchObject({ code: 1, stderr: expect.stringContaining("stays in the spool") });
    await early.close();
  });

  it("on who the agent is and what it may try", async () => {
    const { event, run, close } = await open();
    const doctor = await run(["doctor"]);
    expect(doctor.stdout).toContain(`alpha, for alpha, at ${event.slug}`);
    expect(doctor.code).toBe(0);
    expect((await run(["catalogue"])).stdout).toContain("  C-1  Test C-1  must  uac + uas");
    expect((await run(["pairings"])).stdout).toContain(
      "--track calls --test C-1 --party uac=alpha",
    );
    await close();
  });
});
