import type { Permit } from "@/lib/auth/permit";
import { Refusal } from "@/lib/core/refusal";
import { database } from "@/lib/db/client";
import type { TurnedDown } from "../schema";
import { ownEntries } from "./list";

const ITEMS = `
SELECT r.id AS run, t.slug AS track, to_char(x.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at, x.item_id AS id, x.status, x.code,
  x.pointer, x.detail, x.raw
FROM rejected_item x JOIN run r ON r.key = x.run_key JOIN track t ON t.id = r.track_id
WHERE r.agent_id = $1 ORDER BY x.seq DESC LIMIT $2`;

const IS_THERE = `
SELECT FROM agent WHERE id = $1 AND event_id = $2 AND ($3::uuid[] IS NULL OR entry_id = ANY($3))`;

/** As many as runs keep, of ten full runs. */
const MOST = 10_000;

/** The items of an agent's runs that were not taken, the latest first: two queries. */
export async function listTurnedDown(
  permit: Permit<"agent.view">,
  agentId: string,
  limit = MOST,
): Promise<TurnedDown[]> {
  const { pool } = database();
  const { rowCount } = await pool.query(IS_THERE, [
    agentId,
    permit.scope.eventId,
    ownEntries(permit),
  ]);
  if (rowCount === 0) throw new Refusal("not_found", "There is no such agent.");
  const { rows } = await pool.query<TurnedDown>(ITEMS, [agentId, limit]);
  return rows;
}
