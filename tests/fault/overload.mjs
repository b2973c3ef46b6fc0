// F13: what the site can do is measured; then five times as much comes, from clients that do not wait.
import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { declareRun, makeItem, openClient, quantile, rounded, until } from "./client.mjs";
import { listTests } from "./reports.mjs";

const ITEMS = 100;
const AGENTS = 8;
const TIMES = 5;
const BACK_MS = 5000;

export async function overload({ site, tokens }, { isShort }) {
  const client = openClient(site.url, { token: tokens[1], sockets: 512 });
  const pages = openClient(site.url, { sockets: 2 });
  const path = await declareRun(client);
  const tests = await listTests(site.url, tokens[1]);
  const template = JSON.stringify({
    schema: "1",
    items: Array.from({ length: ITEMS }, (_, at) => ({
      ...makeItem({ id: "ID" }),
      ...tests[at % tests.length],
    })),
  }).split('"ID"');
  const push = () =>
    client.send(
      path,
      template.reduce((all, part) => `${all}"${randomUUID()}"${part}`),
    );
  await forAWhile(2000, AGENTS, push);
  const calm = await forAWhile(isShort ? 3000 : 15_000, AGENTS, push);
  const capacity = rateOf(calm);
  const pageMs = [];
  let isOver = false;
  const reading = (async () => {
    while (!isOver) {
      pageMs.push((await pages.ask("/events/loopback")).ms);
      await pause(200);
    }
  })();
  const flood = await atRate({
    rate: (capacity / ITEMS) * TIMES,
    lastsMs: isShort ? 5000 : 60_000,
    push,
  });
  isOver = true;
  await reading;
  const backMs = await until(async () => {
    const answer = await push();
    return answer.status === 200 && answer.ms < 1000;
  }, 30_000);
  client.close();
  pages.close();
  return judge({ capacity, flood, pageMs, backMs });
}

const rateOf = ({ answers, seconds }) =>
  (answers.filter(({ status }) => status === 200).length * ITEMS) / seconds;

/** `lanes` that each ask again as soon as they are answered. */
async function forAWhile(ms, lanes, ask) {
  const answers = [];
  const began = performance.now();
  const lane = async () => {
    while (performance.now() - began < ms) answers.push(await ask());
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return { answers, seconds: (performance.now() - began) / 1000 };
}

/** So many a second, whether earlier ones have been answered or not. */
async function atRate({ rate, lastsMs, push }) {
  const under = new Set();
  const answers = [];
  let sent = 0;
  const began = performance.now();
  while (performance.now() - began < lastsMs) {
    const due = ((performance.now() - began) / 1000) * rate;
    for (; sent < due && under.size < 512; sent += 1) {
      const one = push().then((answer) => {
        answers.push(answer);
        under.delete(one);
      });
      under.add(one);
    }
    // What could not even be sent, as all sockets are busy, counts as offered.
    sent = Math.max(sent, Math.floor(due));
    await pause(5);
  }
  const seconds = (performance.now() - began) / 1000;
  const taken = answers.filter(({ status }) => status === 200).length;
  await Promise.all(under);
  return { answers, seconds, sent, goodput: (taken * ITEMS) / seconds };
}

function judge({ capacity, flood, pageMs, backMs }) {
  const { answers, goodput } = flood;
  const of = (...statuses) => answers.filter(({ status }) => statuses.includes(status));
  const later = of(429, 503);
  const share = goodput / capacity;
  const takenMs = of(200).map(({ ms }) => ms);
  return {
    figures: {
      capacity: `${Math.round(capacity)} results/s, ${AGENTS} agents, batches of ${ITEMS}`,
      offered: `${TIMES} times that for ${rounded(flood.seconds)} s: ${flood.sent} batches`,
      goodput: `${Math.round(goodput)} results/s, ${Math.round(share * 100)} % of the capacity (the clients take the same two cores)`,
      "told 429 or 503": `${later.length}, p99 ${
        later.length
          ? rounded(
              quantile(
                later.map(({ ms }) => ms),
                0.99,
              ),
            )
          : 0
      } ms`,
      "batches taken": `p50 ${rounded(quantile(takenMs, 0.5))} ms, p99 ${rounded(quantile(takenMs, 0.99))} ms`,
      "a page meanwhile": `p50 ${rounded(quantile(pageMs, 0.5))} ms, longest ${rounded(Math.max(...pageMs))} ms`,
      "back after": `${backMs} ms`,
    },
    faults: {
      "goodput below 80 %": +(share < 0.8),
      "answers but 200, 429 and 503": answers.length - of(200, 429, 503).length,
      "without Retry-After": later.filter(({ headers }) => !headers["retry-after"]).length,
      "back late": +(backMs === null || backMs > BACK_MS),
    },
  };
}
