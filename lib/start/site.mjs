// The built site as a child of the launcher.
import { spawn } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";
import { CannotStart } from "./cannot-start.mjs";
import { SITE } from "./make.mjs";

const READY_MS = 60_000;
// Live pages keep their requests open; the others are done long before.
const GRACE_MS = 5000;

/** What the site and the operator's commands read; lib/core/env.ts checks it. */
export const siteEnv = (settings, secrets) => ({
  NODE_ENV: "production",
  NEXT_TELEMETRY_DISABLED: "1",
  APP_URL: settings.appUrl,
  NEXTAUTH_URL: settings.appUrl,
  AUTH_SECRET: settings.authSecret ?? secrets.authSecret,
  PLUGFEST_DATA: settings.data,
});

/**
 * Node's own settings for the site. A batch of results makes 10 MB of short-lived objects: with room for
 * several they die young, instead of being carried on. Measured by `npm run bench:ingest`.
 */
export const SITE_FLAGS = ["--max-semi-space-size=64"];

/**
 * Starts the site and waits until it answers /readyz.
 * @param {{ port: number, listen: string, env: Record<string, string | undefined> }} options
 */
export async function startSite({ port, listen, env }) {
  const child = spawn(process.execPath, [...SITE_FLAGS, SITE], {
    env: { ...process.env, ...env, PORT: String(port), HOSTNAME: listen },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    detached: true, // Ctrl-C reaches the whole foreground group; we pass it on in our order
  });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const said = [];
  const keep = (chunk) => said.push(chunk);
  for (const stream of [child.stdout, child.stderr]) stream.on("data", keep);
  const url = `http://${reachable(listen)}:${port}`;
  await untilReady(url, { child, said });
  for (const stream of [child.stdout, child.stderr]) stream.off("data", keep);
  child.stdout.pipe(process.stdout);
  child.stderr.pipe(process.stderr);
  return { url, ended, stop: () => stopSite(child, ended) };
}

const ANY = { "0.0.0.0": "127.0.0.1", "::": "[::1]" };
const reachable = (listen) => ANY[listen] ?? (listen.includes(":") ? `[${listen}]` : listen);

async function untilReady(url, { child, said }) {
  const deadline = performance.now() + READY_MS;
  for (;;) {
    const answer = await askReady(url);
    if (answer === "ready") return;
    if (child.exitCode !== null || child.signalCode !== null || performance.now() > deadline) {
      child.kill("SIGKILL");
      console.error(`\n${Buffer.concat(said).toString().trimEnd()}\n`);
      throw new CannotStart(`The site did not get ready (${answer}); what it said is above.`);
    }
    await pause(50);
  }
}

async function askReady(url) {
  try {
    const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(5000) });
    return response.ok ? "ready" : `/readyz answers ${response.status}: ${await response.text()}`;
  } catch (error) {
    return error.cause?.message ?? error.message;
  }
}

async function stopSite(child, ended) {
  child.kill("SIGTERM");
  const force = setTimeout(() => child.kill("SIGKILL"), GRACE_MS);
  await ended;
  clearTimeout(force);
}
