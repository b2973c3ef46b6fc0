import { mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { bundledAgent } from "./agent";
import { problem } from "./throw-away-site";

const FLAGS = ["--track", "dtls", "--party", "client=openssl", "--party", "server=gnutls"];
const agent = bundledAgent();

const waiting = (spool: string) => readdirSync(path.join(spool, "runs"));
function report(name: string, cases: number): string {
  const lines = Array.from({ length: cases }, (_, at) => `<testcase name="case ${at}"/>`);
  const target = path.join(agent.folder, name);
  writeFileSync(target, `<testsuite>${lines.join("\n")}</testsuite>`);
  return target;
}

describe("an agent killed in the middle", () => {
  it("of a push loses nothing: flush sends what was not acknowledged, and only that", async () => {
    const { site, spool, start, run } = await agent.bench();
    const { child, ended } = start(["push", report("killed.xml", 5000), ...FLAGS]);
    site.whim = ({ path: asked }) => {
      const batches = site.asked.filter((one) => one.path.endsWith("/results")).length;
      if (!asked.endsWith("/results") || batches < 3) return undefined;
      child.kill("SIGKILL");
      return "hang up";
    };
    expect(await ended).toMatchObject({ code: null, signal: "SIGKILL" });
    expect(site.items.size).toBe(2000);
    expect(waiting(spool)).toHaveLength(1);

    site.whim = () => undefined;
    site.asked.length = 0;
    const { code, stdout } = await run(["flush"]);
    expect(code).toBe(0);
    expect(stdout).toContain("5,000 accepted");
    expect(site.items.size).toBe(5000);
    expect(site.asked.filter((one) => one.path.endsWith("/results"))).toHaveLength(3);
    const [only] = site.runs.values();
    expect(only?.finish).toMatchObject({ counts: { items: 5000 } });
    expect(waiting(spool)).toEqual([]);
    await site.close();
  });

  it("after the last word, before it cleared its spool, says it again and no more", async () => {
    const { site, spool, start, run } = await agent.bench();
    const { child, ended } = start(["push", report("late.xml", 3), ...FLAGS]);
    site.whim = ({ path: asked, body }) => {
      if (!asked.endsWith("/finish")) return undefined;
      for (const known of site.runs.values()) known.finish = body;
      child.kill("SIGKILL");
      return "hang up";
    };
    await ended;
    site.whim = () => undefined;
    expect(await run(["flush"])).toMatchObject({ code: 0 });
    expect(site.items.size).toBe(3);
    expect(waiting(spool)).toEqual([]);
    await site.close();
  });

  it("of writing its spool leaves nothing half, and the next one clears up", async () => {
    const { site, spool, run } = await agent.bench();
    const half = path.join(spool, "tmp", "0197a1c3-7b1e-8000-8000-000000000001.999999999.abcd");
    mkdirSync(half, { recursive: true });
    writeFileSync(path.join(half, "batch-0001.json.gz"), "half");
    expect(await run(["flush"])).toMatchObject({ code: 0 });
    expect(readdirSync(path.join(spool, "tmp"))).toEqual([]);
    expect(site.items.size).toBe(0);
    await site.close();
  });
});

describe("two agents at once", () => {
  it("with different files deliver both", async () => {
    const { site, spool, run } = await agent.bench();
    const both = ["one.xml", "another.xml"].map((name) =>
      run(["push", report(name, name.length * 200), ...FLAGS]),
    );
    for (const { code } of await Promise.all(both)) expect(code).toBe(0);
    expect(site.runs.size).toBe(2);
    expect(waiting(spool)).toEqual([]);
    await site.close();
  });

  it("with the same file both end well, and nothing is doubled", async () => {
    const { site, spool, run } = await agent.bench();
    const push = ["push", report("shared.xml", 1500), ...FLAGS];
    for (const { code } of await Promise.all([run(push), run(push), run(push)])) {
      expect(code).toBe(0);
    }
    expect(site.items.size).toBe(1500);
    expect(site.runs.size).toBe(1);
    expect(waiting(spool)).toEqual([]);
    await site.close();
  });

  it("do not send one run both: the second waits for the first", async () => {
    const { site, start, run } = await agent.bench();
    const push = ["push", report("in-turn.xml", 2500), ...FLAGS];
    let second: ReturnType<typeof run> | undefined;
    let atOnce = 0;
    let most = 0;
    site.whim = ({ path: asked }) => {
      if (!asked.endsWith("/results")) return undefined;
      second ??= run(push);
      atOnce += 1;
      most = Math.max(most, atOnce);
      atOnce -= 1;
      return undefined;
    };
    const first = await start(push).ended;
    expect(first.stdout).toContain("2,500 accepted");
    expect(await second).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("2,500 already there"),
    });
    await site.close();
  });
});

