// What a benchmark stands on: a Postgres that writes durably, a built site, an event with its agents; all put away at the end.
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { makeAgent, makeClient, makeSite } from "../../lib/start/make.mjs";
import { siteEnv } from "../../lib/start/site.mjs";
import { startDurablePostgres } from "../fault/postgres.mjs";
import { openSite } from "../fault/site.mjs";
import { bundleBench, runProgram } from "./program.mjs";

const toStop = [];

export async function stopAll() {
  for (const stop of toStop.splice(0).reverse()) await stop();
}

/** Has something put away at the end, whatever the end is. */
export const putAway = (stop) => void toStop.push(stop);

export const say = (text) => process.stdout.write(`${text}\n`);

/** Runs a benchmark to its end and puts everything away, also when it fails or is told to stop. */
export async function runBench(main) {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.once(signal, () => void stopAll().then(() => process.exit(1)));
  }
  try {
    await main();
  } catch (error) {
    process.stderr.write(`${error.stack}\n`);
    process.exitCode = 1;
  } finally {
    await stopAll();
  }
}

/**
 * @param {{ agents?: number }} [options] how many tokens
 */
export async function openStage({ agents = 8 } = {}) {
  for (const one of [makeClient, makeAgent, makeSite]) await one();
  const event = await bundleBench("event");
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "plugfest-bench-"));
  putAway(async () => fs.rmSync(folder, { recursive: true, force: true }));
  const postgres = await startDurablePostgres();
  putAway(postgres.stop);
  const secrets = { authSecret: randomBytes(32).toString("hex") };
  // Asked anew for every start: after one, the database has another port.
  const env = (database) => ({
    ...siteEnv({ appUrl: "http://127.0.0.1", data: folder }, secrets),
    DATABASE_URL: postgres.appUrl(database),
  });
  const said = await runProgram(event, { args: [String(agents)], env: env(), isQuiet: true });
  return { folder, postgres, env, fixture: JSON.parse(said) };
}

/** The site of a stage on one of its databases, not started yet; stopped at the end if it runs then. */
export async function siteOf({ folder, env }, database = "plugfest") {
  const site = await openSite({ folder, env: env(database) });
  let isStarted = false;
  const start = async () => {
    isStarted = true;
    await site.start();
  };
  const stop = async () => {
    if (isStarted) await site.stop();
    isStarted = false;
  };
  putAway(stop);
  return { ...site, start, stop };
}

/** The middle one; of an even number, the upper of the two. */
export const middle = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/** The value below which `share` of the values lie. */
export const quantile = (values, share) =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))];

/** A table of right-aligned columns; `rows` are lists of texts and numbers. */
export function sayTable(heads, rows) {
  const widths = heads.map((head, at) =>
    Math.max(head.length, ...rows.map((row) => String(row[at]).length)),
  );
  for (const row of [heads, ...rows]) {
    say(row.map((one, at) => String(one).padStart(widths[at])).join("  "));
  }
}
