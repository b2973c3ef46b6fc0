// npm run bench:live: how soon an open stream shows what was pushed, beside readers who ask again every second, in one run;
// docs/benchmarks.md says what the figures mean. `-- --quick` for a look.
import { randomUUID } from "node:crypto";
import { setMaxListeners } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { followStream, pollMatrix } from "./live-readers.mjs";
import { openStage, putAway, quantile, runBench, say, sayTable, siteOf } from "./stage.mjs";

const { values } = parseArgs({ options: { quick: { type: "boolean" } } });
const READERS = values.quick ? 10 : 40;
const PUSHES = values.quick ? 20 : 100;
/** Cells that a push touches; all of them new. */
const CELLS = 5;
const ENTRIES = 60;
const TESTS = 100;
/** Longer than any reader may be behind. */
const PATIENCE_MS = 10_000;

let made = 0;

async function main() {
  const stage = await openStage({ agents: 2 });
  const site = await siteOf(stage);
  await site.start();
  const { slug, agents } = stage.fixture;
  const track = `${site.url}/api/v1/events/${slug}/tracks/calls`;
  const [writer, reader] = agents;
  const push = () =>
    pushOne(`${site.url}/api/v1/events/${slug}/runs/${writer.runId}/results`, writer.token);
  const rows = {};
  for (const [name, read] of [
    ["stream", (each) => followStream(`${track}/stream`, { token: reader.token, ...each })],
    [
      "asking every second",
      (each) => pollMatrix(`${track}/matrix.json`, { token: reader.token, ...each }),
    ],
  ]) {
    rows[name] = await measure(read, push);
  }
  tell(rows);
}

/** All readers open at once; pushes at uneven times, so that none keeps step with how the site gathers news. */
async function measure(read, push) {
  const waits = [];
  const readers = [];
  const ending = new AbortController();
  setMaxListeners(0, ending.signal);
  putAway(async () => ending.abort());
  for (let at = 0; at < READERS; at += 1) {
    const seen = new Map();
    const onSeen = (key) => seen.has(key) || seen.set(key, performance.now());
    const phaseMs = (at * 1000) / READERS;
    readers.push({ seen, ...(await read({ onSeen, signal: ending.signal, phaseMs })) });
  }
  const pushed = [];
  for (let at = 0; at < PUSHES; at += 1) {
    pushed.push(await push());
    await pause(100 + ((at * 37) % 40) * 10);
  }
  const deadline = performance.now() + PATIENCE_MS;
  for (const { key, sentAt, acknowledgedAt } of pushed) {
    for (const { seen } of readers) {
      while (!seen.has(key)) {
        if (performance.now() > deadline) throw new Error(`${key} was never seen`);
        await pause(10);
      }
      const at = seen.get(key);
      waits.push({ afterAck: at - acknowledgedAt, afterSent: at - sentAt });
    }
  }
  ending.abort();
  await Promise.all(readers.map(({ ended }) => ended));
  return { waits, acks: pushed.map(({ sentAt, acknowledgedAt }) => acknowledgedAt - sentAt) };
}

/** Results in cells that nobody has spoken of before. */
function makeItems() {
  return Array.from({ length: CELLS }, () => {
    const at = made;
    made += 1;
    const row = Math.floor(at / TESTS) % ENTRIES;
    const column = (row + 1 + Math.floor(at / (TESTS * ENTRIES))) % ENTRIES;
    return {
      id: randomUUID(),
      test: `C-${at % TESTS}`,
      outcome: at % 4 === 0 ? "fail" : "pass",
      parties: [
        { role: "uac", entry: `e-${row}`, build: "1.0" },
        { role: "uas", entry: `e-${column}`, build: "1.0" },
      ],
      startedAt: new Date().toISOString(),
    };
  });
}

async function pushOne(url, token) {
  const items = makeItems();
  const [{ test, parties }] = items;
  const [{ entry: row }, { entry: column }] = parties;
  const body = JSON.stringify({ schema: "1", items });
  const sentAt = performance.now();
  const response = await fetch(url, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body,
  });
  await response.arrayBuffer();
  const acknowledgedAt = performance.now();
  if (response.status !== 200) throw new Error(`The push is answered ${response.status}.`);
  return { key: `${test} ${row} ${column}`, sentAt, acknowledgedAt };
}

function tell(rows) {
  const of = (list) => ({
    p50: Math.round(quantile(list, 0.5)),
    p95: Math.round(quantile(list, 0.95)),
    p99: Math.round(quantile(list, 0.99)),
  });
  const said = Object.entries(rows).map(([name, { waits, acks }]) => ({
    name,
    afterAck: of(waits.map(({ afterAck }) => afterAck)),
    afterSent: of(waits.map(({ afterSent }) => afterSent)),
    ack: of(acks),
  }));
  const [stream, polling] = said;
  say(
    `\n${READERS} readers, ${PUSHES} pushes of ${CELLS} new cells; milliseconds from the acknowledgement until seen`,
  );
  sayTable(
    ["", "p50", "p95", "p99", "from sending, p95", "acknowledged, p95"],
    said.map(({ name, afterAck, afterSent, ack }) => [
      name,
      afterAck.p50,
      afterAck.p95,
      afterAck.p99,
      afterSent.p95,
      ack.p95,
    ]),
  );
  const ratio = Number((stream.afterAck.p95 / polling.afterAck.p95).toFixed(2));
  say(`stream / asking every second, p95: ${ratio}`);
  say(
    `\n${JSON.stringify({ bench: "live", readers: READERS, pushes: PUSHES, stream: stream.afterAck, polling: polling.afterAck, sent: stream.afterSent, acknowledged: stream.ack, toPolling: ratio })}`,
  );
}

await runBench(main);
