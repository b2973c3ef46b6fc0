import { endpoint } from "@/lib/http/endpoint";
import { runIdOf } from "@/lib/http/params";
import { statusOf } from "@/lib/results/rules";
import { batchReplySchema, batchSchema } from "@/lib/results/schema";
import { recordResults } from "@/lib/results/write/record";

export const POST = endpoint({
  action: "result.push",
  scope: "results:write",
  body: batchSchema,
  reply: batchReplySchema,
  handle: async ({ permit, body, params }) => {
    const reply = await recordResults(permit, runIdOf(params), body.items);
    return { status: statusOf(reply), reply };
  },
});
