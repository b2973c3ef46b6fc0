// npm run bench:drain: 40 agents have spooled 100,000 results while the site was away; it comes back, and they all deliver at
// once. Beside it one agent that delivers alone. docs/benchmarks.md says what the figures mean. `-- --quick` for a look.
import fs from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { withClient } from "../../lib/start/roles.mjs";
import { randomFrom, uuidFrom } from "../fault/random.mjs";
import { agentEnv, runCli } from "./cli.mjs";
import { openStage, putAway, quantile, runBench, say, sayTable, siteOf } from "./stage.mjs";

const { values } = parseArgs({ options: { quick: { type: "boolean" } } });
const AGENTS = values.quick ? 10 : 40;
const FILES = 5;
const ITEMS = 500;
/** The one that delivers alone: enough for more than its own start. */
const ALONE_FILES = values.quick ? 6 : 20;
const ENTRIES = 60;
const TESTS = 100;
const SPOOLING_AT_ONCE = 2;
const OUTCOMES = ["pass", "pass", "pass", "pass", "fail", "timeout", "degraded", "skipped"];
const BEGAN = Date.UTC(2026, 10, 20, 9);
const random = randomFrom(40);

async function main() {
  const stage = await openStage({ agents: AGENTS + 1 });
  const site = await siteOf(stage);
  const machines = stage.fixture.agents.map(({ token }, at) =>
    makeMachine({ folder: stage.folder, url: site.url, token, at }),
  );
  const [alone, ...forty] = machines;
  say(`${AGENTS} agents spool ${FILES * ITEMS} results each; the site is away`);
  await spoolAll(machines);

  await site.start();
  await flush(alone);
  const aloneRate = alone.items / ((alone.endedAt - alone.heardAt) / 1000);
  await site.stop();

  const { stop } = startAll(forty);
  putAway(async () => stop());
  await untilAllWait(forty);
  say("all of them have found nobody, and wait to try again; the site starts");
  await site.start();
  const back = performance.now();
  await Promise.all(forty.map(({ done }) => done));
  const counted = await count(stage.postgres.url("plugfest"));
  report({ machines, forty, back, aloneRate, counted });
}

function makeMachine({ folder, url, token, at }) {
  const home = path.join(folder, `machine-${at}`);
  fs.mkdirSync(home);
  const files = at === 0 ? ALONE_FILES : FILES;
  const paths = Array.from({ length: files }, (_, file) => {
    const name = path.join(home, `report-${file}.json`);
    const items = Array.from({ length: ITEMS }, (_, of) => itemOf(at, file * ITEMS + of));
    const { startedAt } = items[0];
    fs.writeFileSync(name, JSON.stringify({ plugfest: "1", track: "calls", startedAt, items }));
    return name;
  });
  const env = agentEnv({ url, token, home });
  return { env, paths, items: files * ITEMS, accepted: 0, duplicate: 0, retries: new Map() };
}

/** Each machine tests an implementation of its own against the others. */
const itemOf = (machine, at) => ({
  id: uuidFrom(random),
  test: `C-${at % TESTS}`,
  attempt: 1 + Math.floor(at / (TESTS * (ENTRIES - 1))),
  parties: [
    { role: "uac", entry: `e-${machine % ENTRIES}`, build: "1.0" },
    { role: "uas", entry: `e-${(machine + 1 + (at % 25)) % ENTRIES}`, build: "1.0" },
  ],
  outcome: OUTCOMES[(machine * 7 + at * 5) % OUTCOMES.length],
  startedAt: new Date(BEGAN + at * 100).toISOString(),
  durationMs: at % 5000,
});

/** `push` while nobody answers: it ends with 3, and all it read is on disk. */
async function spoolAll(machines) {
  const waiting = [...machines];
  const spoolNext = async () => {
    for (let one = waiting.shift(); one; one = waiting.shift()) {
      const args = ["push", ...one.paths, "--format", "plugfest", "--timeout", "0", "--json"];
      const { code, said } = await runCli(args, { env: one.env });
      if (code !== 3) throw new Error(`exit ${code}: ${said}`);
    }
  };
  await Promise.all(Array.from({ length: SPOOLING_AT_ONCE }, spoolNext));
}

