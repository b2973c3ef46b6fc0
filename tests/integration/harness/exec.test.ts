import { existsSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { bundledAgent } from "./agent";
import type { Site } from "./throw-away-site";

const FLAGS = ["--track", "stir-shaken", "--test", "SS-07", "--party", "as=opensips"];
const agent = bundledAgent();

const script = (text: string) => ["--", "sh", "-c", text];
const only = (site: Site) => [...site.items.values()];

describe("a command that is run", () => {
  it("keeps its output and its exit code, and becomes one result", async () => {
    const { site, run } = await agent.bench();
    const { code, stdout, stderr } = await run([
      "exec",
      ...FLAGS,
      ...script("echo to stdout; echo to stderr >&2; exit 3"),
    ]);
    expect({ code, stdout }).toEqual({ code: 3, stdout: "to stdout\n" });
    expect(stderr).toMatch(/^to stderr\n(sh: .*\n)+$/);
    expect(only(site)).toMatchObject([
      {
        test: "SS-07",
        outcome: "fail",
        rawStatus: "exit=3",
        message: "sh: exit 3",
        log: { excerpt: expect.stringMatching(/to stdout/), truncated: false },
      },
    ]);
    const [declared] = site.runs.values();
    expect(declared?.manifest).toMatchObject({
      source: { format: "exec", runner: "sh", files: [] },
      parties: [{ role: "as", entry: "opensips" }],
    });
    await site.close();
  });

  it("is a new result every time", async () => {
    const { site, run } = await agent.bench();
    await run(["exec", ...FLAGS, ...script("true")]);
    await run(["exec", ...FLAGS, ...script("true")]);
    expect(only(site).map(({ outcome }) => outcome)).toEqual(["pass", "pass"]);
    expect(site.runs.size).toBe(2);
    await site.close();
  });

  it("has its exit code read by a map", async () => {
    const { site, run } = await agent.bench();
    const map = ["--exit-map", "0=degraded,127=unsupported,124=timeout,*=error"];
    const exits = [0, 124, 127, 9];
    for (const exit of exits) {
      const { code } = await run(["exec", ...FLAGS, ...map, ...script(`exit ${exit}`)]);
      expect(code).toBe(exit);
    }
    expect(only(site).map(({ outcome, unsupportedBy }) => [outcome, unsupportedBy])).toEqual([
      ["degraded", []],
      ["timeout", []],
      ["unsupported", ["as"]],
      ["error", []],
    ]);
    await site.close();
  });

  it("that was killed, or is not there, is an error of the harness whatever the map says", async () => {
    const { site, run } = await agent.bench();
    const map = ["--exit-map", "127=unsupported,137=pass"];
    const killed = await run(["exec", ...FLAGS, ...map, ...script("kill -9 $$")]);
    const absent = await run(["exec", ...FLAGS, ...map, "--", "/no/such/program"]);
    expect([killed.code, absent.code]).toEqual([137, 127]);
    expect(only(site)).toMatchObject([
      { outcome: "error", rawStatus: "SIGKILL", message: "sh: ended by SIGKILL" },
      { outcome: "error", message: expect.stringContaining("program: could not be run") },
    ]);
    await site.close();
  });

  it("keeps its own flags, and its own stdout beside --json", async () => {
    const { site, run } = await agent.bench();
    const { code, stdout } = await run(["exec", ...FLAGS, "--", "echo", "--json", "--help"]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: "--json --help\n" });
    await site.close();
  });

  it("has a long output cut to its end", async () => {
    const { site, run } = await agent.bench();
    await run(["exec", ...FLAGS, ...script("seq 1 20000; echo the end")]);
    const [item] = only(site);
    const log = item?.log as { excerpt: string; truncated: boolean };
    expect(log.truncated).toBe(true);
    expect(log.excerpt.endsWith("20000\nthe end")).toBe(true);
    expect(Buffer.byteLength(log.excerpt)).toBeLessThanOrEqual(16_384);
    await site.close();
  });
});

describe("when the push fails", () => {
  it("the exit code is still the command's, and the result waits", async () => {
    const { site, run } = await agent.bench();
    site.whim = () => "hang up";
    const quick = ["--timeout", "0.3"];
    expect(await run(["exec", ...FLAGS, ...quick, ...script("exit 0")])).toMatchObject({ code: 0 });
    const strict = ["exec", ...FLAGS, ...quick, "--fail-on-upload"];
    expect(await run([...strict, ...script("exit 0")])).toMatchObject({ code: 3 });
    expect(await run([...strict, ...script("exit 5")])).toMatchObject({ code: 5 });
    site.whim = () => undefined;
    expect(await run(["flush"])).toMatchObject({ code: 0 });
    expect(site.items.size).toBe(3);
    await site.close();
  });
});

it("mistakes are told before the command runs", async () => {
  const { site, run } = await agent.bench();
  const marker = path.join(agent.folder, "was-run");
  const command = script(`echo > ${marker}`);
  const two = [...FLAGS, "--party", "vs=kamailio"];
  const mistakes: [string[], string, Record<string, string>?][] = [
    [["exec", ...FLAGS], "Which command?"],
    [["exec", "--track", "t", "--party", "a=b", ...command], "Which test?"],
    [["exec", "--test", "t", "--party", "a=b", ...command], "Which track?"],
    [["exec", ...FLAGS, "--exit-map", "3", ...command], "--exit-map '3' is not CODE=OUTCOME"],
    [["exec", ...FLAGS, "--exit-map", "3=passed", ...command], "Outcomes are pass, degraded"],
    [["exec", ...two, "--exit-map", "9=unsupported", ...command], "--unsupported-by"],
    [["exec", ...FLAGS, ...command], "No server is known", { PLUGFEST_URL: "" }],
  ];
  const ended = await Promise.all(mistakes.map(([args, , env]) => run(args, env)));
  for (const [at, [args, complaint]] of mistakes.entries()) {
    const { code, stderr } = ended[at] ?? {};
    expect({ args, code, stderr }).toEqual({
      args,
      code: 2,
      stderr: expect.stringContaining(complaint),
    });
  }
  expect(site.asked).toEqual([]);
  expect(existsSync(marker)).toBe(false);
  await site.close();
});
