// npm run bench:matrix: what reading a matrix costs, at the size that it is designed for and as results pile up in the same
// cells, beside reading them all and folding them anew; docs/benchmarks.md says what the figures mean. `-- --quick` for a look,
// `-- --solo` for 130 entries and 6,735 tests for one, and nothing else.
import { parseArgs } from "node:util";
import { withClient } from "../../lib/start/roles.mjs";
import { compareMoments, measureReads } from "./matrix-reads.mjs";
import { bundleBench, runProgram } from "./program.mjs";
import { openStage, runBench, say, sayTable } from "./stage.mjs";

const FULL = {
  cells: 10_000,
  sizes: [10_000, 100_000, 2_000_000],
  rows: 60,
  stored: 2_000_000,
  changes: 5_000,
};
const QUICK = { cells: 2_000, sizes: [2_000, 20_000], rows: 6, stored: 50_000, changes: 500 };
const SOLO_ENTRIES = 130;
/** Up to so many results are read and folded the naive way; more take minutes. */
const MOST_NAIVE = 200_000;

const { values } = parseArgs({
  options: { quick: { type: "boolean" }, solo: { type: "boolean" } },
});
const plan = { ...(values.quick ? QUICK : FULL), reads: values.quick ? 9 : 21 };

// Copies of the results of each cell, older and with the same word: the cells say what they said.
const GROW = `
INSERT INTO result (id, reporter_id, run_key, track_id, entry_id, origin, agent_id, cell_id, test, test_version, variant, parties, attempt,
  outcome, unsupported_by, started_at, duration_ms, digest)
SELECT gen_random_uuid(), r.reporter_id, r.run_key, r.track_id, r.entry_id, r.origin, r.agent_id, r.cell_id, r.test, r.test_version, r.variant, r.parties, r.attempt,
  r.outcome, r.unsupported_by, r.started_at - n * interval '1 hour', r.duration_ms, r.digest
FROM result r CROSS JOIN generate_series($1::int, $2::int) AS n WHERE r.started_at >= $3::timestamptz`;
const COUNT = "UPDATE cell SET attempts = attempts + $1::int";
const PUSHED_SINCE = "2026-11-20T09:00:00Z";

/** Until there are `to` times as many results as were pushed, from `from` times. */
const grow = ({ postgres }, database, [from, to]) =>
  withClient(postgres.url(database), async (client) => {
    if (to > from) {
      await client.query(GROW, [from, to - 1, PUSHED_SINCE]);
      await client.query(COUNT, [to - from]);
    }
    for (const table of ["result", "cell"]) await client.query(`VACUUM (FULL, ANALYZE) ${table}`);
    await client.query("ANALYZE event_log");
    await client.query("CHECKPOINT");
  });

const programs = new Map();
async function run(stage, database, [name, ...args]) {
  if (!programs.has(name)) programs.set(name, await bundleBench(name));
  return JSON.parse(
    await runProgram(programs.get(name), { args, env: stage.env(database), isQuiet: true }),
  );
}

const copyDatabase = ({ postgres }, from, to) =>
  withClient(postgres.url(), (client) =>
    client.query(`CREATE DATABASE ${to} TEMPLATE ${from} OWNER plugfest_owner`),
  );

/** A database at one size: read by the site, and the naive way where that ends. */
async function measure(stage, database, { cells, results }) {
  const { slug, agents } = stage.fixture;
  const { digest, ...read } = await measureReads(stage, database, {
    slug,
    token: agents[0].token,
    reads: plan.reads,
  });
  if (results > MOST_NAIVE) return { database, cells, results, ...read };
  const naive = await run(stage, database, ["matrix-naive", slug]);
  if (naive.digest !== digest) throw new Error("The naive matrix says something else.");
  return { database, cells, results, ...read, naive: naive.ms, ratio: naive.ms / read.warm };
}

async function measureGrowth(stage, rows) {
  const { slug } = stage.fixture;
  await run(stage, "same", ["matrix-cells", slug, "even", String(plan.cells)]);
  let times = 1;
  for (const size of plan.sizes) {
    await grow(stage, "same", [times, size / plan.cells]);
    times = size / plan.cells;
    rows.push(await measure(stage, "same", { cells: plan.cells, results: size }));
    tell(rows.slice(-1));
  }
}

async function measureDesign(stage, rows) {
  const { slug, agents } = stage.fixture;
  const { cells, results } = await run(stage, "design", [
    "matrix-cells",
    slug,
    "mixed",
    String(plan.rows),
  ]);
  const times = Math.ceil(plan.stored / results);
  for (const [from, to] of [
    [1, 1],
    [1, times],
  ]) {
    await grow(stage, "design", [from, to]);
    rows.push(await measure(stage, "design", { cells, results: results * to }));
    tell(rows.slice(-1));
  }
  const change = () =>
    run(stage, "design", ["matrix-cells", slug, "even", String(plan.changes), "48"]);
  return compareMoments(stage, "design", {
    slug,
    token: agents[0].token,
    reads: plan.reads,
    change,
  });
}

async function measureSolo(stage, rows) {
  const made = await run(stage, "design", ["matrix-cells", "", "solo", String(SOLO_ENTRIES)]);
  await grow(stage, "design", [1, 1]);
  const { digest: _, ...read } = await measureReads(stage, "design", {
    ...made,
    reads: plan.reads,
  });
  rows.push({ database: "solo", cells: made.cells, results: made.results, ...read });
  tell(rows);
}

const figure = (value, digits = 0) => (value === undefined ? "" : value.toFixed(digits));

function tell(rows) {
  sayTable(
    [
      "",
      "cells",
      "results",
      "cold ms",
      "warm ms",
      "304 ms",
      "kB",
      "gz kB",
      "naive ms",
      "naive/warm",
    ],
    rows.map((row) => [
      ...[
        row.database,
        row.cells,
        row.results,
        figure(row.cold),
        figure(row.warm),
        figure(row.unchanged, 1),
      ],
      ...[figure(row.kB), figure(row.gz, 1), figure(row.naive), figure(row.ratio, 1)],
    ]),
  );
}

function tellMoments({ earlier, now, compared, differ }) {
  say(
    `as it was ${figure(earlier)} ms, as it is ${figure(now)} ms, compared in ${figure(compared, 1)} ms: ${differ} places differ`,
  );
}

await runBench(async () => {
  const stage = await openStage({ agents: 1 });
  const rows = [];
  let moments;
  await copyDatabase(stage, "plugfest", "design");
  if (values.solo) await measureSolo(stage, rows);
  else {
    await copyDatabase(stage, "plugfest", "same");
    moments = await measureDesign(stage, rows);
    tellMoments(moments);
    await measureGrowth(stage, rows);
  }
  say("");
  tell(rows);
  say(`\n${JSON.stringify({ bench: "matrix", rows, moments })}`);
});
