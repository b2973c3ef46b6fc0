// npm run bench:growth: what a push and the matrix cost when 10 thousand, 100 thousand, 1 and 2 million results are stored;
// docs/benchmarks.md says what the figures mean. `-- --quick` for a look.
import fs from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { withClient } from "../../lib/start/roles.mjs";
import { bundleBench, runProgram } from "./program.mjs";
import { openStage, runBench, say, sayTable, siteOf } from "./stage.mjs";

const FULL = { sizes: [10_000, 100_000, 1_000_000, 2_000_000], rounds: 5, batches: 16, reads: 9 };
const QUICK = { sizes: [10_000, 50_000, 200_000], rounds: 3, batches: 8, reads: 5 };
const CELLS = 10_000;
/** More than any size makes. */
const BATCHES_PER_SIZE = 10_000;

const { values } = parseArgs({ options: { quick: { type: "boolean" } } });
const plan = values.quick ? QUICK : FULL;

// Older copies of the latest result of each cell, with the same word: the cells say what they said.
const GROW = `
INSERT INTO result (id, reporter_id, run_key, track_id, entry_id, origin, agent_id, cell_id, test, test_version, variant, parties, attempt,
  outcome, unsupported_by, started_at, duration_ms, message, digest)
SELECT gen_random_uuid(), r.reporter_id, r.run_key, r.track_id, r.entry_id, r.origin, r.agent_id, r.cell_id, r.test, r.test_version, r.variant,
  r.parties, r.attempt, r.outcome, r.unsupported_by, r.started_at - (row_number() OVER ()) * interval '1 second', r.duration_ms, r.message, r.digest
FROM (SELECT DISTINCT ON (cell_id) * FROM result ORDER BY cell_id, started_at DESC) r CROSS JOIN generate_series(1, $1::int)`;
// What pushes of 50 results would have logged.
const LOG = `
INSERT INTO event_log (event_id, track_id, kind, subject, detail)
SELECT t.event_id, t.id, 'results', gen_random_uuid()::text, '{"accepted": 50}' FROM track t CROSS JOIN generate_series(1, $1::int)`;
const AUDIT = `
INSERT INTO audit (event_id, action, subject, detail)
SELECT e.id, 'result.push', gen_random_uuid()::text, '{"accepted": 50}' FROM interop_event e CROSS JOIN generate_series(1, $1::int)`;
const COUNT = "UPDATE cell SET attempts = attempts + $1::int";
const PRUNED = `UPDATE cell_fold SET voices = jsonb_set(voices, '{pruned}', 'true')`;

const countResults = (client) =>
  client.query("SELECT count(*)::int AS count FROM result").then(({ rows }) => rows[0].count);

/** Until so many results are stored, as near as equal shares of the cells allow; resolves to how many. */
async function growTo(url, size) {
  return withClient(url, async (client) => {
    const more = Math.floor((size - (await countResults(client))) / CELLS);
    if (more > 0) {
      await client.query(GROW, [more]);
      await client.query(LOG, [(more * CELLS) / 50]);
      await client.query(AUDIT, [(more * CELLS) / 50]);
      await client.query(COUNT, [more]);
      await client.query(PRUNED);
    }
    for (const table of ["result", "cell", "cell_fold", "event_log", "audit"]) {
      await client.query(`VACUUM (ANALYZE) ${table}`);
    }
    await client.query("CHECKPOINT");
    return countResults(client);
  });
}

async function main() {
  const stage = await openStage({ agents: 2 });
  const program = await bundleBench("growth");
  const { postgres, folder, fixture } = stage;
  const run = async (sites, over) => {
    const file = path.join(folder, "config.json");
    const config = { ...plan, fixture, sites, superuser: postgres.url("plugfest"), ...over };
    fs.writeFileSync(file, JSON.stringify(config), { mode: 0o600 });
    return runProgram(program, { args: [file], env: stage.env(), isQuiet: true });
  };
  const first = await siteOf(stage);
  await first.start();
  await run({ small: first.url, large: first.url }, { made: 0, rounds: 0 });
  await first.stop();
  await copyDatabase(postgres, "plugfest", "filled");

  const rows = [];
  for (const [at, size] of plan.sizes.entries()) {
    await copyDatabase(postgres, "filled", "small");
    const results = await growTo(postgres.url("plugfest"), size);
    // What is pushed while it is measured is no part of the next size.
    await copyDatabase(postgres, "plugfest", "large");
    const [small, large] = await Promise.all(["small", "large"].map((one) => siteOf(stage, one)));
    for (const site of [small, large]) await site.start();
    const sites = { small: small.url, large: large.url };
    const figures = JSON.parse(await run(sites, { made: (at + 1) * BATCHES_PER_SIZE }));
    for (const site of [small, large]) await site.stop();
    rows.push({ results, ...figures });
    say(`${results.toLocaleString("en")} results stored: measured`);
  }
  tell(rows);
}

/** Nothing may be connected to either. */
const copyDatabase = ({ url }, from, to) =>
  withClient(url(), async (client) => {
    await client.query(`DROP DATABASE IF EXISTS ${to}`);
    await client.query(
      `CREATE DATABASE ${to} TEMPLATE ${from} OWNER plugfest_owner STRATEGY file_copy`,
    );
  });

function tell(rows) {
  say(
    `\n${CELLS} cells; each beside a twin with one result a cell; medians of ${plan.rounds} rounds and ${plan.reads} reads`,
  );
  sayTable(
    [
      ...["stored", "25 cells: results/s", "to twin", "1,000 cells: results/s", "to twin"],
      ...["matrix ms", "to twin", "bare insert"],
    ],
    rows.map(({ results, few, many, matrix, insert }) => [
      ...[results, few.large, few.toSmall, many.large, many.toSmall],
      ...[matrix.large, matrix.toSmall, insert],
    ]),
  );
  say(`\n${JSON.stringify({ bench: "growth", cells: CELLS, rows })}`);
}

await runBench(main);
