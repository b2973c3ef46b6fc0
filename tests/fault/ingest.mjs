// npm run fault:ingest: real agents push results while the site, the whole database and the agents
// are killed with kill -9, again and again. Afterwards nothing may be lost, doubled or folded wrongly.
// `-- --short` is what `npm test` runs; `-- --seed N` repeats the choices of an earlier run.
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { ADMIN } from "../../lib/start/bundle.mjs";
import { makeAdmin, makeAgent, makeClient, makeSite } from "../../lib/start/make.mjs";
import { runNode } from "../../lib/start/processes.mjs";
import { siteEnv } from "../../lib/start/site.mjs";
import { Agent } from "./agent.mjs";
import { openDoor } from "./door.mjs";
import { startDurablePostgres } from "./postgres.mjs";
import { pick, randomFrom } from "./random.mjs";
import { listTests, writeReports } from "./reports.mjs";
import { openSite } from "./site.mjs";
import { compareResults, digestCells } from "./verify.mjs";

const LONG = { results: 20_000, agents: 8, kills: { site: 8, database: 6, agent: 10 }, limitS: 180 };
const SHORT = { results: 2000, agents: 4, kills: { site: 1, database: 1, agent: 1 }, limitS: 60 };
const REPORTERS = ["openssl", null, "gnutls", "werift"];

const { values } = parseArgs({
  options: { short: { type: "boolean" }, seed: { type: "string" } },
});
const plan = values.short ? SHORT : LONG;
const seed = values.seed ? Number(values.seed) : randomBytes(4).readUInt32LE();
const random = randomFrom(seed);
const began = performance.now();
const seconds = () => ((performance.now() - began) / 1000).toFixed(1);
const say = (text) => process.stdout.write(`${text}\n`);

const toStop = [];
async function stopAll() {
  for (const stop of toStop.splice(0).reverse()) await stop();
}
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.once(signal, async () => {
    await stopAll();
    process.exit(1);
  });
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
} finally {
  await stopAll();
}

async function main() {
  say(`seed ${seed}: ${plan.results} results, ${plan.agents} agents`);
  const stage = await setTheStage();
  const { agents, reports } = stage;
  const kills = await pushUnderFire(stage);
  const acknowledged = agents.flatMap((agent) => [...agent.acknowledged.values()].flat());
  const pushedS = seconds();

  const faults = {};
  const compare = async (what) => {
    const found = await compareResults(stage.superuser(), { reports, acknowledged });
    for (const [name, count] of Object.entries(found.faults)) faults[`${what}: ${name}`] = count;
    return found.counted;
  };
  const refused = agents.flatMap((agent) => agent.refused);
  faults["answers that refuse an item"] = refused.length;
  if (refused.length > 0) say(JSON.stringify(refused[0]));
  for (const kind of Object.keys(plan.kills)) {
    faults[`no kill of: ${kind}`] = kills[kind] > 0 ? 0 : 1;
  }
  const { rows, cells } = await compare("after the push");
  faults["cells other than the fold"] = await countRefolded(stage);
  faults["answers to the replay but duplicate"] = await replay(stage);
  await compare("after the replay");
  faults["cells other than the fold after the replay"] = await countRefolded(stage);
  return report({ agents, kills, faults, acknowledged, rows, cells, pushedS });
}

/** Database, site, event, agents and their files. */
async function setTheStage() {
  for (const make of [makeClient, makeAgent, makeAdmin, makeSite]) await make();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "plugfest-fault-"));
  toStop.push(async () => fs.rmSync(folder, { recursive: true, force: true }));
  const postgres = await startDurablePostgres();
  toStop.push(postgres.stop);
  const door = await openDoor(postgres.port());
  toStop.push(async () => door.shut());
  const atDoor = new URL(postgres.appUrl());
  atDoor.port = String(door.port);
  const secrets = { authSecret: randomBytes(32).toString("hex") };
  const env = {
    ...siteEnv({ appUrl: "http://127.0.0.1", data: folder }, secrets),
    DATABASE_URL: atDoor.toString(),
  };
  await runNode([ADMIN, "seed"], env);
  const site = await openSite({ folder, env });
  toStop.push(site.stop);
  await site.start();
  const made = await makeAgents({ folder, env, site });
  return { postgres, door, site, env, ...made, superuser: () => postgres.url("plugfest") };
}

