import { declaredSchema } from "@/lib/agents/schema";
import { endpoint } from "@/lib/http/endpoint";
import { runIdOf } from "@/lib/http/params";
import { loadReceipt } from "@/lib/runs/read";
import { receiptSchema, runSchema } from "@/lib/runs/schema";
import { declareRun } from "@/lib/runs/write";

export const PUT = endpoint({
  action: "run.declare",
  scope: "results:write",
  summary: "Declares a run under an id that the client makes.",
  body: runSchema,
  reply: declaredSchema,
  answers: {
    200: "It was declared before with the same content.",
    201: "It is declared.",
  },
  handle: async ({ permit, body, params }) => {
    const { created, ...reply } = await declareRun(permit, runIdOf(params), body);
    return { status: created ? 201 : 200, reply };
  },
});

export const GET = endpoint({
  action: "run.view",
  scope: "runs:read",
  summary: "The receipt of a run: what has arrived, and what is missing.",
  body: null,
  reply: receiptSchema,
  answers: { 200: "The receipt." },
  handle: async ({ permit, params }) => ({
    status: 200,
    reply: await loadReceipt(permit, runIdOf(params)),
  }),
});
