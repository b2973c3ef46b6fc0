import * as z from "zod";
import { inField } from "@/app/in-field";
import { readerId } from "@/app/reader";
import { NEUTRAL } from "@/lib/agents/rules";
import { newAgentSchema, newTokenSchema } from "@/lib/agents/schema";
import { text, textOrNone } from "@/lib/http/fields";
import type { Fields } from "@/lib/http/form";
import { seal, unseal } from "@/lib/http/seal";
import { api } from "@/lib/trpc/server";

const tokenSchema = z.object({ token: z.string() });

const wantedIn = (fields: Fields, name: string) => ({
  scopes: fields.getAll(`${name}.scopes`),
  days: textOrNone(fields, `${name}.days`),
});

/** What the next page's address needs to show a token: sealed, for whoever made it. */
async function sealedToken(token: string): Promise<string> {
  return new URLSearchParams({ made: seal({ token }, await readerId()) }).toString();
}

/** Makes the agent that a form asks for; returns where its page is, with the token. */
export async function makeAgent(eventSlug: string, fields: Fields): Promise<string> {
  const entry = text(fields, "agent.entry");
  const agent = inField("agent", newAgentSchema, {
    name: text(fields, "agent.name"),
    entry: entry === NEUTRAL ? null : entry,
    ...wantedIn(fields, "agent"),
  });
  const { agentId, token } = await api.agents.create({ eventSlug, agent });
  return `/events/${eventSlug}/agents/${agentId}?${await sealedToken(token)}`;
}

export type Where = { eventSlug: string; agentId: string };

/** What the forms of an agent's page do; each returns what the page's address is to say then. */
export const DEEDS = {
  rotate: async (where, fields) => {
    const token = inField("token", newTokenSchema, wantedIn(fields, "token"));
    const made = await api.agents.rotate({ ...where, token });
    return sealedToken(made.token);
  },
  "revoke-token": async (where, fields) => {
    await api.agents.revokeToken({ ...where, tokenId: text(fields, "tokenId") });
    return "done=revoke-token";
  },
  revoke: async (where) => {
    await api.agents.revoke(where);
    return "done=revoke";
  },
} satisfies Record<string, (where: Where, fields: Fields) => Promise<string>>;

/** The token that was just made, for whoever made it. */
export const tokenIn = async (sealed: unknown): Promise<string | null> =>
  unseal(tokenSchema, { sealed, reader: await readerId() })?.token ?? null;
