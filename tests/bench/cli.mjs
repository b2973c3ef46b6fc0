// The agent as the site serves it, in a process of its own.
import { spawn } from "node:child_process";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { AGENT } from "../../lib/start/bundle.mjs";

const PEAK = fileURLToPath(new URL("./peak.mjs", import.meta.url));

/** @returns {{ url: string, token: string, spool: string, home: string }} as its environment */
export const agentEnv = ({ url, token, home }) => ({
  PLUGFEST_URL: url,
  PLUGFEST_TOKEN: token,
  PLUGFEST_SPOOL: path.join(home, "spool"),
  HOME: home,
});

/**
 * Runs a Node program, `file` or the agent, to its end. `onTold` hears each line of JSON as it comes.
 * @returns {Promise<{ code: number | null, ms: number, peakMiB: number, said: string }>} `said` is what went to stderr
 */
export function runCli(args, { env, onTold = () => undefined, file = AGENT }) {
  const began = performance.now();
  const child = spawn(process.execPath, ["--import", PEAK, file, ...args], {
    env,
    stdio: ["ignore", "pipe", "pipe", "pipe"],
  });
  let said = "";
  let peak = "";
  child.stderr.on("data", (chunk) => {
    said += chunk;
  });
  child.stdio[3].on("data", (chunk) => {
    peak += chunk;
  });
  createInterface({ input: child.stdout }).on("line", (line) => {
    if (line.startsWith("{")) onTold(JSON.parse(line));
  });
  const done = new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) =>
      resolve({ code, ms: performance.now() - began, peakMiB: Number(peak), said }),
    );
  });
  return Object.assign(done, { stop: () => void child.kill("SIGKILL") });
}
