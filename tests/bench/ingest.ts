// node ingest.mjs CONFIG: measures; tests/bench/ingest.mjs has started what it measures.
import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { database } from "@/lib/db/client";
import { type Fixture, MIXES, type Mix } from "./batches";
import { measureRound, median, prepareRound, quantile } from "./rounds";
import { directly, overHttp, type Side } from "./sides";

type Config = {
  fixture: Fixture;
  site: string;
  /** null: without it, for a profile */
  naive: string | null;
  /** Databases: what the direct side stores in. */
  directUrl: string;
  rounds: number;
  batches: number;
  agents: number[];
  mixes: Mix[];
  pacedS: number;
};

const config = JSON.parse(readFileSync(process.argv[2] ?? "", "utf8")) as Config;
const { fixture } = config;
const say = (text: string) => process.stdout.write(`${text}\n`);
const NAIVE_BATCHES = 4;

type Row = {
  mix: Mix;
  agents: number;
  /** Results per second, the median of the rounds. */
  site: number;
  direct: number;
  naive: number;
  /** Medians of the ratios of each round. */
  toDirect: number;
  toNaive: number;
};

async function compare(sides: Side[], mix: Mix, agents: number): Promise<Row> {
  const rates: Record<string, number[]> = { site: [], direct: [], naive: [] };
  for (let round = 0; round < config.rounds; round += 1) {
    const prepared = await prepareRound(fixture, mix, { agents, count: config.batches });
    // Each round in another order, so that nobody always comes after the same neighbour.
    for (let turn = 0; turn < sides.length; turn += 1) {
      const side = sides[(turn + round) % sides.length];
      if (!side) continue;
      const count = side.name === "naive" ? Math.max(agents, NAIVE_BATCHES) : prepared.length;
      rates[side.name]?.push(await measureRound(side, prepared.slice(0, count)));
    }
  }
  const of = (name: string) => rates[name] ?? [];
  const ratios = (name: string) =>
    of("site").map((rate, at) => rate / (of(name)[at] ?? Number.NaN));
  return {
    mix,
    agents,
    site: Math.round(median(of("site"))),
    direct: Math.round(median(of("direct"))),
    naive: Math.round(median(of("naive"))),
    toDirect: Number(median(ratios("direct")).toFixed(2)),
    toNaive: Number(median(ratios("naive")).toFixed(1)),
  };
}

const PACE = 5000;

/** 8 agents, each a batch at fixed times, together 5,000 results/s; milliseconds until each answer. */
async function measurePaced(site: Side, mix: Mix): Promise<{ p50: number; p95: number }> {
  const agents = fixture.agents.length;
  const count = Math.round((PACE * config.pacedS) / 1000);
  const prepared = await prepareRound(fixture, mix, { agents, count });
  const began = performance.now() + 100;
  const times = await Promise.all(
    prepared.map(async (one, at) => {
      // From when it was due: waiting behind a slow one counts as well.
      const due = began + (at * 1000 * 1000) / PACE;
      await pause(Math.max(0, due - performance.now()));
      await site.store(one);
      return performance.now() - due;
    }),
  );
  return { p50: Math.round(quantile(times, 0.5)), p95: Math.round(quantile(times, 0.95)) };
}

async function main() {
  const site = overHttp("site", config.site, fixture);
  const sides = [site, await directly(config.directUrl, fixture.agents.length)];
  if (config.naive !== null) sides.push(overHttp("naive", config.naive, fixture));
  const rows: Row[] = [];
  const paced: Record<string, { p50: number; p95: number }> = {};
  for (const mix of config.mixes) {
    const warm = await prepareRound(fixture, mix, { agents: fixture.agents.length, count: 24 });
    for (const side of sides) {
      await measureRound(side, side.name === "naive" ? warm.slice(0, 8) : warm);
    }
    say(`\n${MIXES[mix].peers * MIXES[mix].tests} cells a batch of 1,000 results`);
    say("agents  site results/s  direct  naive  site/direct  site/naive");
    for (const agents of config.agents) {
      const row = await compare(sides, mix, agents);
      rows.push(row);
      const figures = [row.site, row.direct, row.naive].map((rate) => String(rate).padStart(9));
      say(`${String(agents).padStart(4)} ${figures.join("")} ${row.toDirect} ${row.toNaive}`);
    }
    if (config.pacedS > 0) {
      paced[mix] = await measurePaced(site, mix);
      say(
        `paced at ${PACE} results/s, 8 agents: p50 ${paced[mix].p50} ms, p95 ${paced[mix].p95} ms`,
      );
    }
  }
  say(`\n${JSON.stringify({ bench: "ingest", rows, paced })}`);
  for (const side of sides) await side.close();
}

try {
  await main();
} finally {
  const { pool, prisma } = database();
  await prisma.$disconnect();
  if (!pool.ended) await pool.end();
}
