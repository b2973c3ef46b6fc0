import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startPostgres } from "@/lib/start/postgres.mjs";
import { withClient } from "@/lib/start/roles.mjs";

const password = "known to this test";
let folder = "";
let stops: (() => Promise<void>)[] = [];

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "plugfest-postgres-"));
});

afterEach(async () => {
  for (const stop of stops) await stop();
  stops = [];
  fs.rmSync(folder, { recursive: true });
});

async function start(more: { password?: string } = {}) {
  const server = await startPostgres({ folder, password, fast: true, ...more });
  stops.push(server.stop);
  return server;
}

/** A launcher of its own: starts the server, says so, and stays. */
async function launchElsewhere(): Promise<ChildProcess> {
  const code = `
    const { startPostgres } = await import(${JSON.stringify(path.resolve("lib/start/postgres.mjs"))});
    const server = await startPostgres(${JSON.stringify({ folder, password, fast: true })});
    console.log(server.pid);
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", code], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  return child;
}

const query = async (url: string, sql: string): Promise<unknown[]> =>
  (await withClient(url, (client) => client.query<Record<string, unknown>>(sql))).rows;

test("a cluster is made once, and keeps what was written over a stop", async () => {
  const first = await start();
  await query(first.url(), "CREATE TABLE kept AS SELECT 7 AS seven");
  await first.stop();
  const second = await start();
  expect(second.found).toBe(false);
  expect(await query(second.url(), "SELECT * FROM kept")).toEqual([{ seven: 7 }]);
});

test("it listens to this machine only, and to nobody without the password", async () => {
  const server = await start();
  expect(
    await query(
      server.url(),
      "SELECT name, setting FROM pg_settings WHERE name IN ('listen_addresses', 'unix_socket_directories', 'password_encryption') ORDER BY name",
    ),
  ).toEqual([
    { name: "listen_addresses", setting: "127.0.0.1" },
    { name: "password_encryption", setting: "scram-sha-256" },
    { name: "unix_socket_directories", setting: "" },
  ]);
  const wrong = new URL(server.url());
  wrong.password = "guessed";
  await expect(query(wrong.toString(), "SELECT 1")).rejects.toThrow(
    "password authentication failed",
  );
});

test("after a kill -9 of the launcher the next start finds the server running", async () => {
  const launcher = await launchElsewhere();
  launcher.kill("SIGKILL");
  await once(launcher, "exit");
  const server = await start();
  expect(server.found).toBe(true);
  expect(await query(server.url(), "SELECT 1 AS one")).toEqual([{ one: 1 }]);
});

test("after a kill -9 of the server as well the next start recovers it", async () => {
  const launcher = await launchElsewhere();
  const pidFile = path.join(folder, "postgres/postmaster.pid");
  process.kill(Number(fs.readFileSync(pidFile, "utf8").split("\n")[0]), "SIGKILL");
  launcher.kill("SIGKILL");
  await once(launcher, "exit");
  const server = await start();
  expect(server.found).toBe(false);
  expect(await query(server.url(), "SELECT 1 AS one")).toEqual([{ one: 1 }]);
});

test("a pid file whose number belongs to another process by now is no obstacle", async () => {
  const first = await start();
  const pidFile = path.join(folder, "postgres/postmaster.pid");
  const lines = fs.readFileSync(pidFile, "utf8").split("\n");
  await first.stop();
  const stranger = spawn("sleep", ["60"]);
  fs.writeFileSync(pidFile, [stranger.pid, ...lines.slice(1)].join("\n"));
  const second = await start();
  expect(second.found).toBe(false);
  expect(stranger.exitCode).toBeNull();
  stranger.kill();
});

test.each(["running", "stopped"])("secrets of another database are refused: %s", async (state) => {
  const server = await start();
  if (state === "stopped") await server.stop();
  await expect(start({ password: "another" })).rejects.toThrow(
    "The embedded database does not accept the password in the data folder's secrets.json",
  );
  const isLeft = fs.existsSync(path.join(folder, "postgres/postmaster.pid"));
  expect(isLeft).toBe(state === "running");
});

test("a cluster that was interrupted while it was made is made again", async () => {
  const partial = path.join(folder, "postgres.partial");
  fs.mkdirSync(partial);
  fs.writeFileSync(path.join(partial, "PG_VERSION"), "18\n");
  const server = await start();
  expect(await query(server.url(), "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  expect(fs.existsSync(partial)).toBe(false);
});

test("a cluster that cannot start is reported with Postgres' own reason", async () => {
  const server = await start();
  await server.stop();
  fs.rmSync(path.join(folder, "postgres/global/pg_control"));
  await expect(start()).rejects.toThrow(/The embedded database ended at once: .*pg_control/);
});

test("a throw-away cluster goes with the process that made it, however that ends", async () => {
  const code = `
    const { startScratchPostgres } = await import(${JSON.stringify(path.resolve("lib/start/scratch.mjs"))});
    const server = await startScratchPostgres();
    console.log(server.pid);
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", code], {
    env: { ...process.env, TMPDIR: folder },
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  expect(fs.readdirSync(folder)).toHaveLength(1);
  child.kill("SIGKILL");
  await expect.poll(() => fs.readdirSync(folder), { timeout: 10_000 }).toEqual([]);
});

test("where root has no user namespaces, the server runs as nobody", async () => {
  // A machine that forbids them, as this process sees it: unshare fails.
  const bin = path.join(folder, "bin");
  fs.mkdirSync(bin);
  fs.writeFileSync(path.join(bin, "unshare"), "#!/bin/sh\nexit 1\n", { mode: 0o755 });
  fs.chmodSync(folder, 0o755);
  const before = process.env.PATH;
  process.env.PATH = `${bin}:${before}`;
  try {
    const server = await start();
    const isRoot = process.getuid?.() === 0;
    const owner = fs.statSync(path.join(folder, "postgres")).uid;
    expect(owner).toBe(isRoot ? 65534 : process.getuid?.());
    expect(await query(server.url(), "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  } finally {
    process.env.PATH = before;
  }
});
