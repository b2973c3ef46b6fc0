import type * as z from "zod";
import { type AgentReply, agentReplySchema } from "@/lib/agents/schema";
import type { Answer } from "./answer";
import { EXIT, Failure } from "./failure";
import { call, type Link } from "./http";

/** `GET /agent`: who the token is, and for which event. */
export async function askWhoIAm(link: Link): Promise<AgentReply> {
  const answer = await call(link, { method: "GET", path: "agent" });
  if (answer.status !== 200) {
    throw new Failure(
      EXIT.unreachable,
      `There is no Plugfest at ${link.url}: GET /api/v1/agent answered ${answer.sentence}`,
    );
  }
  return parseReply(link, answer, agentReplySchema);
}

/** A 2xx counts only when it says what a Plugfest server says: proxies and portals answer 200 too. */
export function parseReply<T>(link: Link, answer: Answer, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(answer.body);
  if (parsed.success) return parsed.data;
  throw new Failure(
    EXIT.unreachable,
    `${link.url} answered ${answer.status}, but not as a Plugfest server does. Is the address right, or a proxy in between?`,
  );
}

export const eventPath = (event: string, rest: string) =>
  `events/${encodeURIComponent(event)}/${rest}`;
