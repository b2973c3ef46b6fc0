import * as z from "zod";

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
