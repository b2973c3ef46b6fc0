import type { TokenScope } from "@/lib/agents/schema";
import { env } from "@/lib/core/env";
import { Refusal } from "@/lib/core/refusal";
import { database } from "@/lib/db/client";
import { isEventOpen } from "@/lib/events/rules";
import type { Phase, Visibility } from "@/lib/events/schema";
import type { Actor, Scope } from "./permit";
import { hashToken, isAgentToken } from "./token";

export type Caller = {
  actor: Extract<Actor, { kind: "agent" }>;
  scope: Scope;
  scopes: readonly TokenScope[];
  tokenId: string;
};

type Row = {
  token_id: string;
  agent_id: string;
  entry_id: string | null;
  event_id: string;
  slug: string;
  phase: Phase;
  visibility: Visibility;
  scopes: TokenScope[];
  is_touched: boolean;
};

/** It has never more rights than its maker has now; whoever has a shell on the machine has all. */
const MAKER_MAY = `
(k.created_by_id IS NULL
  OR EXISTS (SELECT FROM organizer o WHERE o.event_id = a.event_id AND o.person_id = k.created_by_id)
  OR EXISTS (SELECT FROM entry_member m WHERE m.entry_id = a.entry_id AND m.person_id = k.created_by_id))`;

const FIND = `
SELECT k.id AS token_id, k.scopes, a.id AS agent_id, a.entry_id, e.id AS event_id, e.slug, e.phase, e.visibility,
  coalesce(k.last_used_at > now() - interval '1 minute', false) AS is_touched
FROM agent_token k JOIN agent a ON a.id = k.agent_id JOIN interop_event e ON e.id = a.event_id
LEFT JOIN entry n ON n.id = a.entry_id
WHERE k.hash = $1 AND k.revoked_at IS NULL AND a.revoked_at IS NULL AND k.expires_at > now()
  AND (n.id IS NULL OR n.state = 'admitted') AND ${MAKER_MAY}`;

const TOUCH = `
WITH seen AS (UPDATE agent_token SET last_used_at = now() WHERE id = $1)
UPDATE agent SET last_seen_at = now() WHERE id = $2`;

/**
 * Who sends this request. The checksum is verified before any query. A token is bound to one event:
 * another event in the path does not exist for it.
 */
export async function authenticateAgent(
  header: string | null,
  eventSlug: string | null,
): Promise<Caller> {
  const token = /^Bearer +(\S+)$/i.exec(header ?? "")?.[1];
  if (token === undefined) {
    throw new Refusal("unauthenticated", "Send an agent token: Authorization: Bearer pf_agt_…");
  }
  if (!isAgentToken(token)) {
    throw new Refusal("unauthenticated", "This is not an agent token: it is cut off or mistyped.");
  }
  const { rows } = await database().pool.query<Row>({
    name: "find-token",
    text: FIND,
    values: [hashToken(token, env().AUTH_SECRET)],
  });
  const [row] = rows;
  if (!row)
    throw new Refusal(
      "unauthenticated",
      "This token is unknown, expired or revoked, or whoever made it has left. Make a new one on the event's agents page, or ask your organizer.",
    );
  if (eventSlug !== null && eventSlug !== row.slug)
    throw new Refusal("not_found", "There is no such event.");
  if (!row.is_touched) await database().pool.query(TOUCH, [row.token_id, row.agent_id]);
  return {
    actor: { kind: "agent", agentId: row.agent_id, eventId: row.event_id, entryId: row.entry_id },
    scope: {
      eventId: row.event_id,
      eventSlug: row.slug,
      phase: row.phase,
      isOpen: isEventOpen(row),
    },
    scopes: row.scopes,
    tokenId: row.token_id,
  };
}
