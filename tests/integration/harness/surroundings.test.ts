import { chmodSync, mkdirSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { AgentReply, CatalogueReply } from "@/lib/agents/schema";
import { plant } from "../../unit/harness/sipssert-tree";
import { bundledAgent } from "./agent";
import { whoIAm } from "./throw-away-site";

const agent = bundledAgent();
const PARTIES = ["--party", "as=opensips@3.6.1", "--party", "vs=kamailio"];
const sipp = (run: string, ...files: string[]) =>
  files.map((name) => path.resolve("tests/fixtures/sipp", run, name));

describe("doctor", () => {
  it("finds nothing wrong when nothing is", async () => {
    const { site, spool, run } = await agent.bench();
    const { code, stdout } = await run(["doctor"]);
    expect(code).toBe(0);
    expect(stdout.split("\n").map((line) => line.slice(0, 16))).toEqual([
      `ok     node: ${process.versions.node}`.slice(0, 16),
      "ok     spool: /t",
      "ok     backlog: ",
      "ok     server: h",
      "ok     token: te",
      "ok     clock: wi",
      "ok     event: in",
      "",
    ]);
    expect(stdout).toContain(`${spool} can be written`);
    expect(stdout).not.toContain("pf_agt_");
    await site.close();
  });

  it.each<[string, Partial<AgentReply>, number, string]>([
    ["clock", { serverTime: new Date(Date.now() + 90_000).toISOString() }, 1, "s ahead"],
    ["token", { scopes: ["catalogue:read"] }, 4, "ask the organizer"],
    ["token", { expiresAt: new Date(Date.now() + 3_600_000).toISOString() }, 1, "ends soon"],
    ["event", { event: { slug: "l", label: "L", phase: "registration" } }, 1, "in testing"],
  ])("finds what is wrong with the %s, and says what to do", async (name, more, exit, advice) => {
    const { site, run } = await agent.bench();
    site.whim = () => ({ status: 200, body: { ...whoIAm(), ...more } });
    const { code, stdout } = await run(["doctor"]);
    const [wrong, ...others] = stdout.split("\n").filter((line) => line.startsWith("wrong"));
    expect({ code, wrong, others }).toEqual({
      code: exit,
      wrong: expect.stringMatching(new RegExp(`^wrong  ${name}: .*${advice}`)),
      others: [],
    });
    await site.close();
  });

  it("finds a server that is not there, a token that is refused, and a file open to others", async () => {
    const { site, run } = await agent.bench();
    const config = path.join(agent.folder, "open.json");
    writeFileSync(config, JSON.stringify({ url: "http://127.0.0.1:1" }));
    chmodSync(config, 0o644);
    const away = await run(["doctor", "--config", config, "--timeout", "0.3"], {
      PLUGFEST_URL: "",
    });
    expect(away.code).toBe(3);
    expect(away.stdout).toContain(`chmod 600 ${config}`);
    expect(away.stdout).toContain("wrong  server: No answer from http://127.0.0.1:1/");
    site.whim = () => ({ status: 401 });
    expect(await run(["doctor"])).toMatchObject({ code: 4 });
    await site.close();
  });
});

it("an empty report, and a TAP stream that was cut off, are told as what they are", async () => {
  const { site, run } = await agent.bench();
  const empty = path.join(agent.folder, "empty.xml");
  writeFileSync(empty, "<testsuites/>");
  const nothing = await run(["push", empty, "--track", "dtls", ...PARTIES]);
  expect(nothing).toMatchObject({ code: 1, stderr: expect.stringContaining("no result in it") });
  expect(site.runs.size).toBe(0);

  const bail = path.resolve("tests/fixtures/tap/bail.tap");
  const cut = await run(["push", bail, "--track", "dtls", ...PARTIES]);
  expect(cut).toMatchObject({ code: 0, stderr: expect.stringContaining("registrar is gone") });
  const [declared] = site.runs.values();
  expect(declared).toMatchObject({
    manifest: { plan: { items: 5 } },
    finish: { state: "aborted" },
  });
  await site.close();
});

describe("SIPp's files", () => {
  it("are pushed as one result with its metrics", async () => {
    const { site, run } = await agent.bench();
    const files = sipp("loss", "loss_4711_stat.csv", "loss_4711_rtt.csv", "loss_4711_counts.csv");
    const told = ["--track", "performance", "--test", "PERF-03", "--exit-code", "0"];
    expect(await run(["push", ...files, ...told, ...PARTIES])).toMatchObject({ code: 0 });
    const [item, ...others] = [...site.items.values()];
    expect(others).toEqual([]);
    expect(item).toMatchObject({ test: "PERF-03", outcome: "pass", labels: { name: "loss" } });
    const metrics = item?.metrics as { name: string; conditions: Record<string, string> }[];
    expect(metrics.find(({ conditions }) => conditions.statistic === "p95")).toEqual({
      name: "session_request_delay",
      value: 504,
      unit: "ms",
      repeats: 39,
      conditions: { calls: "40", rate: "20 CPS", statistic: "p95" },
      vantage: "generator",
    });
    await site.close();
  });

  it("with their error log need to be named, and an exit code is theirs alone", async () => {
    const { site, run } = await agent.bench();
    const files = sipp("timeout", "timeout_4711_stat.csv", "stderr.txt");
    const told = ["--track", "performance", "--test", "PERF-01", "--exit-code", "255", ...PARTIES];
    expect(await run(["push", ...files, ...told, "--format", "sipp"])).toMatchObject({ code: 0 });
    expect([...site.items.values()]).toMatchObject([{ outcome: "timeout", rawStatus: "exit=255" }]);
    const junit = path.resolve("tests/fixtures/junit/node.xml");
    expect(await run(["push", junit, ...told])).toMatchObject({ code: 2 });
    await site.close();
  });
});

const CATALOGUE: CatalogueReply = {
  event: "loopback",
  tracks: [
    {
      slug: "dtls",
      title: "DTLS",
      roles: [{ key: "client", label: "DTLS client" }],
      tests: [
        {
          key: "DTLS-01",
          version: 1,
          title: "Handshake",
          kind: "pair",
          level: "must",
          aliases: ["handshake"],
          variants: { mtu: ["300", "1200"] },
          roles: [{ key: "client", min: 1, max: 1 }],
        },
      ],
    },
  ],
  entries: [
    {
      entry: "openssl",
      project: "openssl",
      name: "OpenSSL",
      kind: "participant",
      tracks: ["dtls"],
      builds: ["3.0.22", "3.5"],
      currentBuild: "3.5",
    },
  ],
  pairings: [
    {
      track: "dtls",
      test: "DTLS-01",
      parties: [
        { role: "client", entry: "openssl" },
        { role: "server", entry: "gnutls" },
      ],
    },
  ],
};

it("catalogue and pairings show the event's names as the flags that push takes", async () => {
  const { site, run } = await agent.bench();
  site.whim = ({ path: asked }) =>
    asked.endsWith("/catalogue") ? { status: 200, body: CATALOGUE } : undefined;
  expect((await run(["catalogue"])).stdout).toBe(
    [
      "dtls: DTLS. Roles: client (DTLS client)",
      "  DTLS-01  Handshake  must  client  mtu=300|1200  also called handshake",
      "entry openssl: OpenSSL, participant, current 3.5; also 3.0.22; in dtls\n",
    ].join("\n"),
  );
  expect((await run(["pairings", "--track", "dtls"])).stdout).toBe(
    "--track dtls --test DTLS-01 --party client=openssl --party server=gnutls\n1 pairing not tried yet.\n",
  );
  const unknown = await run(["pairings", "--track", "siprec"]);
  expect(unknown).toMatchObject({ code: 2, stderr: expect.stringContaining("There are dtls") });
  await site.close();
});

describe("watch", () => {
  it("pushes reports as they appear, again when they change, and ends on a signal", async () => {
    const { site, start } = await agent.bench();
    const folder = path.join(agent.folder, "reports");
    mkdirSync(path.join(folder, "below"), { recursive: true });
    const report = (name: string) => `<testsuite><testcase name="${name}"/></testsuite>`;
    writeFileSync(path.join(folder, "first.xml"), report("first"));
    const { child, ended } = start(["watch", folder, "--track", "dtls", ...PARTIES]);
    await site.until(() => site.items.size >= 1);
    writeFileSync(path.join(folder, "below", "second.xml"), report("second"));
    writeFileSync(path.join(folder, "notes.txt"), "no report");
    writeFileSync(path.join(folder, "broken.xml"), "<testsuite>");
    await site.until(() => site.items.size === 2);
    writeFileSync(path.join(folder, "first.xml"), report("first, changed"));
    await site.until(() => site.items.size === 3);
    child.kill("SIGTERM");
    const { code, stderr } = await ended;
    expect(code).toBe(0);
    expect(stderr).toContain("broken.xml:1:11: Unclosed root tag");
    expect([...site.items.values()].map(({ test }) => test)).toEqual([
      "first",
      "second",
      "first, changed",
    ]);
    await site.close();
  });

  it("pushes SIPssert's scenarios as they end, and corrects them by its report", async () => {
    const { site, start } = await agent.bench();
    const logs = path.join(agent.folder, "logs", "2026-11-22.20:00:00.000000");
    const scenario = (name: string, status: string) =>
      plant(path.join(logs, "stir-shaken", name), { "uac.status": status, "uac.log": "log" });
    scenario("01.sign", "0");
    // A kernel's clock for files ticks every few milliseconds: the others must not be as old as this.
    const before = new Date(Date.now() - 1000);
    utimesSync(path.join(logs, "stir-shaken/01.sign/uac.status"), before, before);
    const watch = ["watch", path.dirname(logs), "--track", "stir-shaken", ...PARTIES];
    const { child, ended } = start(watch);
    scenario("02.expired", "1");
    scenario("03.silent", "255");
    await site.until(() => site.items.size === 1);
    const report = (name: string, verdict = "") =>
      `<testcase name="${name}" classname="stir-shaken" time="1">${verdict}</testcase>`;
    const failure = (word: string) => `<failure type="failure" message="${word}"/>`;
    const cases = [
      report("01.sign"),
      report("02.expired", failure("Failure")),
      report("03.silent", failure("Timeout")),
      report("04.left-out", '<skipped type="skipped" message="Filtered"/>'),
    ];
    plant(logs, {
      "report.xml": `<testsuites><testsuite name="stir-shaken">${cases.join("")}</testsuite></testsuites>`,
    });
    await site.until(() => site.items.size === 5);
    child.kill("SIGTERM");
    expect(await ended).toMatchObject({ code: 0 });
    const items = [...site.items.values()];
    const told = items.map(({ test, outcome }) => `${test} ${String(outcome)}`).sort();
    expect(told).toEqual([
      "01.sign pass",
      "02.expired fail",
      "03.silent fail",
      "03.silent timeout",
      "04.left-out skipped",
    ]);
    const corrected = items.find(({ outcome }) => outcome === "timeout");
    expect(corrected?.supersedes).toBe(
      items.find(({ test, outcome }) => test === "03.silent" && outcome === "fail")?.id,
    );

    // Followed anew, everything is there already.
    const runs = site.asked.length;
    const again = start(watch);
    const isFinished = (one: { path: string }) => one.path.endsWith("/finish");
    await site.until(() => site.asked.slice(runs).filter(isFinished).length === 4);
    again.child.kill("SIGTERM");
    expect(await again.ended).toMatchObject({ code: 0 });
    expect(site.items.size).toBe(5);
    await site.close();
  });
});
