import { NEWEST_MIGRATION } from "@/lib/core/env";
import { isOutage } from "@/lib/core/outage";
import { database } from "@/lib/db/client";
import { closing } from "@/lib/live/closing";

const ANSWER_MS = 1000;

export type Readiness = { isReady: boolean; reason: string };

/** Whether the database answers, and has every migration that this build was made with. */
export async function loadReadiness(): Promise<Readiness> {
  if (closing().aborted) return { isReady: false, reason: "The site is ending." };
  try {
    const { rows } = await database().pool.query<{ newest: boolean; broken: number }>({
      text: `SELECT bool_or(migration_name = $1 AND finished_at IS NOT NULL) AS newest,
         count(*) FILTER (WHERE finished_at IS NULL AND rolled_back_at IS NULL)::int AS broken
       FROM _prisma_migrations`,
      values: [NEWEST_MIGRATION],
      // Whoever asks has little patience, and a late answer is a no. pg knows this, its types do not.
      ...{ query_timeout: ANSWER_MS },
    });
    const [row] = rows;
    if (row?.broken) return { isReady: false, reason: "A migration has failed." };
    if (!row?.newest)
      return { isReady: false, reason: "The database lacks this version's migrations." };
    return { isReady: true, reason: "" };
  } catch (error) {
    if (isOutage(error)) return { isReady: false, reason: "The database does not answer." };
    throw error;
  }
}
