import * as z from "zod";
import { procedure, router } from "@/lib/trpc/init";
import { listAgents, loadAgent } from "./read/list";
import { listTurnedDown } from "./read/turned-down";
import { newAgentSchema, newTokenSchema } from "./schema";
import { createAgent } from "./write/create";
import { revokeAgent, revokeToken, rotateToken } from "./write/tokens";

const agentInput = z.object({ agentId: z.uuid() });
const SHOWN = 100;

export const agentsRouter = router({
  list: procedure("agent.view").query(({ ctx }) => listAgents(ctx.permit)),
  byId: procedure("agent.view")
    .input(agentInput)
    .query(async ({ ctx, input }) => {
      const agent = await loadAgent(ctx.permit, input.agentId);
      return { agent, turnedDown: await listTurnedDown(ctx.permit, input.agentId, SHOWN) };
    }),
  create: procedure("agent.create")
    .input(z.object({ agent: newAgentSchema }))
    .mutation(({ ctx, input }) => createAgent(ctx.permit, input.agent)),
  rotate: procedure("agent.rotate")
    .input(agentInput.extend({ token: newTokenSchema }))
    .mutation(({ ctx, input }) => rotateToken(ctx.permit, input.agentId, input.token)),
  revokeToken: procedure("agent.revoke")
    .input(agentInput.extend({ tokenId: z.uuid() }))
    .mutation(({ ctx, input }) => revokeToken(ctx.permit, input)),
  revoke: procedure("agent.revoke")
    .input(agentInput)
    .mutation(({ ctx, input }) => revokeAgent(ctx.permit, input.agentId)),
});
