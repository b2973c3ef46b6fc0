// The push itself, and what is killed meanwhile: the site, the whole database, agents; always kill -9.
import { setTimeout as pause } from "node:timers/promises";
import { pick } from "./random.mjs";

/**
 * Lets the agents push until their spools are empty. The kills are spread over the results as they are
 * acknowledged, each a moment after its mark, so that they hit requests under way.
 * @returns {Promise<Record<string, number>>} how often each kind was killed
 */
export async function pushUnderFire(stage, { plan, random }) {
  const { agents } = stage;
  const isOver = () => agents.every(({ isDone }) => isDone);
  const acknowledged = () => agents.reduce((sum, agent) => sum + agent.acknowledgedItems, 0);
  const kills = Object.fromEntries(Object.keys(plan.kills).map((kind) => [kind, 0]));
  const kinds = Object.entries(plan.kills).flatMap(([kind, count]) => Array(count).fill(kind));
  const strike = async () => {
    for (const [at, kind] of shuffle(kinds, random).entries()) {
      const mark = (plan.results * 0.9 * (at + random())) / kinds.length;
      while (acknowledged() < mark && !isOver()) await pause(1);
      await pause(random() * 30);
      if (isOver()) return;
      if (await KILL[kind](stage, random)) kills[kind] += 1;
    }
  };
  await Promise.all([...agents.map((agent) => agent.deliver(random)), strike()]);
  return kills;
}

const KILL = {
  async site({ site }, random) {
    await site.kill();
    await pause(random() * 200);
    await site.start();
    return true;
  },
  async database({ postgres, door }, random) {
    door.shut();
    await postgres.kill();
    await pause(random() * 500);
    await postgres.start();
    await door.open(postgres.port());
    return true;
  },
  async agent({ agents }, random) {
    const busy = agents.filter(({ isDone }) => !isDone);
    return busy.length > 0 && pick(random, busy).kill();
  },
};

const shuffle = (list, random) =>
  list
    .map((one) => ({ one, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ one }) => one);
