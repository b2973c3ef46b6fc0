import { type ChildProcessByStdio, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Readable } from "node:stream";
import { expect, test } from "@playwright/test";

// `npm start` as a person meets it, on a data folder of its own.
const PORT = "3191";
const url = `http://localhost:${PORT}`;
let data = "";
let env: NodeJS.ProcessEnv;

test.beforeEach(() => {
  data = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "plugfest-launcher-")), "data");
  env = { ...process.env, PORT, PLUGFEST_DATA: data, PLUGFEST_DEMO: "0" };
});
test.afterEach(() => fs.rmSync(path.dirname(data), { recursive: true }));

type Launcher = {
  child: ChildProcessByStdio<null, Readable, null>;
  said: () => string;
  ready: () => Promise<void>;
  ended: Promise<number | null>;
};

function launch(command: string[] = [process.execPath, "lib/start/start.mjs"]): Launcher {
  const [file = "", ...args] = command;
  const child = spawn(file, args, { env, stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  return {
    child,
    said: () => said,
    ready: () =>
      expect.poll(() => said, { timeout: 60_000 }).toContain(`Plugfest is ready at ${url}`),
    ended: once(child, "exit").then(([code]) => code as number | null),
  };
}

const answers = () =>
  fetch(`${url}/readyz`).then(
    (response) => response.status,
    () => "nobody",
  );

const databaseRuns = () => fs.existsSync(path.join(data, "postgres/postmaster.pid"));

const admin = (...args: string[]) =>
  execFileSync(process.execPath, ["lib/start/admin.mjs", ...args], { env, encoding: "utf8" });

test("it starts, shows every step with its time, and SIGTERM ends all of it", async () => {
  const launcher = launch();
  await launcher.ready();
  expect(await answers()).toBe(200);
  for (const step of ["Packages", "Database", "Migrations", "Agent", "Site", "Serving"]) {
    expect(launcher.said()).toMatch(new RegExp(`^ {2}${step} +\\d+\\.\\d s`, "m"));
  }
  launcher.child.kill("SIGTERM");
  expect(await launcher.ended).toBe(0);
  expect(await answers()).toBe("nobody");
  expect(databaseRuns()).toBe(false);
  expect(fs.existsSync(path.join(data, "launcher.pid"))).toBe(false);
});

test("a kill -9 of the launcher ends the site, and the next start finds the database", async () => {
  const killed = launch();
  await killed.ready();
  killed.child.kill("SIGKILL");
  await killed.ended;
  const next = launch();
  await next.ready();
  expect(next.said()).toMatch(/^ {2}Database .* found running at 127\.0\.0\.1:\d+$/m);
  expect(await answers()).toBe(200);
  next.child.kill("SIGINT");
  expect(await next.ended).toBe(0);
  expect(databaseRuns()).toBe(false);
});

test("SIGTERM to npm, which tells nobody, ends all of it too", async () => {
  const launcher = launch(["npm", "start"]);
  await launcher.ready();
  launcher.child.kill("SIGTERM");
  await launcher.ended;
  await expect.poll(answers, { timeout: 10_000 }).toBe("nobody");
  await expect.poll(databaseRuns, { timeout: 10_000 }).toBe(false);
});

test("the operator's commands print their answer alone, beside the site and without it", async () => {
  const link = new RegExp(`^${url}/sign-in/confirm\\?\\S+\\n$`);
  expect(admin("sign-in-link", "--email", "someone@example.org")).toMatch(link);
  expect(databaseRuns()).toBe(false);
  const launcher = launch();
  await launcher.ready();
  expect(admin("sign-in-link", "--email", "someone@example.org")).toMatch(link);
  expect(databaseRuns()).toBe(true);
  launcher.child.kill("SIGTERM");
  expect(await launcher.ended).toBe(0);
});
