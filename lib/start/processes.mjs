// Programs that the launcher runs to their end, and what it stops when it is told to stop itself.
import { spawn } from "node:child_process";
import { CannotStart } from "./cannot-start.mjs";
import { ROOT } from "./root.mjs";

const running = new Set();

/** Sent by the terminal, by a service manager, and by a terminal that is closed. */
export const ENDING_SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"];

export function endRunning() {
  for (const child of running) child.kill("SIGTERM");
}

/**
 * Runs a program in the clone and keeps its output to itself.
 * @returns {Promise<{ code: number, output: string, stdout: string }>} `output` is both streams
 */
export function runQuietly(file, args, { env = {}, shell = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      cwd: ROOT,
      env: { ...process.env, ...env },
      shell,
      stdio: ["ignore", "pipe", "pipe"],
    });
    running.add(child);
    const chunks = { stdout: [], both: [] };
    child.stdout.on("data", (chunk) => {
      chunks.stdout.push(chunk);
      chunks.both.push(chunk);
    });
    child.stderr.on("data", (chunk) => chunks.both.push(chunk));
    child.once("error", reject);
    child.once("close", (code) => {
      running.delete(child);
      const output = Buffer.concat(chunks.both).toString();
      resolve({ code: code ?? 1, output, stdout: Buffer.concat(chunks.stdout).toString() });
    });
  });
}

/** Runs a Node program; its output is shown only when it fails, and then in full. */
export async function runNode(args, env = {}) {
  return requireSuccess(args.join(" "), await runQuietly(process.execPath, args, { env }));
}

export function requireSuccess(what, { code, output, stdout }) {
  if (code === 0) return stdout;
  if (/ENOSPC|no space left on device/i.test(output)) {
    throw new CannotStart(`The disk that holds ${ROOT} is full: make room and start again.`);
  }
  console.error(`\n${output.trimEnd()}\n`);
  throw new CannotStart(`${what} ended with exit code ${code}; what it said is above.`);
}

/**
 * npm hands SIGTERM to the shell between us only, and that dies without a word: notice it.
 * @param {() => void} onOrphaned
 */
export function watchParent(onOrphaned) {
  const parent = process.ppid;
  if (!process.env.npm_lifecycle_event) return;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    onOrphaned();
  }, 300);
  timer.unref();
}
