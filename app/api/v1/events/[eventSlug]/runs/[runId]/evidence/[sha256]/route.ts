import { arrivalSchema } from "@/lib/evidence/schema";
import { completeEvidence, receiveEvidence } from "@/lib/evidence/write/arrive";
import { endpoint } from "@/lib/http/endpoint";
import { runIdOf, sha256Of } from "@/lib/http/params";
import { bytesOf } from "@/lib/http/read-bytes";

export const PUT = endpoint({
  action: "evidence.push",
  scope: "evidence:write",
  summary:
    "Takes bytes of a declared file, from the offset that the header `Upload-Offset` names (0 unless told): all of the rest, or a part",
  body: null,
  upload: "application/octet-stream",
  reply: arrivalSchema,
  answers: {
    200: "The file is whole, and is what was declared.",
    202: "More is to come, from `offset` on.",
  },
  problems: [400, 404, 409, 413, 415, 422, 507],
  handle: async ({ permit, params, request }) => {
    const id = { runId: runIdOf(params), sha256: sha256Of(params) };
    const reply = await receiveEvidence(permit, id, bytesOf(request));
    return { status: reply.state === "arrived" ? 200 : 202, reply };
  },
});

export const POST = endpoint({
  action: "evidence.push",
  scope: "evidence:write",
  summary:
    "Says that the bytes are where the declaration told them to go: the server looks at them",
  body: null,
  reply: arrivalSchema,
  answers: { 200: "The file is whole, and is what was declared." },
  problems: [404, 409, 415, 422],
  handle: async ({ permit, params }) => ({
    status: 200,
    reply: await completeEvidence(permit, { runId: runIdOf(params), sha256: sha256Of(params) }),
  }),
});
