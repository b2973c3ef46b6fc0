import { declarationReplySchema, declarationSchema } from "@/lib/evidence/schema";
import { declareEvidence } from "@/lib/evidence/write/declare";
import { endpoint } from "@/lib/http/endpoint";

export const POST = endpoint({
  action: "evidence.push",
  scope: "evidence:write",
  summary: "Declares a file of a run by its SHA-256, and asks where its bytes go",
  body: declarationSchema,
  reply: declarationReplySchema,
  answers: {
    200: "Where the bytes go and how many are there; `upload` is null when your reporter has sent them to this event before.",
  },
  problems: [404, 413, 507],
  handle: async ({ permit, body }) => ({ status: 200, reply: await declareEvidence(permit, body) }),
});
