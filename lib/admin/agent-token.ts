import { SCOPES } from "@/lib/agents/schema";
import { createAgent } from "@/lib/agents/write/create";
import { mayInEvent } from "./gate";
import { type Flags, needed, UsageError } from "./usage";

export async function agentToken({ event, entry, neutral = false, name }: Flags): Promise<string> {
  const eventSlug = needed(event, "event");
  if ((entry === undefined) !== neutral)
    throw new UsageError("Give either --entry SLUG or --neutral.");
  const permit = await mayInEvent("agent.create", eventSlug);
  const { token } = await createAgent(permit, {
    entry: entry ?? null,
    name: name ?? `${entry ?? "neutral"}-agent`,
    scopes: [...SCOPES],
  });
  return token;
}
