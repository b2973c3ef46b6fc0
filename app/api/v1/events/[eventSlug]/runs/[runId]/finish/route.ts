import { endpoint } from "@/lib/http/endpoint";
import { runIdOf } from "@/lib/http/params";
import { finishSchema, receiptSchema } from "@/lib/runs/schema";
import { finishRun } from "@/lib/runs/write";

export const POST = endpoint({
  action: "run.finish",
  scope: "results:write",
  summary: "Ends a run, with the number of distinct ids that the agent holds as accepted.",
  body: finishSchema,
  bucket: "signals",
  reply: receiptSchema,
  answers: { 200: "The receipt, with what is missing." },
  handle: async ({ permit, body, params }) => ({
    status: 200,
    reply: await finishRun(permit, runIdOf(params), body),
  }),
});
