// Real agents push results while the site, the whole database and the agents are killed with kill -9,
// again and again. Afterwards nothing may be lost, doubled or folded wrongly. F1 kills the site, F2 the
// database, F3 the agents; `ingest` is all three at once.
import { ADMIN } from "../../lib/start/bundle.mjs";
import { runNode } from "../../lib/start/processes.mjs";
import { pushUnderFire } from "./chaos.mjs";
import { shuffle } from "./random.mjs";
import { setTheStage } from "./stage.mjs";
import { compareResults, digestCells } from "./verify.mjs";

export const PLANS = {
  site: { results: 100_000, agents: 8, again: 1, kills: { site: 20 } },
  database: { results: 50_000, agents: 8, again: 1, kills: { database: 10 } },
  agents: { results: 20_000, agents: 8, again: 2, kills: { agent: 30 } },
  ingest: { results: 20_000, agents: 8, again: 1, kills: { site: 8, database: 6, agent: 10 } },
  short: { results: 2000, agents: 4, again: 1, kills: { site: 1, database: 1, agent: 1 } },
};
/** How long the site may need to take results again, once the database is there. */
const BACK_MS = 5000;

/** @returns {Promise<{ figures: object, faults: Record<string, number> }>} */
export async function killWhilePushing(ground, { plan, random, toStop }) {
  const stage = await setTheStage(ground, { plan, random, toStop });
  const began = performance.now();
  const { kills, backMs } = await pushUnderFire(stage, { plan, random }).catch((error) => {
    for (const { lastWords } of stage.agents) error.message += `\n${lastWords ?? ""}`;
    throw error;
  });
  const pushedS = (performance.now() - began) / 1000;
  const { counted, faults } = await verify(stage, { plan, kills, random });
  const slow = backMs.filter((ms) => ms === null || ms > BACK_MS);
  faults["times the site came back too late"] = slow.length;
  const killed = Object.entries(kills).map(([kind, count]) => `${kind} ${count}`);
  const asked = [...countRetries(stage.agents)].map(
    ([reason, count]) => `${count} times ${reason}`,
  );
  return {
    figures: {
      "kill -9": killed.join(", "),
      "pushed in": `${pushedS.toFixed(1)} s by ${plan.agents} agents`,
      ...counted,
      ...(backMs.length > 0 && {
        "taking results again after the database": `${Math.max(...backMs)} ms at most`,
      }),
      "agents asked again": asked.join("; ") || "never",
    },
    faults,
  };
}

/** Every figure that is to be 0, and what was counted on the way. */
async function verify(stage, { plan, kills, random }) {
  const { agents, superuser } = stage;
  const pushed = {
    reports: agents.flatMap((agent) => [...agent.reports.values()]),
    acknowledged: agents.flatMap((agent) => [...agent.acknowledged.values()].flat()),
  };
  const { counted, faults } = await compareResults(superuser(), pushed);
  for (const [kind, count] of Object.entries(plan.kills)) {
    faults[`fewer kills of the ${kind} than planned`] = count - kills[kind];
  }
  faults["answers that refuse an item"] = agents.flatMap(({ refused }) => refused).length;
  faults["answers 500"] = [...countRetries(agents)]
    .filter(([reason]) => reason.includes(" 500 "))
    .reduce((sum, [, count]) => sum + count, 0);
  faults["cells unlike the fold"] = await countRefolded(stage);
  let untold = 0;
  for (let time = 0; time < plan.again; time += 1) {
    untold += plan.results - (await pushAgain(agents, random));
  }
  faults["pushed again and not told to be duplicate"] = untold;
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

/** Pushes every file once more, in any order; how many items are told to be there already. */
async function pushAgain(agents, random) {
  let duplicates = 0;
  const count = ({ event, duplicate }) => {
    if (event === "finished") duplicates += duplicate;
  };
  await Promise.all(
    agents.map((agent) =>
      agent.run(
        ["push", ...shuffle([...agent.reports.keys()], random), "--format", "plugfest"],
        count,
      ),
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
