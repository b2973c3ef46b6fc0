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
};

/** Throws Failure when the address, the token or the spool cannot be used. Asks nothing yet. */
export async function openSession(
  config: Config,
  { output, patience }: { output: Output; patience: Patience },
): Promise<Session> {
  const link = { url: serverUrl(config), token: agentToken(config), patience, output };
  const spool = await openSpool(config.spool, config.spoolMaxBytes);
  let event: Promise<string> | undefined;
  return {
    spool,
    link,
    event: () => {
      event ??= askWhoIAm(link).then((agent) => agent.event.slug);
      return event;
    },
  };
}
