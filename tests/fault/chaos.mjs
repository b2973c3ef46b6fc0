// The push itself, and what is killed meanwhile: the site, the whole database, agents; always kill -9.
import { setTimeout as pause } from "node:timers/promises";
import { openClient, until } from "./client.mjs";
import { pick, shuffle } from "./random.mjs";

/**
 * Lets the agents push until their spools are empty. The kills are spread over the results as they are
 * acknowledged, each a moment after its mark, so that they hit requests under way.
 * @returns {Promise<{ kills: Record<string, number>, backMs: (number | null)[] }>} how often each kind
 * was killed, and how long after each start of the database the site answered again
 */
export async function pushUnderFire(stage, { plan, random }) {
  const { agents } = stage;
  const backMs = [];
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
      if (await KILL[kind](stage, random, backMs)) kills[kind] += 1;
    }
  };
  await Promise.all([...agents.map((agent) => agent.deliver(random)), strike()]);
  return { kills, backMs };
}

const KILL = {
  async site({ site }, random) {
    await site.kill();
    await pause(random() * 200);
    await site.start();
    return true;
  },
  async database({ postgres, door, site, tokens }, random, backMs) {
    door.shut();
    await postgres.kill();
    await pause(random() * 500);
    await postgres.start();
    await door.open(postgres.port());
    const client = openClient(site.url, { token: tokens[0] });
    const isBack = async () => (await client.ask("/api/v1/agent")).status === 200;
    backMs.push(await until(isBack, 60_000));
    client.close();
    return true;
  },
  async agent({ agents }, random) {
    const busy = agents.filter(({ isDone }) => !isDone);
    return busy.length > 0 && pick(random, busy).kill();
  },
};
