import { identifyAgent } from "@/lib/agents/read/identity";
import { agentReplySchema } from "@/lib/agents/schema";
import { endpoint } from "@/lib/http/endpoint";

export const GET = endpoint({
  action: "agent.identify",
  scope: null,
  summary: "Who the token is: its event, its entry, its scopes, and the server's limits.",
  body: null,
  reply: agentReplySchema,
  answers: { 200: "Who you are." },
  handle: async ({ permit, caller }) => ({
    status: 200,
    reply: await identifyAgent(permit, [...caller.scopes]),
  }),
});
