// F8: requests that no agent of ours would send. Each is told what is wrong with it.
import { declareRun, openClient, quantile, rounded, slackOf } from "./client.mjs";
import { byChance, handMade } from "./odd-requests.mjs";
import { knock } from "./raw.mjs";

const TRACE = /\n\s+at |node_modules|\/lib\/|\.ts:\d/;

/** A batch without one good item is told so item by item (API.md). */
const isBatchReply = ({ status, text }) => status === 422 && /"problem":\{"code"/.test(text);

/** What is wrong with an answer; undefined when it is as it should be. */
function wrongWith(answer, { mayPass, mayLeave, isBare }) {
  const { status, headers, text } = answer;
  if (status >= 500 || status === 0) return `status ${status}`;
  if (TRACE.test(text)) return "a stack trace";
  // An odd value may do no harm: then it is taken, each item with its answer.
  if (status < 400) return mayPass ? undefined : `taken with ${status}`;
  // Node refuses it before there is a request, or the path is none of the API's any more.
  if (isBare || status === 431 || mayLeave) return undefined;
  const isProblem = headers["content-type"]?.startsWith("application/problem+json");
  return isProblem || isBatchReply(answer) ? undefined : `${status} without problem+json`;
}

const exampleOf = (wrong, { method, path, headers, body }, { status, text }) =>
  `${wrong}: ${method} ${path.slice(0, 120)} ${JSON.stringify(headers)} ${String(body ?? "").slice(0, 400)} -> ${status} ${text.slice(0, 300)}`;

export async function sendMalformed({ site, tokens }, { isShort, random }) {
  const client = openClient(site.url, { token: tokens[1], sockets: 2 });
  const results = await declareRun(client);
  const hand = handMade(results);
  const chance = Array.from({ length: isShort ? 1500 : 10_000 }, () => byChance(results, random));
  const told = { ms: [], wrong: new Map(), statuses: new Map(), examples: [] };
  const note = (asked, answer) => {
    told.ms.push(answer.ms);
    told.statuses.set(answer.status, (told.statuses.get(answer.status) ?? 0) + 1);
    const wrong = wrongWith(answer, asked);
    if (wrong === undefined) return;
    if (!told.wrong.has(wrong)) told.examples.push(exampleOf(wrong, asked, answer));
    told.wrong.set(wrong, (told.wrong.get(wrong) ?? 0) + 1);
  };
  const waiting = [...hand, ...chance];
  const lane = async () => {
    for (let asked = waiting.shift(); asked; asked = waiting.shift())
      note(asked, await client.ask(asked.path, asked));
  };
  await Promise.all([lane(), lane()]);
  for (const asked of await knock(site.url)) note({ ...asked, isBare: true }, asked);
  const alive = await client.ask("/api/v1/agent");
  client.close();
  const counts = [...told.statuses].sort().map(([status, count]) => `${status} ${count} times`);
  return {
    figures: {
      requests: `${hand.length} by hand, ${chance.length} by chance`,
      answers: counts.join(", "),
      "time of an answer": `p50 ${rounded(quantile(told.ms, 0.5))} ms, p99 ${rounded(quantile(told.ms, 0.99))} ms, longest ${rounded(Math.max(...told.ms))} ms`,
      ...(told.examples.length > 0 && { "that are wrong": told.examples.join(" | ") }),
    },
    faults: {
      ...Object.fromEntries(told.wrong),
      "p99 of 250 ms or more": +(quantile(told.ms, 0.99) >= 250 * slackOf(isShort)),
      "the site does not answer afterwards": +(alive.status !== 200),
    },
  };
}
