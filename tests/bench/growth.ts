// node growth.mjs CONFIG: fills an event, or measures it beside its small twin; tests/bench/growth.mjs has started what it measures.
import { readFileSync } from "node:fs";
import http from "node:http";
import { gzipSync } from "node:zlib";
import { type Fixture, type Mix, makeBatch, skipTo } from "./batches";
import { measureLimits } from "./limits";
import { measureRound, median } from "./rounds";
import { overHttp, type Prepared, type Side } from "./sides";

type Config = {
  fixture: Fixture;
  /** Two sites with the same event: as it was filled, and as it has grown. */
  sites: { small: string; large: string };
  /** What a superuser reaches the database by: the bare inserts beside. */
  superuser: string;
  /** How many batches were made before; the outcomes of a cell go on changing from there. */
  made: number;
  /** 0: only fills the cells of `small`, each with one result. */
  rounds: number;
  batches: number;
  reads: number;
};
type Name = keyof Config["sites"];

const config = JSON.parse(readFileSync(process.argv[2] ?? "", "utf8")) as Config;
const { fixture } = config;
/** Each has 5,000 cells of its own. */
const AGENTS = 2;
const GROUPS = 5;
const WARMING = 12;
const NAMES = ["small", "large"] as const satisfies Name[];
const MIXES = ["few", "many"] as const satisfies Mix[];

function prepare(mix: Mix, count: number): Prepared[] {
  return Array.from({ length: count }, (_, at) => {
    const agent = at % AGENTS;
    return { agent, zipped: gzipSync(JSON.stringify(makeBatch(mix, agent))), statements: [] };
  });
}

/** Milliseconds, as an agent with `runs:read` waits for it. */
function readMatrix(name: Name): Promise<number> {
  const url = `${config.sites[name]}/api/v1/events/${fixture.slug}/tracks/calls/matrix.json?encoding=compact`;
  const headers = { authorization: `Bearer ${fixture.agents[0]?.token}`, connection: "close" };
  const began = performance.now();
  return new Promise((resolve, reject) => {
    const request = http.get(url, { headers }, (response) => {
      response.resume();
      response.on("end", () => {
        if (response.statusCode === 200) resolve(performance.now() - began);
        else reject(new Error(`The matrix is answered ${response.statusCode}.`));
      });
    });
    request.on("error", reject);
  });
}

/** On connections of its own: those of the last turn may just be closed by the site, which has waited long enough. */
async function on<T>(name: Name, work: (side: Side) => Promise<T>): Promise<T> {
  const side = overHttp(name, config.sites[name], fixture);
  try {
    return await work(side);
  } finally {
    await side.close();
  }
}

const push = (name: Name, prepared: Prepared[]) => on(name, (side) => measureRound(side, prepared));

/** One result into each of 10,000 cells: every agent's five groups of 1,000. */
const fill = () =>
  on("small", async (side) => {
    for (let agent = 0; agent < AGENTS; agent += 1) {
      for (let group = 0; group < GROUPS; group += 1) {
        const zipped = gzipSync(JSON.stringify(makeBatch("many", agent)));
        await side.store({ agent, zipped, statements: [] });
      }
    }
  });

/** In turns, each round in the other order: what disturbs the machine disturbs both. */
async function inTurns<T>(count: number, work: (name: Name, round: number) => Promise<T>) {
  const told: Record<Name, T[]> = { small: [], large: [] };
  for (let round = 0; round < count; round += 1) {
    const order = round % 2 === 0 ? NAMES : NAMES.toReversed();
    for (const name of order) told[name].push(await work(name, round));
  }
  return told;
}

/** The median of the large one, and the median of each round's ratio to the small one. */
function compare({ small, large }: Record<Name, number[]>) {
  const ratios = large.map((one, at) => one / (small[at] ?? Number.NaN));
  return { large: Math.round(median(large)), toSmall: Number(median(ratios).toFixed(2)) };
}

async function measureMix(mix: Mix) {
  const warm = prepare(mix, WARMING);
  for (const name of NAMES) await push(name, warm);
  const rounds = Array.from({ length: config.rounds }, () => prepare(mix, config.batches));
  const rates = await inTurns(config.rounds, (name, round) => push(name, rounds[round] ?? []));
  return compare(rates);
}

/** Each after a push, so that none is one that was drawn before. */
async function measureMatrix() {
  const pushed = Array.from({ length: config.reads }, () => prepare("few", 1));
  for (const name of NAMES) await readMatrix(name);
  const times = await inTurns(config.reads, async (name, round) => {
    await push(name, pushed[round] ?? []);
    return readMatrix(name);
  });
  return compare(times);
}

async function measure() {
  const pushes: Partial<Record<Mix, ReturnType<typeof compare>>> = {};
  for (const mix of MIXES) pushes[mix] = await measureMix(mix);
  const matrix = await measureMatrix();
  const { insert } = await measureLimits(config.superuser, AGENTS);
  process.stdout.write(JSON.stringify({ ...pushes, matrix, insert: insert.rate }));
}

skipTo(config.made);
if (config.rounds === 0) await fill();
else await measure();
