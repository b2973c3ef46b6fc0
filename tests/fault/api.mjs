// F19: the API is held to the document that it serves; the work is in ask-everything.ts.
import { runNode } from "../../lib/start/processes.mjs";
import { declareRun, openClient } from "./client.mjs";
import { bundleFault } from "./program.mjs";

export async function drownInApi({ site, tokens }, { isShort, seed }) {
  const client = openClient(site.url, { token: tokens[1], sockets: 1 });
  const [, runId] = /runs\/([^/]+)\//.exec(await declareRun(client)) ?? [];
  client.close();
  const file = await bundleFault("ask-everything");
  const asked = { url: site.url, token: tokens[1], runId, seed, runs: isShort ? 8 : 100 };
  const said = await runNode([file, JSON.stringify(asked)]);
  const { operations, requests, statuses, untold, gaps } = JSON.parse(said);
  const counts = Object.entries(statuses).map(([status, count]) => `${status} ${count} times`);
  return {
    figures: {
      operations: `${operations}, ${requests} requests`,
      answers: counts.join(", "),
      ...(untold[0] && { "first that the document does not tell": untold[0] }),
      ...(gaps[0] && { "first of who may ask": gaps[0] }),
    },
    faults: {
      "answers that the document does not tell": untold.length,
      "who may ask": gaps.length,
    },
  };
}