describe("a lock", () => {
  async function lockedRun(pid: number, host: string, ageMs: number) {
    const bench = await agent.bench();
    bench.site.whim = () => "hang up";
    const push = ["push", report("locked.xml", 2), ...FLAGS, "--timeout", "0.3"];
    await bench.run(push);
    bench.site.whim = () => undefined;
    const [id = ""] = waiting(bench.spool);
    const lock = path.join(bench.spool, "runs", id, "lock-1");
    writeFileSync(lock, JSON.stringify({ pid, host }));
    const at = new Date(Date.now() - ageMs);
    utimesSync(lock, at, at);
    return bench;
  }

  it("of a process that is gone is taken over", async () => {
    const { site, spool, run } = await lockedRun(999_999_999, hostname(), 0);
    expect(await run(["flush"])).toMatchObject({ code: 0 });
    expect(site.items.size).toBe(2);
    expect(waiting(spool)).toEqual([]);
    await site.close();
  });

  it("that nobody has touched for a minute is taken over, whoever has the number now", async () => {
    const { site, run } = await lockedRun(process.pid, hostname(), 61_000);
    expect(await run(["flush"])).toMatchObject({ code: 0 });
    expect(site.items.size).toBe(2);
    await site.close();
  });

  it("of a living process is respected, and status names it", async () => {
    const { site, spool, run } = await lockedRun(process.pid, hostname(), 0);
    expect((await run(["status"])).stdout).toContain(`being sent by process ${process.pid}`);
    expect(await run(["flush"])).toMatchObject({ code: 0 });
    expect(site.items.size).toBe(0);
    expect(waiting(spool)).toHaveLength(1);
    await site.close();
  });

  it("of another machine that shares the folder is respected while it is fresh", async () => {
    const { site, run } = await lockedRun(999_999_999, "another-vm", 0);
    expect(await run(["flush"])).toMatchObject({ code: 0 });
    expect(site.items.size).toBe(0);
    await site.close();
  });
});

describe("SIGTERM", () => {
  /** Busy for so many seconds, once, and the agent is told to end. */
  async function endedWhileBusy(name: string, seconds: number) {
    const bench = await agent.bench();
    const { child, ended } = bench.start(["push", report(name, 3), ...FLAGS]);
    let isTold = false;
    bench.site.whim = ({ path: asked }) => {
      if (!asked.endsWith("/results") || isTold) return undefined;
      isTold = true;
      child.kill("SIGTERM");
      return {
        ...problem(503, "unavailable", "Busy."),
        headers: { "retry-after": `${seconds}` },
      };
    };
    return { ...bench, ended: await ended };
  }

  it("leaves ten seconds for what is under way", async () => {
    const { site, spool, ended } = await endedWhileBusy("term.xml", 1);
    expect(ended.stderr).toContain("SIGTERM: ending within 10 s");
    expect({ code: ended.code, items: site.items.size }).toEqual({ code: 0, items: 3 });
    expect(waiting(spool)).toEqual([]);
    await site.close();
  });

  it("ends at once what could not be tried within that time", async () => {
    const { site, spool, ended } = await endedWhileBusy("term-long.xml", 50);
    expect({ code: ended.code, items: site.items.size }).toEqual({ code: 3, items: 0 });
    expect(waiting(spool)).toHaveLength(1);
    await site.close();
  });

  it("given twice ends at once, with everything in the spool", async () => {
    const { site, spool, start } = await agent.bench();
    const { child, ended } = start(["push", report("twice.xml", 3), ...FLAGS]);
    site.whim = ({ path: asked }) => {
      if (asked.endsWith("/results")) child.kill("SIGTERM");
      return asked.endsWith("/results") ? problem(503, "unavailable", "Busy.") : undefined;
    };
    expect(await ended).toMatchObject({ code: 143 });
    expect(waiting(spool)).toHaveLength(1);
    await site.close();
  });
});

it("a damaged run is named, and does not keep the others from being sent", async () => {
  const { site, spool, run } = await agent.bench();
  site.whim = () => "hang up";
  await run(["push", report("whole.xml", 2), ...FLAGS, "--timeout", "0.3"]);
  site.whim = () => undefined;
  const damaged = path.join(spool, "runs", "0197a1c3-7b1e-8000-8000-000000000009");
  mkdirSync(damaged);
  writeFileSync(path.join(damaged, "run.json"), '{"spool":"1"');
  const { code, stderr } = await run(["flush"]);
  expect(code).toBe(1);
  expect(stderr).toContain(`${damaged} is damaged`);
  expect(site.items.size).toBe(2);
  expect(statSync(damaged).isDirectory()).toBe(true);
  await site.close();
});
