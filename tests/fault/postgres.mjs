// A throw-away Postgres that writes as durably as a real one, and can be killed whole and started again.
import { spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { migrate } from "../../lib/start/migrate.mjs";
import { isAlive } from "../../lib/start/postgres/pid-file.mjs";
import { startPostgres } from "../../lib/start/postgres.mjs";
import { APP, asRole, ensureOwnedDatabase, letAppLogIn, OWNER } from "../../lib/start/roles.mjs";

const NAME = "plugfest";

// Reads which process is the server, the last line counts; its input ends when we close it, and also
// when we are killed. Then it stops that server and removes the files. $0 is the folder.
const GUARD = `while read -r pid; do server=$pid; done
kill -INT "$server"
tries=0
while kill -0 "$server" && [ $tries -lt 500 ]; do sleep 0.02; tries=$((tries + 1)); done
rm -rf "$0"`;

/**
 * Starts it, migrated. `url` names a database of it as the superuser, `appUrl` as the role that the
 * site has; after `kill` and `start` the port is another.
 */
export async function startDurablePostgres() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "plugfest-durable-"));
  const superuser = randomBytes(16).toString("hex");
  const password = randomBytes(16).toString("hex");
  const guard = spawn("sh", ["-c", GUARD, folder], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true, // Ctrl-C must not reach it before it has done its work
  });
  let server;
  const start = async () => {
    server = await startPostgres({ folder, password: superuser });
    guard.stdin.write(`${server.pid}\n`);
  };
  const stop = async () => {
    guard.stdin.end();
    if (guard.exitCode === null) await once(guard, "exit");
  };
  const url = (database) => server.url(database);
  try {
    await start();
    await ensureOwnedDatabase(url(), { database: NAME, password });
    await migrate(asRole(url(NAME), OWNER, password));
    await letAppLogIn(url(), password);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    start,
    stop,
    kill: () => killFamily(server.pid),
    port: () => Number(new URL(url()).port),
    url,
    appUrl: (database = NAME) => asRole(url(database), APP, password),
  };
}

/** Ends a process and its children by kill -9, itself first: it must not see them die and start others. */
async function killFamily(pid) {
  const { stdout } = spawnSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" });
  const children = stdout
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter(([, parent]) => parent === pid)
    .map(([child]) => child);
  for (const one of [pid, ...children]) kill(one);
  while (isAlive(pid)) await pause(5);
}

function kill(pid) {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if (error.code !== "ESRCH") throw error; // it has ended by itself
  }
}
