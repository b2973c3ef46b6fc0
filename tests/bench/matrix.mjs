// npm run bench:matrix: what reading a matrix costs as results pile up in the same cells, beside reading them all and
// folding them anew, on one Postgres and in one run; docs/benchmarks.md says what the figures mean. `-- --quick` for a look.
import { createHash, randomBytes } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { makeClient, makeSite } from "../../lib/start/make.mjs";
import { withClient } from "../../lib/start/roles.mjs";
import { siteEnv } from "../../lib/start/site.mjs";
import { startDurablePostgres } from "../fault/postgres.mjs";
import { openSite } from "../fault/site.mjs";
import { bundleBench, runProgram } from "./program.mjs";

const FULL = { cells: 10_000, sizes: [10_000, 100_000, 1_000_000], reads: 30 };
const QUICK = { cells: 2_000, sizes: [2_000, 20_000, 200_000], reads: 10 };

const { values } = parseArgs({ options: { quick: { type: "boolean" } } });
const plan = values.quick ? QUICK : FULL;
const say = (text) => process.stdout.write(`${text}\n`);

const toStop = [];
async function stopAll() {
  for (const stop of toStop.splice(0).reverse()) await stop();
}
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.once(signal, () => void stopAll().then(() => process.exit(1)));
}

// Copies of the first result of each cell, older and with the same word: the cells say what they said.
const GROW = `
INSERT INTO result (id, reporter_id, run_key, track_id, entry_id, origin, agent_id, cell_id, test, test_version, variant, parties, attempt,
  outcome, unsupported_by, started_at, duration_ms, digest)
SELECT gen_random_uuid(), r.reporter_id, r.run_key, r.track_id, r.entry_id, r.origin, r.agent_id, r.cell_id, r.test, r.test_version, r.variant, r.parties, r.attempt,
  r.outcome, r.unsupported_by, r.started_at - n * interval '1 minute', r.duration_ms, r.digest
FROM result r CROSS JOIN generate_series($1::int, $2::int) AS n
WHERE r.id = ANY (SELECT DISTINCT ON (cell_id) id FROM result ORDER BY cell_id, started_at DESC)`;
const COUNT = "UPDATE cell SET attempts = $1";

/** Until each cell has so many results. */
async function grow(postgres, from, to) {
  await withClient(postgres.url("plugfest"), async (client) => {
    if (to > from) {
      await client.query(GROW, [from, to - 1]);
      await client.query(COUNT, [to]);
    }
    for (const table of ["result", "cell"]) await client.query(`VACUUM (FULL, ANALYZE) ${table}`);
    await client.query("CHECKPOINT");
  });
}

const middle = (times) => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)];

async function timed(url, headers) {
  const began = performance.now();
  const response = await fetch(url, { headers });
  const body = Buffer.from(await response.arrayBuffer());
  return { ms: performance.now() - began, response, body };
}

/** Database and site started anew, so that neither remembers; then again and again. */
async function measureSite({ postgres, folder, envFor, fixture }) {
  await postgres.kill();
  await postgres.start();
  const site = await openSite({ folder, env: envFor() });
  toStop.push(site.stop);
  await site.start();
  const url = `${site.url}/api/v1/events/${fixture.slug}/tracks/calls/matrix.json?encoding=compact`;
  const headers = { authorization: `Bearer ${fixture.agents[0].token}` };
  const cold = await timed(url, headers);
  if (!cold.response.ok) throw new Error(`${cold.response.status} ${cold.body.subarray(0, 300)}`);
  const warm = [];
  const unchanged = [];
  const tagged = { ...headers, "if-none-match": cold.response.headers.get("etag") };
  for (let at = 0; at < plan.reads; at += 1) {
    warm.push((await timed(url, headers)).ms);
    const again = await timed(url, tagged);
    if (again.response.status !== 304) throw new Error(`${again.response.status}, not 304`);
    unchanged.push(again.ms);
  }
  await toStop.pop()();
  const cells = JSON.parse(cold.body).grids.map((grid) => grid.cells);
  return {
    cold: cold.ms,
    warm: middle(warm),
    unchanged: middle(unchanged),
    kB: gzipSync(cold.body).length / 1000,
    digest: createHash("sha256").update(cells.join("\n")).digest("hex"),
  };
}

async function main() {
  for (const make of [makeClient, makeSite]) await make();
  const names = ["event", "matrix-cells", "matrix-naive"];
  const [event, cells, naive] = await Promise.all(names.map(bundleBench));
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "plugfest-bench-"));
  toStop.push(async () => fs.rmSync(folder, { recursive: true, force: true }));
  const postgres = await startDurablePostgres();
  toStop.push(postgres.stop);
  const secrets = { authSecret: randomBytes(32).toString("hex") };
  const envFor = () => ({
    ...siteEnv({ appUrl: "http://127.0.0.1", data: folder }, secrets),
    DATABASE_URL: postgres.appUrl(),
  });
  const fixture = JSON.parse(await runProgram(event, { env: envFor(), isQuiet: true }));
  const { token, runId } = fixture.agents[0];
  await runProgram(cells, {
    args: [fixture.slug, token, runId, String(plan.cells)],
    env: envFor(),
  });

  say(
    `\n60 x 60 entries x 100 tests, ${plan.cells} cells with results; medians of ${plan.reads} reads over HTTP`,
  );
  say("   results   cold ms   warm ms  to smallest    304 ms   gz kB  naive ms  naive/warm");
  const rows = [];
  let each = 1;
  for (const size of plan.sizes) {
    const wanted = size / plan.cells;
    await grow(postgres, each, wanted);
    each = wanted;
    const read = await measureSite({ postgres, folder, envFor, fixture });
    const said = await runProgram(naive, { args: [fixture.slug], env: envFor(), isQuiet: true });
    const { ms, digest } = JSON.parse(said);
    if (digest !== read.digest) throw new Error("The naive matrix says something else.");
    const { cold, warm, unchanged, kB } = read;
    const ratio = warm / (rows[0]?.warm ?? warm);
    rows.push({ results: size, cold, warm, ratio, unchanged, kB, naive: ms });
    const figures = [
      size,
      cold.toFixed(0),
      warm.toFixed(1),
      ratio.toFixed(2),
      unchanged.toFixed(1),
    ];
    const more = [kB.toFixed(1), ms.toFixed(0), (ms / warm).toFixed(1)];
    const widths = [10, 10, 10, 13, 10, 8, 10, 12];
    say([...figures, ...more].map((one, at) => String(one).padStart(widths[at])).join(""));
  }
  say(`\n${JSON.stringify({ bench: "matrix", cells: plan.cells, rows })}`);
  return 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
} finally {
  await stopAll();
}
