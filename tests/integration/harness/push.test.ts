import {
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { bundledAgent } from "./agent";
import { problem } from "./throw-away-site";

const VITEST = path.resolve("tests/fixtures/junit/vitest.xml");
const PLUGFEST = path.resolve("tests/fixtures/plugfest/stir-shaken.json");
const PARTIES = ["--party", "as=opensips@3.6.1", "--party", "vs=kamailio"];
const PUSH = ["push", VITEST, "--track", "dtls", ...PARTIES];

const agent = bundledAgent();
const junit = (...names: string[]) =>
  `<testsuite>${names.map((name) => `<testcase name="${name}"/>`).join("")}</testsuite>`;
const file = (name: string, content: string) => {
  const target = path.join(agent.folder, name);
  writeFileSync(target, content);
  return target;
};
const waiting = (spool: string) => readdirSync(path.join(spool, "runs"));

describe("a report that vitest wrote", () => {
  it("is pushed whole, once, and a second push changes nothing", async () => {
    const { site, spool, run } = await agent.bench();
    const first = await run(PUSH);
    expect(first).toMatchObject({ code: 0, stderr: "" });
    expect(first.stdout).toBe(
      `${VITEST}: 10 results for dtls, read as junit\n${VITEST}: 10 accepted\n`,
    );
    expect(site.items.size).toBe(10);
    const [declared] = site.runs.values();
    expect(declared?.manifest).toMatchObject({
      track: "dtls",
      source: { format: "junit", files: [{ name: "vitest.xml" }] },
      parties: [
        { role: "as", entry: "opensips", build: "3.6.1" },
        { role: "vs", entry: "kamailio" },
      ],
      startedAt: "2026-11-22T23:08:15.143Z",
    });
    expect(declared?.finish).toEqual({ state: "complete", counts: { items: 10 }, discarded: [] });
    expect(waiting(spool)).toEqual([]);

    const second = await run(PUSH);
    expect(second).toMatchObject({ code: 0, stderr: "" });
    expect(second.stdout).toContain("10 already there");
    expect(site.items.size).toBe(10);
    await site.close();
  });

  it("is the same whatever the order of the flags, and new with --again", async () => {
    const { site, run } = await agent.bench();
    await run(PUSH);
    await run([
      "push",
      "--party",
      "vs=kamailio",
      "--party",
      "as=opensips@3.6.1",
      VITEST,
      "--track",
      "dtls",
    ]);
    expect(site.items.size).toBe(10);
    expect(await run([...PUSH, "--again"])).toMatchObject({ code: 0 });
    expect(site.items.size).toBe(20);
    await site.close();
  });

  it("tells each step as a line of JSON on request", async () => {
    const { site, run } = await agent.bench();
    const { events, stderr } = await run([...PUSH, "--json"]);
    expect(events.map(({ event }) => event)).toEqual(["spooled", "batch", "finished", "done"]);
    expect(events.at(-2)).toMatchObject({ accepted: 10, duplicate: 0, rejected: 0 });
    expect(events.at(-1)).toEqual({ event: "done", exit: 0 });
    expect(stderr).toBe("");
    await site.close();
  });

  it("is only shown with --dry-run, which needs neither server nor token", async () => {
    const { site, spool, run } = await agent.bench();
    const shown = await run([...PUSH, "--dry-run"], { PLUGFEST_URL: "", PLUGFEST_TOKEN: "" });
    expect(shown.code).toBe(0);
    expect(shown.stdout).toContain("10 results for dtls, read as junit: 4 fail, 4 pass, 2 skipped");
    expect(site.asked).toEqual([]);
    expect(existsSync(spool)).toBe(false);
    await site.close();
  });
});

describe("a Plugfest file", () => {
  it("brings its own track, parties, environment and plan", async () => {
    const { site, run } = await agent.bench();
    expect(await run(["push", PLUGFEST])).toMatchObject({ code: 0 });
    const [declared] = site.runs.values();
    expect(declared?.manifest).toMatchObject({
      track: "stir-shaken",
      source: { format: "custom", runner: "verify.sh 2" },
      environment: { ip: "v6", transport: "tls" },
      plan: { items: 3, tests: ["SS-01", "SS-07"] },
    });
    const items = [...site.items.values()];
    expect(items.map(({ test }) => test)).toEqual(["SS-01", "SS-07", "SS-12"]);
    expect(items[2]).toMatchObject({
      message: "lone surrogate \ufffd and NUL \ufffd",
      labels: { sanitized: "true" },
    });
    await site.close();
  });

  it("with one item out of shape loses only that one, and says where it is", async () => {
    const { site, spool, run } = await agent.bench();
    const item = { outcome: "pass", startedAt: "2026-11-22T20:00:00Z" };
    const items = [
      { ...item, test: "good" },
      { ...item, test: "bad", outcome: "passed" },
      { ...item, test: "ugly", verdict: "pass" },
    ];
    const bad = file("shape.json", JSON.stringify({ plugfest: "1", track: "dtls", items }));
    const { code, stdout, stderr } = await run(["push", bad, ...PARTIES]);
    expect(code).toBe(1);
    expect(stdout).toContain("1 accepted, 2 refused before sending");
    expect(stderr).toContain("bad: ");
    expect(stderr).toContain("ugly: Unknown field 'verdict'. (/verdict)");
    expect([...site.items.values()].map(({ test }) => test)).toEqual(["good"]);
    expect(waiting(spool)).toEqual([]);
    await site.close();
  });
});

describe("what the server does not take", () => {
  it("is kept with its reason, and can be mended and pushed again", async () => {
    const { site, spool, run } = await agent.bench();
    const detail = "No entry 'opensip' in this event. Did you mean 'opensips'?";
    site.rejects = ({ test }) => (test === "b" ? { code: "unknown_entry", detail } : undefined);
    const report = file("three.xml", junit("a", "b", "c"));
    const first = await run(["push", report, "--track", "dtls", ...PARTIES]);
    expect(first.code).toBe(1);
    expect(first.stdout).toContain("2 accepted, 1 rejected");
    expect(first.stderr).toContain(`b: ${detail}`);

    const [kept = ""] = readdirSync(path.join(spool, "rejected")).filter(
      (name) => !name.includes("problems"),
    );
    const mended = path.join(spool, "rejected", kept);
    expect(first.stderr).toContain(mended);
    site.rejects = () => undefined;
    const second = await run(["push", mended, "--format", "plugfest"]);
    expect(second).toMatchObject({ code: 0, stderr: "" });
    expect([...site.items.values()].map(({ test }) => test)).toEqual(["a", "c", "b"]);
    // The item kept its id: the whole report again is nothing new.
    const third = await run(["push", report, "--track", "dtls", ...PARTIES]);
    expect(third.stdout).toContain("3 already there");
    await site.close();
  });

  it("is told per item with --json", async () => {
    const { site, run } = await agent.bench();
    site.rejects = () => ({ code: "unknown_role", detail: "No role 'as' in this track." });
    const report = file("two.xml", junit("a", "b"));
    const { code, events } = await run(["push", report, "--track", "dtls", ...PARTIES, "--json"]);
    expect(code).toBe(1);
    expect(events.filter(({ event }) => event === "rejected")).toMatchObject([
      { test: "a", status: "rejected", code: "unknown_role" },
      { test: "b", status: "rejected", code: "unknown_role" },
    ]);
    await site.close();
  });

  it("as a whole run, for example an unknown track, is kept too", async () => {
    const { site, spool, run } = await agent.bench();
    site.whim = ({ method }) =>
      method === "PUT" ? problem(422, "invalid", "No track 'dtsl' in this event.") : undefined;
    const report = file("track.xml", junit("a"));
    const { code, stderr } = await run(["push", report, "--track", "dtsl", ...PARTIES]);
    expect(code).toBe(1);
    expect(stderr).toContain("No track 'dtsl' in this event.");
    expect(waiting(spool)).toEqual([]);
    expect(site.asked.filter(({ path }) => path.endsWith("/results"))).toEqual([]);
    await site.close();
  });

  it("because the phase is wrong stays in the spool until it is right", async () => {
    const { site, spool, run } = await agent.bench();
    site.whim = ({ method }) =>
      method === "PUT" ? problem(409, "wrong_phase", "Testing has not begun.") : undefined;
    const report = file("early.xml", junit("a"));
    const early = await run(["push", report, "--track", "dtls", ...PARTIES]);
    expect(early.code).toBe(1);
    expect(early.stderr).toContain("stays in the spool. The event does not take results now");
    expect(waiting(spool)).toHaveLength(1);
    site.whim = () => undefined;
    expect(await run(["flush"])).toMatchObject({ code: 0 });
    expect(site.items.size).toBe(1);
    await site.close();
  });

  it("because the file was touched is a conflict, item for item, and nothing is doubled", async () => {
    const { site, run } = await agent.bench();
    const report = file("touched.xml", junit("a", "b"));
    const args = ["push", report, "--track", "dtls", ...PARTIES];
    await run(args);
    utimesSync(report, new Date("2026-01-01"), new Date("2026-01-01"));
    const { code, stdout, stderr } = await run(args);
    expect(code).toBe(1);
    expect(stdout).toContain("2 in conflict");
    expect(stderr).toContain("declared before with other details");
    expect(site.items.size).toBe(2);
    await site.close();
  });
});

describe("a broken file", () => {
  it("is refused with its place; nothing of it is sent, and the files beside it are", async () => {
    const { site, spool, run } = await agent.bench();
    const broken = file("broken.xml", '<testsuite>\n<testcase name="a"/>\n<testca');
    const good = file("good.xml", junit("b"));
    const { code, stderr } = await run(["push", broken, good, "--track", "dtls", ...PARTIES]);
    expect(code).toBe(1);
    expect(stderr).toBe(`${broken}:3:7: Unclosed root tag\n  Nothing of this file was sent.\n`);
    expect([...site.items.values()].map(({ test }) => test)).toEqual(["b"]);
    expect(waiting(spool)).toEqual([]);
    await site.close();
  });
});

describe("a mistake ends with 2, sends nothing and says what to do", () => {
  it("on the command line", async () => {
    const { site, run } = await agent.bench();
    const mistakes: [string[], string][] = [
      [["push"], "Which files?"],
      [["push", "/nowhere.xml", "--track", "dtls"], "Cannot read /nowhere.xml"],
      [["push", VITEST], "Which track? Name it with --track"],
      [["push", VITEST, "--track", "dtls"], "Who took part? Name each party"],
      [["push", VITEST, "--track", "DTLS"], "--track 'DTLS' is not a track's name"],
      [["push", VITEST, "--format", "xunit"], "--format 'xunit' is not known"],
      [["push", VITEST, "--party", "opensips"], "is not ROLE=ENTRY"],
      [["push", VITEST, "--timeout", "soon"], "is not a number of seconds"],
      [["push", VITEST, "--colour"], "Unknown option '--colour'"],
      [["flush", "--track", "dtls"], "plugfest flush has no flag --track"],
      [["fetch"], "There is no command 'fetch'"],
      [[...PUSH, "--config", "/nowhere.json"], "Cannot read the configuration"],
    ];
    const ended = await Promise.all(mistakes.map(([args]) => run(args)));
    for (const [at, [args, complaint]] of mistakes.entries()) {
      const { code, stdout, stderr } = ended[at] ?? {};
      expect({ args, code, stdout, stderr }).toEqual({
        args,
        code: 2,
        stdout: "",
        stderr: expect.stringContaining(complaint),
      });
    }
    expect(site.asked).toEqual([]);
    await site.close();
  });

  it("in the environment", async () => {
    const { site, run } = await agent.bench();
    const mistakes: [Record<string, string>, string][] = [
      [{ PLUGFEST_URL: "" }, "No server is known. Set PLUGFEST_URL"],
      [{ PLUGFEST_URL: "localhost:3000" }, "is not an http or https address"],
      [{ PLUGFEST_URL: "http://me:secret@localhost" }, "must not hold a user name or password"],
      [{ PLUGFEST_TOKEN: "" }, "No token is known. Set PLUGFEST_TOKEN"],
      [{ PLUGFEST_SPOOL: `${agent.bundle}/in-a-file` }, "cannot be written"],
      [{ PLUGFEST_SPOOL_MAX: "1 GB" }, "PLUGFEST_SPOOL_MAX is a number of bytes"],
    ];
    const ended = await Promise.all(mistakes.map(([env]) => run(PUSH, env)));
    for (const [at, [env, complaint]] of mistakes.entries()) {
      const { code, stderr } = ended[at] ?? {};
      expect({ env, code, stderr }).toEqual({
        env,
        code: 2,
        stderr: expect.stringContaining(complaint),
      });
    }
    expect(site.asked).toEqual([]);
    await site.close();
  });
});

it("the address and the token may come from a file, and the environment wins", async () => {
  const { site, run } = await agent.bench();
  const other = await agent.bench();
  const config = file(
    "config.json",
    JSON.stringify({ url: other.site.url, token: "pf_agt_wrong" }),
  );
  expect(await run([...PUSH, "--config", config])).toMatchObject({ code: 0 });
  expect(other.site.asked).toEqual([]);
  const { code } = await run([...PUSH, "--config", config], { PLUGFEST_URL: "" });
  expect(code).toBe(0);
  expect(other.site.items.size).toBe(10);
  await site.close();
  await other.site.close();
});

it("the spool can be read by its owner alone", async () => {
  const { site, spool, run } = await agent.bench();
  site.whim = () => problem(500, "internal", "Broken.");
  await run([...PUSH, "--timeout", "0"]);
  const [id = ""] = waiting(spool);
  const modes = [spool, path.join(spool, "runs"), path.join(spool, "runs", id)].map(
    (name) => statSync(name).mode & 0o077,
  );
  expect(modes.slice(1)).toEqual([0, 0]);
  for (const name of readdirSync(path.join(spool, "runs", id))) {
    expect(statSync(path.join(spool, "runs", id, name)).mode & 0o077).toBe(0);
  }
  expect(readFileSync(path.join(spool, "runs", id, "run.json"), "utf8")).not.toContain("pf_agt_");
  await site.close();
});
