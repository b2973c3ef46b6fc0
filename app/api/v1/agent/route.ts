import { identifyAgent } from "@/lib/agents/read";
import { agentReplySchema } from "@/lib/agents/schema";
import { endpoint } from "@/lib/http/endpoint";

export const GET = endpoint({
  action: "agent.identify",
  scope: null,
  body: null,
  reply: agentReplySchema,
  handle: async ({ permit, caller }) => ({
    status: 200,
    reply: await identifyAgent(permit, [...caller.scopes]),
  }),
});
