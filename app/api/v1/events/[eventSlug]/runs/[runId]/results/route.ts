import { inLines } from "@/lib/http/batch";
import { endpoint } from "@/lib/http/endpoint";
import { runIdOf } from "@/lib/http/params";
import { listRunResults } from "@/lib/results/read/run";
import { statusOf } from "@/lib/results/rules";
import {
  batchReplySchema,
  batchSchema,
  runResultsQuerySchema,
  runResultsSchema,
} from "@/lib/results/schema";
import { recordResults } from "@/lib/results/write/record";

export const POST = endpoint({
  action: "result.push",
  scope: "results:write",
  summary:
    "Stores a batch of results. All that is valid is on disk before the answer is sent; each item is answered for by itself.",
  body: batchSchema,
  lines: inLines,
  isIngest: true,
  reply: batchReplySchema,
  answers: {
    200: "Every item is stored, or was before.",
    207: "Some items were not taken, and say why.",
    422: "No item is valid.",
  },
  handle: async ({ permit, body, params }) => {
    const reply = await recordResults(permit, runIdOf(params), body.items);
    return { status: statusOf(reply), reply };
  },
});

export const GET = endpoint({
  action: "run.view",
  scope: "runs:read",
  summary:
    "Reads back what is stored of a run, page by page. While batches are being sent a page may come before one that is stored a moment later.",
  query: runResultsQuerySchema,
  body: null,
  reply: runResultsSchema,
  answers: { 200: "Results in the order of their arrival, and where to go on." },
  handle: async ({ permit, params, query }) => ({
    status: 200,
    reply: await listRunResults(permit, runIdOf(params), query),
  }),
});
