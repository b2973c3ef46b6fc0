import * as z from "zod";
import { momentSchema, safeName, slugSchema } from "@/lib/core/text";
import { discardedSchema } from "@/lib/runs/schema";

export const SCOPES = ["results:write", "evidence:write", "runs:read", "catalogue:read"] as const;
export type TokenScope = (typeof SCOPES)[number];

/** `GET /agent`: who am I. */
export const agentReplySchema = z.object({
  agent: z.object({ id: z.string(), name: z.string() }),
  event: z.object({ slug: z.string(), label: z.string(), phase: z.string() }),
  entry: z.string().nullable(),
  neutral: z.boolean(),
  scopes: z.array(z.enum(SCOPES)),
  expiresAt: z.string(),
  serverTime: z.string(),
  limits: z.object({ items: z.int(), bytes: z.int() }),
  schemas: z.array(z.string()),
});
export type AgentReply = z.infer<typeof agentReplySchema>;

export const catalogueReplySchema = z.object({
  event: z.string(),
  tracks: z.array(
    z.object({
      slug: z.string(),
      title: z.string(),
      roles: z.array(z.object({ key: z.string(), label: z.string() })),
      tests: z.array(
        z.object({
          key: z.string(),
          version: z.int(),
          title: z.string(),
          kind: z.string(),
          level: z.string(),
          aliases: z.array(z.string()),
          variants: z.record(z.string(), z.array(z.string())),
          roles: z.array(z.object({ key: z.string(), min: z.int(), max: z.int() })),
        }),
      ),
    }),
  ),
  entries: z.array(
    z.object({
      entry: z.string(),
      project: z.string(),
      name: z.string(),
      kind: z.string(),
      tracks: z.array(z.string()),
      builds: z.array(z.string()),
      currentBuild: z.string().nullable(),
    }),
  ),
  /** What nobody has tried yet, with the caller among the parties; at most 1,000. */
  pairings: z.array(
    z.object({
      track: z.string(),
      test: z.string(),
      parties: z.array(z.object({ role: z.string(), entry: z.string() })),
    }),
  ),
});
export type CatalogueReply = z.infer<typeof catalogueReplySchema>;

export const declaredSchema = z.object({ run: z.string(), state: z.string() });

/** What an agent says of itself every half minute. */
export const heartbeatSchema = z.strictObject({
  version: safeName(64),
  /** By the agent's own clock. */
  sentAt: momentSchema,
  /** Results that wait in its spool. */
  spoolDepth: z.int().min(0).max(1_000_000_000),
  /** Tests that are running at this moment. */
  inFlight: z.int().min(0).max(1_000_000),
  /** What it had to leave out of what waits. */
  discarded: discardedSchema,
});
export type HeartbeatInput = z.output<typeof heartbeatSchema>;

export const heartbeatReplySchema = z.object({
  serverTime: z.string(),
  /** How far the agent's clock is ahead of the server's. */
  skewMs: z.int(),
});
export type HeartbeatReply = z.infer<typeof heartbeatReplySchema>;

const tokenShape = {
  scopes: z.array(z.enum(SCOPES)).min(1),
  /** Days that it lives; left out, until a week after the event or thirty days, what is later. */
  days: z.coerce.number().int().min(1).max(400).optional(),
};

export const newTokenSchema = z.strictObject(tokenShape);
export type NewToken = z.output<typeof newTokenSchema>;

/** An agent to be made. Without an entry it is neutral: it speaks for every side. */
export const newAgentSchema = z.strictObject({
  name: z.string().trim().pipe(safeName(64)),
  entry: slugSchema.nullable(),
  ...tokenShape,
});
export type NewAgent = z.output<typeof newAgentSchema>;

export type TokenState = "live" | "revoked" | "expired";

export type TokenLine = {
  id: string;
  scopes: TokenScope[];
  state: TokenState;
  createdAt: string;
  createdBy: string | null;
  expiresAt: string;
  lastUsedAt: string | null;
};

export type RunLine = {
  id: string;
  track: { slug: string; title: string };
  state: "open" | "complete" | "aborted";
  received: number;
  accepted: number;
  duplicate: number;
  conflict: number;
  rejected: number;
  unmapped: number;
  planned: number | null;
  truncated: boolean;
  declaredAt: string;
};

export type AgentLine = {
  id: string;
  name: string;
  entry: { slug: string; name: string } | null;
  createdAt: string;
  isRevoked: boolean;
  lastSeenAt: string | null;
  /** Nothing heard for a quarter of an hour. */
  isSilent: boolean;
  /** What its last heartbeat said; null without any. */
  beat: {
    at: string;
    version: string;
    spoolDepth: number;
    inFlight: number;
    skewMs: number;
    discarded: z.output<typeof discardedSchema>;
  } | null;
  tokens: TokenLine[];
  /** The last ones. */
  runs: RunLine[];
  /** How many items of its runs were not taken, as far as they are kept. */
  turnedDown: number;
};

export type AgentList = {
  zone: string;
  agents: AgentLine[];
  /** The entries that the reader may make an agent for. */
  entries: { slug: string; name: string }[];
  mayMakeNeutral: boolean;
};

/** An item that was not taken, as the page and the download show it. */
export const turnedDownSchema = z.object({
  run: z.string(),
  track: z.string(),
  at: z.string(),
  id: z.string().nullable(),
  status: z.enum(["rejected", "conflict"]),
  code: z.string(),
  pointer: z.string(),
  detail: z.string(),
  /** As it was sent, at most 4,096 characters of it. */
  raw: z.string(),
});
export type TurnedDown = z.infer<typeof turnedDownSchema>;
