import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll } from "vitest";
import { bundleAgent } from "@/lib/start/bundle.mjs";
import { openSite, TOKEN } from "./throw-away-site";

export type Ended = {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
  /** The lines of --json. */
  events: { event: string; [field: string]: unknown }[];
};

export type Started = { child: ChildProcess; ended: Promise<Ended> };

/** A folder and the bundled agent in it, for one test file. */
export function bundledAgent() {
  const folder = mkdtempSync(path.join(tmpdir(), "plugfest-harness-"));
  const bundle = path.join(folder, "plugfest.mjs");
  beforeAll(() => bundleAgent(bundle));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  let spools = 0;
  return {
    folder,
    bundle,
    /** A spool of its own, and a site that is closed by the test. */
    async bench() {
      const site = await openSite();
      spools += 1;
      const spool = path.join(folder, `spool-${spools}`);
      const env = { PLUGFEST_URL: site.url, PLUGFEST_TOKEN: TOKEN, PLUGFEST_SPOOL: spool };
      const start = (args: string[], more: Record<string, string> = {}) =>
        startAgent(bundle, args, { HOME: folder, ...env, ...more });
      return {
        site,
        spool,
        start,
        run: (args: string[], more?: Record<string, string>) => start(args, more).ended,
      };
    },
  };
}

function startAgent(bundle: string, args: string[], env: Record<string, string>): Started {
  const child = spawn(process.execPath, [bundle, ...args], {
    env: { NODE_ENV: "production", PATH: "/usr/local/bin:/usr/bin:/bin", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk: Buffer) => {
    stdout += chunk;
  });
  child.stderr.on("data", (chunk: Buffer) => {
    stderr += chunk;
  });
  const ended = new Promise<Ended>((resolve) => {
    child.once("close", (code, signal) => {
      const lines = stdout.split("\n").filter((line) => line.startsWith("{"));
      resolve({
        code,
        signal,
        stdout,
        stderr,
        events: lines.map((line) => JSON.parse(line) as Ended["events"][number]),
      });
    });
  });
  return { child, ended };
}
