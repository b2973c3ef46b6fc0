// node ingest.mjs CONFIG: measures; tests/bench/ingest.mjs has started what it measures.
import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { database } from "@/lib/db/client";
import { type Fixture, MIXES, type Mix } from "./batches";
import { sayLimits } from "./limits";
import { measureRound, median, prepareRound, quantile } from "./rounds";
import { directly, overHttp, type Side } from "./sides";

type Config = {
  fixture: Fixture;
  site: string;
  /** null: without it, for a profile */
  naive: string | null;
  /** Databases: what the direct side stores in. */
  directUrl: string;
  /** The same as a superuser, for bare inserts and COPY. */
  limitsUrl: string;
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
/** Until the site runs as it will: what is compiled while it runs is no part of what a batch costs. */
const WARM_BATCHES = 96;

type Quantiles = { p50: number; p95: number; p99: number };

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
async function measurePaced(site: Side, mix: Mix): Promise<Quantiles> {
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
  const ms = (share: number) => Math.round(quantile(times, share));
  return { p50: ms(0.5), p95: ms(0.95), p99: ms(0.99) };
}

async function main() {
  const site = overHttp("site", config.site, fixture);
  const sides = [site, await directly(config.directUrl, fixture.agents.length)];
  if (config.naive !== null) sides.push(overHttp("naive", config.naive, fixture));
  const rows: Row[] = [];
  const paced: Record<string, Quantiles> = {};
  for (const mix of config.mixes) {
    const warm = await prepareRound(fixture, mix, {
      agents: fixture.agents.length,
      count: WARM_BATCHES,
    });
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
      const { p50, p95, p99 } = paced[mix];
      say(`paced at ${PACE} results/s, 8 agents: p50 ${p50} ms, p95 ${p95} ms, p99 ${p99} ms`);
    }
  }
  const limits = await sayLimits(config.limitsUrl, config.agents, say);
  say(`\n${JSON.stringify({ bench: "ingest", rows, paced, limits })}`);
  for (const side of sides) await side.close();
}

try {
  await main();
} finally {
  const { pool, prisma } = database();
  await prisma.$disconnect();
  if (!pool.ended) await pool.end();
}