async function makeAgents({ folder, env, site }) {
  const tokens = await Promise.all(
    REPORTERS.map(async (entry) => {
      const who = entry === null ? ["--neutral"] : ["--entry", entry];
      return (await runNode([ADMIN, "agent-token", "--event", "loopback", ...who], env)).trim();
    }),
  );
  const tests = await listTests(site.url, tokens[0]);
  const progress = { acknowledged: 0 };
  const agents = Array.from({ length: plan.agents }, (_, at) => {
    const own = path.join(folder, `agent-${at + 1}`);
    const reports = writeReports({
      folder: own,
      results: plan.results / plan.agents,
      reporter: REPORTERS[at % REPORTERS.length],
      tests,
      random,
    });
    return new Agent({
      folder: own,
      env: { PLUGFEST_URL: site.url, PLUGFEST_TOKEN: tokens[at % REPORTERS.length] },
      reports,
      onDone: (count) => {
        progress.acknowledged += count;
      },
    });
  });
  toStop.push(async () => {
    for (const agent of agents) agent.kill();
  });
  const reports = agents.flatMap((agent) => [...agent.reports.values()]);
  return { agents, progress, reports };
}

/** Agents push until their spools are empty; meanwhile things are killed, a moment after each mark. */
async function pushUnderFire(stage) {
  const deadline = began + plan.limitS * 1000;
  const isLate = () => performance.now() > deadline;
  const isOver = () => isLate() || stage.agents.every(({ isDone }) => isDone);
  const kills = { site: 0, database: 0, agent: 0 };
  const victims = shuffle(
    Object.entries(plan.kills).flatMap(([kind, count]) => Array(count).fill(kind)),
  );
  const chaos = async () => {
    for (const [at, kind] of victims.entries()) {
      const mark = (plan.results * 0.9 * (at + random())) / victims.length;
      while (stage.progress.acknowledged < mark && !isOver()) await pause(1);
      await pause(random() * 30);
      if (isOver()) return;
      if (await KILL[kind](stage)) kills[kind] += 1;
    }
  };
  await Promise.all([...stage.agents.map((agent) => agent.deliver(isLate, random)), chaos()]);
  if (isLate()) throw new Error(`Not done within ${plan.limitS} s.`);
  return kills;
}

const KILL = {
  async site({ site }) {
    await site.kill();
    await pause(random() * 200);
    await site.start();
    return true;
  },
  async database({ postgres, door }) {
    door.shut();
    await postgres.kill();
    await pause(random() * 500);
    await postgres.start();
    await door.open(postgres.port());
    return true;
  },
  async agent({ agents }) {
    return pick(random, agents.filter(({ isDone }) => !isDone) ?? [])?.kill() ?? false;
  },
};

function shuffle(list) {
  return list
    .map((one) => ({ one, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ one }) => one);
}

/** 1 when rebuilding the cells from their results changes any of them. */
async function countRefolded({ env, superuser }) {
  const kept = await digestCells(superuser());
  await runNode([ADMIN, "rebuild-cells", "--event", "loopback"], env);
  return (await digestCells(superuser())) === kept ? 0 : 1;
}

/** Pushes every file once more; returns how many items were answered by anything but "duplicate". */
async function replay({ agents }) {
  let others = plan.results;
  await Promise.all(
    agents.map((agent) =>
      agent.run(["push", ...agent.reports.keys(), "--format", "plugfest"], (told) => {
        if (told.event === "finished") others -= told.duplicate;
      }),
    ),
  );
  return others;
}

function report({ agents, kills, faults, acknowledged, rows, cells, pushedS }) {
  const retries = new Map();
  for (const [reason, count] of agents.flatMap((agent) => [...agent.retries])) {
    retries.set(reason, (retries.get(reason) ?? 0) + count);
  }
  say(`kill -9: site ${kills.site}, database ${kills.database}, agents ${kills.agent}`);
  say(`pushed after ${pushedS} s; ${acknowledged.length} acknowledged, ${rows} rows, ${cells} cells`);
  say(`asked again: ${[...retries].map(([reason, count]) => `${count} x "${reason}"`).join(", ")}`);
  const found = Object.entries(faults).filter(([, count]) => count !== 0);
  for (const [name, count] of found) say(`FAULT  ${name}: ${count}`);
  say(
    found.length === 0
      ? `0 lost, 0 doubled, cells equal the fold (${seconds()} s)`
      : `fell short (${seconds()} s); again with --seed ${seed}`,
  );
  return found.length === 0 ? 0 : 1;
}
