import { heartbeatReplySchema, heartbeatSchema } from "@/lib/agents/schema";
import { keepHeartbeat } from "@/lib/agents/write/beat";
import { endpoint } from "@/lib/http/endpoint";

export const POST = endpoint({
  action: "agent.heartbeat",
  scope: null,
  summary:
    "Says that the agent lives, how much waits in its spool, and what it had to leave out: every 30 s.",
  body: heartbeatSchema,
  bucket: "signals",
  reply: heartbeatReplySchema,
  answers: { 200: "The server's clock, and how far the agent's is ahead of it." },
  handle: async ({ permit, body }) => ({ status: 200, reply: await keepHeartbeat(permit, body) }),
});
