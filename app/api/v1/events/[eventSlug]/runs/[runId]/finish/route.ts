import { endpoint } from "@/lib/http/endpoint";
import { runIdOf } from "@/lib/http/params";
import { finishSchema, receiptSchema } from "@/lib/runs/schema";
import { finishRun } from "@/lib/runs/write";

export const POST = endpoint({
  action: "run.finish",
  scope: "results:write",
  body: finishSchema,
  reply: receiptSchema,
  handle: async ({ permit, body, params }) => ({
    status: 200,
    reply: await finishRun(permit, runIdOf(params), body),
  }),
});
