import type { AgentReply } from "@/lib/agents/schema";
import { agentToken, type Config, serverUrl } from "./config";
import type { Link } from "./http";
import type { Output } from "./output";
import type { Patience } from "./patience";
import { askWhoIAm } from "./server";
import { openSpool, type Spool } from "./spool/spool";

/** A spool and the server it is emptied into. */
export type Session = {
  readonly spool: Spool;
  readonly link: Link;
  /** The event of the token; asked once, when first needed. */
  readonly event: () => Promise<string>;
  /** Whether the token may send evidence. */
  readonly maySendFiles: () => Promise<boolean>;
};

/** Throws Failure when the address, the token or the spool cannot be used. Asks nothing yet. */
export async function openSession(
  config: Config,
  { output, patience }: { output: Output; patience: Patience },
): Promise<Session> {
  const link = { url: serverUrl(config), token: agentToken(config), patience, output };
  const spool = await openSpool(config.spool, config.spoolMaxBytes);
  let agent: Promise<AgentReply> | undefined;
  const whoIAm = () => {
    agent ??= askWhoIAm(link);
    return agent;
  };
  return {
    spool,
    link,
    event: async () => (await whoIAm()).event.slug,
    maySendFiles: async () => (await whoIAm()).scopes.includes("evidence:write"),
  };
}
