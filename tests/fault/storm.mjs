// F7: many writers on few cells, each with its items in another order, so that locks cross.
import { setTimeout as pause } from "node:timers/promises";
import { ADMIN } from "../../lib/start/bundle.mjs";
import { runNode } from "../../lib/start/processes.mjs";
import { withClient } from "../../lib/start/roles.mjs";
import { declareRun, makeItem, openClient, quantile, rounded } from "./client.mjs";
import { pick, shuffle } from "./random.mjs";
import { listTests } from "./reports.mjs";
import { digestCells } from "./verify.mjs";

const WRITERS = 64;
const CELLS = 10;
const ITEMS = 30;

const COUNTS = `SELECT (SELECT deadlocks FROM pg_stat_database WHERE datname = current_database())::int AS deadlocks,
  (SELECT count(*) FROM result WHERE id = ANY($1))::int AS stored,
  (SELECT count(DISTINCT cell_id) FROM result WHERE id = ANY($1))::int AS cells`;

export async function storm({ site, tokens, env, superuser }, { isShort, random }) {
  const tests = (await listTests(site.url, tokens[0])).slice(0, CELLS);
  const clients = tokens.map((token) => openClient(site.url, { token }));
  const paths = await Promise.all(clients.map(declareRun));
  const told = { ids: [], others: [], later: 0, ms: [] };
  const parties = makeItem().parties;
  const write = async (writer) => {
    const [client, path] = [clients[writer % 4], paths[writer % 4]];
    // The third agent speaks for GnuTLS, the second for nobody: both may tell of this pair; the fourth may not.
    const outcomes = ["pass", "fail", "degraded", "timeout"];
    for (let round = 0; round < (isShort ? 2 : 10); round += 1) {
      const items = Array.from({ length: ITEMS }, (_, at) => ({
        ...makeItem({ outcome: pick(random, outcomes), parties }),
        ...tests[at % tests.length],
      }));
      const body = JSON.stringify({ schema: "1", items: shuffle(items, random) });
      const answer = await sendUntilTaken({ client, path, body, random, told });
      if (answer.status === 200) told.ids.push(...items.map(({ id }) => id));
      else told.others.push(`${answer.status} ${answer.text.slice(0, 200)}`);
    }
  };
  const mayTell = Array.from({ length: WRITERS }, (_, at) => at).map((at) =>
    at % 4 === 3 ? at - 1 : at,
  );
  const began = performance.now();
  await Promise.all(mayTell.map(write));
  const seconds = (performance.now() - began) / 1000;
  for (const client of clients) client.close();
  const ask = (db) => db.query(COUNTS, [told.ids]);
  const [counts] = (await withClient(superuser(), ask)).rows;
  const kept = await digestCells(superuser());
  await runNode([ADMIN, "rebuild-cells", "--event", "loopback"], env);
  const refolded = (await digestCells(superuser())) !== kept;
  return {
    figures: {
      writers: `${WRITERS} on ${counts.cells} cells, ${told.ids.length} results in ${rounded(seconds)} s`,
      "sent away by 503 and taken later": told.later,
      "a batch that was taken": `p50 ${rounded(quantile(told.ms, 0.5))} ms, p99 ${rounded(quantile(told.ms, 0.99))} ms`,
      ...(told.others[0] && { "first of the other answers": told.others[0] }),
    },
    faults: {
      "answers that are neither 200 nor 503": told.others.length,
      deadlocks: counts.deadlocks,
      "taken and not stored": told.ids.length - counts.stored,
      "cells other than the ten": Math.max(0, counts.cells - CELLS),
      "cells unlike the fold": +refolded,
    },
  };
}

async function sendUntilTaken({ client, path, body, random, told }) {
  for (;;) {
    const answer = await client.send(path, body);
    if (answer.status !== 503 || answer.headers["retry-after"] === undefined) {
      told.ms.push(answer.ms);
      return answer;
    }
    told.later += 1;
    // Sooner than it was told to, so that the storm does not lie down.
    await pause(random() * 200);
  }
}
