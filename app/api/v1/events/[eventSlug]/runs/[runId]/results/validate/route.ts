import { inLines } from "@/lib/http/batch";
import { endpoint } from "@/lib/http/endpoint";
import { runIdOf } from "@/lib/http/params";
import { statusOf } from "@/lib/results/rules";
import { batchReplySchema, batchSchema } from "@/lib/results/schema";
import { validateResults } from "@/lib/results/write/validate";

export const POST = endpoint({
  action: "result.push",
  scope: "results:write",
  summary: "Answers a batch as pushing it would, and stores nothing.",
  body: batchSchema,
  lines: inLines,
  reply: batchReplySchema,
  answers: {
    200: "Every item would be stored, or is.",
    207: "Some items would not be taken, and say why.",
    422: "No item is valid.",
  },
  handle: async ({ permit, body, params }) => {
    const reply = await validateResults(permit, runIdOf(params), body.items);
    return { status: statusOf(reply), reply };
  },
});
