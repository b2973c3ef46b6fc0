import type { Permit } from "@/lib/auth/permit";
import { newAgentToken } from "@/lib/auth/token";
import { Refusal } from "@/lib/core/refusal";
import { auditOf } from "@/lib/db/audit";
import { db } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { ownEntries } from "../read/list";
import { LIVE_TOKENS } from "../rules";
import type { NewToken } from "../schema";
import { tokenData } from "./create";

type Keeper = Permit<"agent.rotate" | "agent.revoke">;

/** An agent that this reader looks after and that is not revoked; another's does not exist. */
function mine(permit: Keeper, agentId: string): Prisma.AgentWhereInput {
  const own = ownEntries(permit);
  return {
    id: agentId,
    eventId: permit.scope.eventId,
    revokedAt: null,
    ...(own === null ? {} : { entryId: { in: own } }),
  };
}

const gone = () => new Refusal("not_found", "There is no such agent, or it was revoked.");

/** A further token, told here and nowhere again: both are good until the older one is revoked. */
export async function rotateToken(
  permit: Permit<"agent.rotate">,
  agentId: string,
  wanted: NewToken,
): Promise<{ token: string }> {
  const token = newAgentToken();
  const data = await tokenData(permit, token, wanted);
  await db.$transaction(async (tx) => {
    // Locked first, so that two who rotate at once do not make a third live secret.
    await tx.$queryRaw`SELECT id FROM agent WHERE id = ${agentId}::uuid FOR UPDATE`;
    const agent = await tx.agent.findFirst({
      where: mine(permit, agentId),
      select: { tokens: { where: { revokedAt: null, expiresAt: { gt: new Date() } } } },
    });
    if (!agent) throw gone();
    if (agent.tokens.length >= LIVE_TOKENS) {
      const detail = "Two tokens of this agent are live: revoke the one that is not used any more.";
      throw new Refusal("conflict", detail);
    }
    await tx.agentToken.create({ data: { ...data, agentId } });
    const detail = { scopes: data.scopes };
    await tx.audit.create({ data: auditOf(permit, { subject: agentId, detail }) });
  });
  return { token };
}

/** From the next request on the token is refused. */
export async function revokeToken(
  permit: Permit<"agent.revoke">,
  { agentId, tokenId }: { agentId: string; tokenId: string },
): Promise<void> {
  await db.$transaction(async (tx) => {
    const { count } = await tx.agentToken.updateMany({
      where: { id: tokenId, revokedAt: null, agent: mine(permit, agentId) },
      data: { revokedAt: new Date() },
    });
    if (count === 0) throw new Refusal("not_found", "There is no such token, or it was revoked.");
    const detail = { token: tokenId };
    await tx.audit.create({ data: auditOf(permit, { subject: agentId, detail }) });
  });
}

/** All its tokens are refused from now on; what it said stays. */
export async function revokeAgent(permit: Permit<"agent.revoke">, agentId: string): Promise<void> {
  await db.$transaction(async (tx) => {
    const { count } = await tx.agent.updateMany({
      where: mine(permit, agentId),
      data: { revokedAt: new Date() },
    });
    if (count === 0) throw gone();
    await tx.audit.create({ data: auditOf(permit, { subject: agentId }) });
  });
}
