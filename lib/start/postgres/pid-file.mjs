// postmaster.pid: how a server is found again that outlived its launcher.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

// No process has this number, so Postgres takes a lock file that names it for a dead server's.
const NO_PROCESS = 2 ** 31 - 1;

/** `{ pid, port, isReady }` of the server that runs in `cluster`, or undefined when none does. */
export function findRunningServer(cluster) {
  const [pid, , , port, , , , state] = readLines(cluster) ?? [];
  if (!isServerOf(Number(pid), cluster)) return undefined;
  return { pid: Number(pid), port: Number(port), isReady: state?.trim() === "ready" };
}

/**
 * Before a start: takes a number out that is another process' by now; Postgres itself would refuse
 * to start. The rest stays: by the shared memory it names, Postgres still sees whether orphans of the
 * dead server are at work on the files.
 */
export function clearPidFile(cluster) {
  const lines = readLines(cluster);
  if (!lines) return;
  fs.writeFileSync(fileOf(cluster), [NO_PROCESS, ...lines.slice(1)].join("\n"));
}

const fileOf = (cluster) => path.join(cluster, "postmaster.pid");

function readLines(cluster) {
  const file = fileOf(cluster);
  return fs.existsSync(file) ? fs.readFileSync(file, "utf8").split("\n") : undefined;
}

function isServerOf(pid, cluster) {
  const command = pid > 0 ? commandOf(pid) : "";
  return command.includes("postgres") && command.includes(cluster);
}

/** The command line of a process; empty when there is no such process. */
function commandOf(pid) {
  if (fs.existsSync("/proc/self/cmdline")) {
    const file = `/proc/${pid}/cmdline`;
    return fs.existsSync(file) ? fs.readFileSync(file, "utf8").replaceAll("\0", " ") : "";
  }
  return spawnSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" }).stdout ?? "";
}

/** Whether a process runs. One that has ended counts as ended, even if its parent never asked for it. */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error.code === "EPERM";
  }
  return stateOf(pid) !== "Z";
}

/** The letter Linux gives a process' state; elsewhere unknown. Its name before may hold spaces. */
function stateOf(pid) {
  const file = `/proc/${pid}/stat`;
  return fs.existsSync(file) ? fs.readFileSync(file, "utf8").split(") ").at(-1)?.[0] : undefined;
}
