// The built site, killed and started again at one address.
import { spawn } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { SITE } from "../../lib/start/make.mjs";
import { SITE_FLAGS } from "../../lib/start/site.mjs";

const READY_MS = 60_000;

/**
 * `env` is what the site reads, but for PORT; `flags` are Node's own, beside those that the launcher gives. What it says goes to site.log in
 * `folder`.
 */
export async function openSite({ folder, env, flags = [] }) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const log = fs.openSync(path.join(folder, "site.log"), "a");
  let child;
  const start = async () => {
    child = spawn(process.execPath, [...SITE_FLAGS, ...flags, SITE], {
      env: { RATE_LIMITS: "off", ...env, APP_URL: url, PORT: String(port), HOSTNAME: "127.0.0.1" },
      // By the channel it notices when we die, and ends.
      stdio: ["ignore", log, log, "ipc"],
    });
    await untilReady(url, child);
  };
  const end = async (signal) => {
    const ended = new Promise((resolve) => child.once("exit", resolve));
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    await ended;
  };
  return {
    url,
    start,
    pid: () => child.pid,
    kill: () => end("SIGKILL"),
    stop: () => end("SIGTERM"),
  };
}

async function untilReady(url, child) {
  const deadline = performance.now() + READY_MS;
  for (;;) {
    const response = await fetch(`${url}/readyz`).catch(() => undefined);
    if (response?.ok) return;
    if (child.exitCode !== null || performance.now() > deadline) {
      throw new Error("The site did not get ready; site.log says why.");
    }
    await pause(50);
  }
}

export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
