import type { Permit } from "@/lib/auth/permit";
import { database } from "@/lib/db/client";
import { BATCH_ITEMS } from "@/lib/results/schema";
import { reporterOf } from "@/lib/runs/read";
import type { AgentReply } from "../schema";

/** API.md, "Limits": what one request may weigh as sent. */
const REQUEST_BYTES = 1_048_576;

type AgentRow = {
  id: string;
  name: string;
  slug: string;
  label: string;
  phase: string;
  entry: string | null;
  expires_at: Date;
};

/** Who an agent is, as `GET /agent` tells it. */
export async function identifyAgent(
  permit: Permit<"agent.identify">,
  scopes: AgentReply["scopes"],
): Promise<AgentReply> {
  const { rows } = await database().pool.query<AgentRow>({
    name: "identify",
    text: `SELECT a.id, a.name, e.slug, e.label, e.phase, n.slug AS entry, max(k.expires_at) AS expires_at
           FROM agent a JOIN interop_event e ON e.id = a.event_id LEFT JOIN entry n ON n.id = a.entry_id
           JOIN agent_token k ON k.agent_id = a.id AND k.revoked_at IS NULL
           WHERE a.id = $1 GROUP BY a.id, e.id, n.id`,
    values: [reporterOf(permit).agentId],
  });
  const row = rows[0];
  if (!row) throw new Error("The agent is gone.");
  return {
    agent: { id: row.id, name: row.name },
    event: { slug: row.slug, label: row.label, phase: row.phase },
    entry: row.entry,
    neutral: row.entry === null,
    scopes,
    expiresAt: row.expires_at.toISOString(),
    serverTime: new Date().toISOString(),
    limits: { items: BATCH_ITEMS, bytes: REQUEST_BYTES },
    schemas: ["1"],
  };
}
