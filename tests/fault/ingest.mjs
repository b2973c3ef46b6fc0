// npm run fault:ingest: real agents push results while the site, the whole database and the agents
// are killed with kill -9, again and again. Afterwards nothing may be lost, doubled or folded wrongly.
// `-- --short` is what `npm test` runs; `-- --seed N` repeats the choices of an earlier run.
import { randomBytes } from "node:crypto";
import { parseArgs } from "node:util";
import { ADMIN } from "../../lib/start/bundle.mjs";
import { runNode } from "../../lib/start/processes.mjs";
import { pushUnderFire } from "./chaos.mjs";
import { randomFrom } from "./random.mjs";
import { setTheStage } from "./stage.mjs";
import { compareResults, digestCells } from "./verify.mjs";

const LONG = {
  results: 20_000,
  agents: 8,
  kills: { site: 8, database: 6, agent: 10 },
  limitS: 180,
};
const SHORT = { results: 2000, agents: 4, kills: { site: 1, database: 1, agent: 1 }, limitS: 120 };

const say = (text) => process.stdout.write(`${text}\n`);

async function main({ plan, seed, toStop }) {
  say(`seed ${seed}: ${plan.results} results, ${plan.agents} agents`);
  const random = randomFrom(seed);
  const stage = await setTheStage({ plan, random, toStop });
  endAfter(plan.limitS, stage);
  const began = performance.now();
  const kills = await pushUnderFire(stage, { plan, random });
  const pushedS = (performance.now() - began) / 1000;
  const { counted, faults } = await verify(stage, { plan, kills });
  tell(stage, { counted, kills, pushedS });
  const found = Object.entries(faults).filter(([, count]) => count !== 0);
  for (const [name, count] of found) say(`FAULT  ${name}: ${count}`);
  say(found.length === 0 ? "0 lost, 0 doubled, cells equal the fold" : `again: --seed ${seed}`);
  return found.length === 0 ? 0 : 1;
}

/** Ends the process when it takes longer than it may; a stuck agent is a fault too. */
function endAfter(limitS, { agents }) {
  const late = async () => {
    say(`FAULT  not done within ${limitS} s`);
    for (const { acknowledgedItems, lastWords } of agents) {
      say(`  an agent with ${acknowledgedItems} acknowledged; it said: ${lastWords}`);
    }
    await stopAll();
    process.exit(1);
  };
  setTimeout(() => void late(), limitS * 1000).unref();
}

/** Every figure that is to be 0, and what was counted on the way. */
async function verify(stage, { plan, kills }) {
  const { agents, superuser } = stage;
  const pushed = {
    reports: agents.flatMap((agent) => [...agent.reports.values()]),
    acknowledged: agents.flatMap((agent) => [...agent.acknowledged.values()].flat()),
  };
  const { counted, faults } = await compareResults(superuser(), pushed);
  for (const [kind, count] of Object.entries(kills)) faults[`no ${kind} killed`] = +(count === 0);
  faults["answers that refuse an item"] = agents.flatMap(({ refused }) => refused).length;
  faults["answers 500"] = [...countRetries(agents)]
    .filter(([reason]) => reason.includes(" 500 "))
    .reduce((sum, [, count]) => sum + count, 0);
  faults["cells unlike the fold"] = await countRefolded(stage);
  faults["pushed again and not told to be duplicate"] = plan.results - (await pushAgain(agents));
  const again = await compareResults(superuser(), pushed);
  for (const [name, count] of Object.entries(again.faults)) faults[`pushed again: ${name}`] = count;
  faults["pushed again: cells unlike the fold"] = await countRefolded(stage);
  return { counted: { ...counted, acknowledged: pushed.acknowledged.length }, faults };
}

/** 1 when making the cells anew from their results changes any of them. */
async function countRefolded({ env, superuser }) {
  const kept = await digestCells(superuser());
  await runNode([ADMIN, "rebuild-cells", "--event", "loopback"], env);
  return (await digestCells(superuser())) === kept ? 0 : 1;
}

/** Pushes every file once more; how many items are told to be there already. */
async function pushAgain(agents) {
  let duplicates = 0;
  const count = ({ event, duplicate }) => {
    if (event === "finished") duplicates += duplicate;
  };
  await Promise.all(
    agents.map((agent) =>
      agent.run(["push", ...agent.reports.keys(), "--format", "plugfest"], count),
    ),
  );
  return duplicates;
}

function countRetries(agents) {
  const all = new Map();
  for (const [reason, count] of agents.flatMap(({ retries }) => [...retries])) {
    all.set(reason, (all.get(reason) ?? 0) + count);
  }
  return all;
}

function tell({ agents }, { counted, kills, pushedS }) {
  const killed = Object.entries(kills).map(([kind, count]) => `${kind} ${count}`);
  say(`kill -9: ${killed.join(", ")}; pushed in ${pushedS.toFixed(1)} s`);
  say(
    Object.entries(counted)
      .map(([name, count]) => `${name} ${count}`)
      .join(", "),
  );
  for (const [reason, count] of countRetries(agents)) say(`asked again ${count} times: ${reason}`);
}

const { values } = parseArgs({
  options: { short: { type: "boolean" }, seed: { type: "string" } },
});
const toStop = [];
async function stopAll() {
  for (const stop of toStop.splice(0).reverse()) await stop();
}
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.once(signal, () => void stopAll().then(() => process.exit(1)));
}
try {
  const seed = values.seed === undefined ? randomBytes(4).readUInt32LE() : Number(values.seed);
  process.exitCode = await main({ plan: values.short ? SHORT : LONG, seed, toStop });
} catch (error) {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
} finally {
  await stopAll();
}