function flush(machine) {
  const onTold = (told) => note(machine, told);
  const run = runCli(["flush", "--timeout", "600", "--json"], { env: machine.env, onTold });
  machine.stop = run.stop;
  machine.done = run.then(({ code, peakMiB, said }) => {
    machine.endedAt = performance.now();
    machine.peakMiB = peakMiB;
    if (code !== 0) throw new Error(`exit ${code}: ${said}`);
  });
  return machine.done;
}

function note(machine, { event, ...told }) {
  if (event === "retry") {
    const reason = told.reason.slice(0, 60);
    machine.retries.set(reason, (machine.retries.get(reason) ?? 0) + 1);
  }
  if (event !== "batch") return;
  machine.heardAt ??= performance.now();
  machine.accepted += told.accepted;
  machine.duplicate += told.duplicate;
}

function startAll(machines) {
  for (const one of machines) flush(one).catch(() => undefined); // whoever awaits `done` hears of it
  return { stop: () => machines.forEach(({ stop }) => void stop()) };
}

async function untilAllWait(machines) {
  while (!machines.every(({ retries }) => retries.size > 0)) await pause(50);
}

const COUNT = `
SELECT (SELECT count(*) FROM result)::int AS rows, (SELECT count(DISTINCT id) FROM result)::int AS ids,
  (SELECT sum(attempts) FROM cell)::int AS folded`;

const count = (url) => withClient(url, async (client) => (await client.query(COUNT)).rows[0]);

/** Jain's index: 1 when all had the same, 1/n when one had everything. */
function jain(rates) {
  const sum = rates.reduce((all, one) => all + one, 0);
  return sum ** 2 / (rates.length * rates.reduce((all, one) => all + one ** 2, 0));
}

function report({ machines, forty, back, aloneRate, counted }) {
  const pushed = machines.reduce((sum, { items }) => sum + items, 0);
  const accepted = machines.reduce((sum, one) => sum + one.accepted, 0);
  const left = machines.flatMap(({ env }) => fs.readdirSync(path.join(env.PLUGFEST_SPOOL, "runs")));
  const seconds = forty.map(({ endedAt }) => (endedAt - back) / 1000);
  const results = forty.reduce((sum, { items }) => sum + items, 0);
  const rate = results / Math.max(...seconds);
  const row = {
    ...{ agents: AGENTS, results, seconds: Number(Math.max(...seconds).toFixed(1)) },
    ...{ rate: Math.round(rate), aloneRate: Math.round(aloneRate) },
    toAlone: Number((rate / aloneRate).toFixed(2)),
    jain: Number(jain(seconds.map((one, at) => forty[at].items / one)).toFixed(3)),
    fastest: Number(Math.min(...seconds).toFixed(1)),
    middle: Number(quantile(seconds, 0.5).toFixed(1)),
    slowestToFastest: Number((Math.max(...seconds) / Math.min(...seconds)).toFixed(2)),
    peakMiB: Math.round(Math.max(...forty.map(({ peakMiB }) => peakMiB))),
    lost: pushed - counted.ids,
    twice: counted.rows - counted.ids + (counted.folded - counted.rows),
    duplicates: machines.reduce((sum, one) => sum + one.duplicate, 0),
    stillSpooled: left.length,
  };
  say("");
  sayTable(
    ["", "results", "results/s"],
    [
      [`${AGENTS} agents at once`, results, row.rate],
      ["one alone", machines[0].items, row.aloneRate],
    ],
  );
  say(
    `ratio ${row.toAlone}; done after ${row.fastest} s, ${row.middle} s, ${row.seconds} s (fastest, middle, slowest)`,
  );
  say(
    `fairness (Jain) ${row.jain}, slowest/fastest ${row.slowestToFastest}; peak of an agent ${row.peakMiB} MiB`,
  );
  say(
    `${accepted} accepted, ${row.duplicates} told to be there already; lost ${row.lost}, twice ${row.twice}, left in spools ${row.stillSpooled}`,
  );
  for (const [reason, times] of countRetries(forty)) say(`asked again ${times} times: ${reason}`);
  say(`\n${JSON.stringify({ bench: "drain", ...row })}`);
  if (row.lost !== 0 || row.twice !== 0 || row.stillSpooled !== 0) process.exitCode = 1;
}

function countRetries(machines) {
  const all = new Map();
  for (const [reason, times] of machines.flatMap(({ retries }) => [...retries])) {
    all.set(reason, (all.get(reason) ?? 0) + times);
  }
  return all;
}

await runBench(main);
