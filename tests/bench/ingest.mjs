// npm run bench:ingest: the push over HTTP, beside the same transaction issued directly and beside a
// naive server, all on one durable Postgres and in one run; docs/benchmarks.md says what the figures mean.
// `-- --quick` for a look, `-- --profile FOLDER` for a CPU profile of the site.
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { makeAgent, makeClient, makeSite } from "../../lib/start/make.mjs";
import { withClient } from "../../lib/start/roles.mjs";
import { siteEnv } from "../../lib/start/site.mjs";
import { startDurablePostgres } from "../fault/postgres.mjs";
import { freePort, openSite } from "../fault/site.mjs";
import { bundleBench, runProgram, startProgram } from "./program.mjs";

const FULL = { rounds: 7, batches: 24, agents: [1, 4, 8], mixes: ["few", "many"], pacedS: 20 };
const QUICK = { rounds: 3, batches: 24, agents: [1, 8], mixes: ["few", "many"], pacedS: 5 };

const { values } = parseArgs({
  options: {
    quick: { type: "boolean" },
    profile: { type: "string" },
    agents: { type: "string" },
    mix: { type: "string" },
    rounds: { type: "string" },
  },
});

const toStop = [];
async function stopAll() {
  for (const stop of toStop.splice(0).reverse()) await stop();
}
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.once(signal, () => void stopAll().then(() => process.exit(1)));
}

async function main() {
  for (const make of [makeClient, makeAgent, makeSite]) await make();
  const [event, ingest, naive] = await Promise.all(["event", "ingest", "naive"].map(bundleBench));
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "plugfest-bench-"));
  toStop.push(async () => fs.rmSync(folder, { recursive: true, force: true }));
  const postgres = await startDurablePostgres();
  toStop.push(postgres.stop);
  const secrets = { authSecret: randomBytes(32).toString("hex") };
  const envFor = (database) => ({
    ...siteEnv({ appUrl: "http://127.0.0.1", data: folder }, secrets),
    DATABASE_URL: postgres.appUrl(database),
  });
  const fixture = JSON.parse(await runProgram(event, { env: envFor("plugfest"), isQuiet: true }));
  for (const name of ["ahead", "direct", "site", "naive"]) {
    await withClient(postgres.url(), (client) =>
      client.query(`CREATE DATABASE ${name} TEMPLATE plugfest OWNER plugfest_owner`),
    );
  }
  const site = await startSide(envFor("site"), folder);
  const { eventId } = fixture;
  const naiveUrl = values.profile
    ? null
    : await startNaive(naive, { env: envFor("naive"), eventId });
  const config = {
    ...chosen(),
    ...{ fixture, site: site.url, naive: naiveUrl, directUrl: postgres.appUrl("direct") },
    limitsUrl: postgres.url("direct"),
  };
  const file = path.join(folder, "config.json");
  fs.writeFileSync(file, JSON.stringify(config), { mode: 0o600 });
  await runProgram(ingest, { args: [file], env: envFor("ahead") });
  return 0;
}

function chosen() {
  const plan = values.quick ? QUICK : FULL;
  return {
    ...plan,
    ...(values.agents && { agents: values.agents.split(",").map(Number) }),
    ...(values.mix && { mixes: values.mix.split(",") }),
    ...(values.rounds && { rounds: Number(values.rounds) }),
    ...(values.profile && { pacedS: 0 }),
  };
}

async function startSide(env, folder) {
  const flags = values.profile
    ? ["--cpu-prof", `--cpu-prof-dir=${path.resolve(values.profile)}`]
    : [];
  const site = await openSite({ folder, env, flags });
  toStop.push(site.stop);
  await site.start();
  return site;
}

async function startNaive(file, { env, eventId }) {
  const port = await freePort();
  const { child, ended } = startProgram(file, {
    args: [String(port), env.DATABASE_URL, eventId],
    env,
    onSaid: () => undefined,
  });
  toStop.push(async () => {
    child.kill();
    await ended;
  });
  await new Promise((resolve) => child.stdout.once("data", resolve));
  return `http://127.0.0.1:${port}`;
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
} finally {
  await stopAll();
}
