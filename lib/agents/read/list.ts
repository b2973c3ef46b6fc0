import type { Permit } from "@/lib/auth/permit";
import type { Action } from "@/lib/auth/policy";
import { shownZone } from "@/lib/auth/zone";
import { Refusal } from "@/lib/core/refusal";
import { database } from "@/lib/db/client";
import { isTruncated, plannedItems } from "@/lib/runs/rules";
import type { RunInput } from "@/lib/runs/schema";
import { isSilent } from "../rules";
import type { AgentLine, AgentList, RunLine, TokenLine } from "../schema";

const SHOWN = 200;
const RUNS = 10;

/** The ids of the reader's own entries; null for an organizer, who sees all agents. */
export function ownEntries({ actor, roles }: Permit<Action>): string[] | null {
  if (roles.has("organizer")) return null;
  return actor.kind === "person" ? [...actor.memberOf.keys()] : [];
}

type TokenRow = Omit<TokenLine, "state"> & { revokedAt: string | null };
type RunRow = Omit<RunLine, "planned" | "truncated"> & {
  plan: RunInput["plan"] | null;
  lastAt: string;
};
type Row = Pick<AgentLine, "id" | "name" | "entry" | "turnedDown"> & {
  created_at: Date;
  revoked_at: Date | null;
  last_seen_at: Date | null;
  beat: AgentLine["beat"];
  tokens: TokenRow[] | null;
  runs: RunRow[] | null;
};

const AGENTS = `
SELECT a.id, a.name, a.created_at, a.revoked_at, a.last_seen_at,
  CASE WHEN n.id IS NULL THEN NULL ELSE json_build_object('slug', n.slug, 'name', n.name) END AS entry,
  CASE WHEN a.beat_at IS NULL THEN NULL ELSE json_build_object('at', a.beat_at, 'version', a.version,
    'spoolDepth', a.spool_depth, 'inFlight', a.in_flight, 'skewMs', a.skew_ms, 'discarded', a.discarded) END AS beat,
  (SELECT json_agg(json_build_object('id', k.id, 'scopes', k.scopes, 'createdAt', k.created_at, 'createdBy', coalesce(p.name, p.email),
      'expiresAt', k.expires_at, 'lastUsedAt', k.last_used_at, 'revokedAt', k.revoked_at) ORDER BY k.created_at DESC, k.id DESC)
   FROM agent_token k LEFT JOIN person p ON p.id = k.created_by_id WHERE k.agent_id = a.id) AS tokens,
  (SELECT json_agg(json_build_object('id', r.id, 'track', json_build_object('slug', r.slug, 'title', r.title), 'state', r.state,
      'received', r.received, 'accepted', r.accepted, 'duplicate', r.duplicate, 'conflict', r.conflict, 'rejected', r.rejected,
      'unmapped', r.unmapped, 'plan', r.manifest->'plan', 'declaredAt', r.received_at, 'lastAt', coalesce(r.last_at, r.received_at))
      ORDER BY r.key DESC)
   FROM (SELECT run.*, t.slug, t.title FROM run JOIN track t ON t.id = run.track_id WHERE run.agent_id = a.id ORDER BY key DESC LIMIT ${RUNS}) r) AS runs,
  (SELECT count(*)::int FROM rejected_item x JOIN run r ON r.key = x.run_key WHERE r.agent_id = a.id) AS "turnedDown"
FROM agent a LEFT JOIN entry n ON n.id = a.entry_id
WHERE a.event_id = $1 AND ($2::uuid[] IS NULL OR a.entry_id = ANY($2)) AND ($3::uuid IS NULL OR a.id = $3)
ORDER BY a.revoked_at IS NOT NULL, n.name NULLS FIRST, a.name, a.created_at, a.id LIMIT ${SHOWN}`;

async function findAgents(
  permit: Permit<"agent.view">,
  agentId: string | null,
  now: Date,
): Promise<AgentLine[]> {
  const { rows } = await database().pool.query<Row>({
    name: "agents",
    text: AGENTS,
    values: [permit.scope.eventId, ownEntries(permit), agentId],
  });
  return rows.map((row) => lineOf(row, now));
}

type EventRow = { zone: string; entries: { slug: string; name: string }[] | null };

const EVENT = `
SELECT e.zone, (SELECT json_agg(json_build_object('slug', n.slug, 'name', n.name) ORDER BY n.name, n.slug)
  FROM entry n WHERE n.event_id = e.id AND n.state = 'admitted' AND ($2::uuid[] IS NULL OR n.id = ANY($2))) AS entries
FROM interop_event e WHERE e.id = $1`;

/** The agents that the reader looks after, and the entries they may make one for: two queries. */
export async function listAgents(
  permit: Permit<"agent.view">,
  now = new Date(),
): Promise<AgentList> {
  const [agents, event] = await Promise.all([
    findAgents(permit, null, now),
    database().pool.query<EventRow>(EVENT, [permit.scope.eventId, ownEntries(permit)]),
  ]);
  const [row] = event.rows;
  return {
    zone: shownZone(permit, row?.zone ?? "UTC"),
    agents,
    entries: row?.entries ?? [],
    mayMakeNeutral: permit.roles.has("organizer"),
  };
}

/** One of them; another's does not exist. */
export async function loadAgent(
  permit: Permit<"agent.view">,
  agentId: string,
  now = new Date(),
): Promise<AgentLine> {
  const [agent] = await findAgents(permit, agentId, now);
  if (!agent) throw new Refusal("not_found", "There is no such agent.");
  return agent;
}

const lineOf = (row: Row, now: Date): AgentLine => ({
  id: row.id,
  name: row.name,
  entry: row.entry,
  createdAt: row.created_at.toISOString(),
  isRevoked: row.revoked_at !== null,
  lastSeenAt: row.last_seen_at?.toISOString() ?? null,
  isSilent: isSilent(row.last_seen_at, now),
  beat: row.beat && { ...row.beat, at: utc(row.beat.at) },
  tokens: (row.tokens ?? []).map((token) => tokenLine(token, now)),
  runs: (row.runs ?? []).map((run) => runLine(run, now)),
  turnedDown: row.turnedDown,
});

/** Postgres writes moments into JSON as `+00:00`. */
const utc = (text: string) => new Date(text).toISOString();

function tokenLine({ revokedAt, ...token }: TokenRow, now: Date): TokenLine {
  const isOver = new Date(token.expiresAt) <= now;
  return {
    ...token,
    state: revokedAt === null ? (isOver && "expired") || "live" : "revoked",
    createdAt: utc(token.createdAt),
    expiresAt: utc(token.expiresAt),
    lastUsedAt: token.lastUsedAt && utc(token.lastUsedAt),
  };
}

function runLine({ plan, lastAt, ...run }: RunRow, now: Date): RunLine {
  const planned = plannedItems(plan ?? undefined);
  return {
    ...run,
    declaredAt: utc(run.declaredAt),
    planned,
    truncated: isTruncated({ ...run, planned, lastAt: new Date(lastAt) }, now),
  };
}
