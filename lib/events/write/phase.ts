import type { Permit } from "@/lib/auth/permit";
import { Refusal } from "@/lib/core/refusal";
import { transaction } from "@/lib/db/transaction";
import { type Holdings, refusalToMove } from "../rules";
import type { Phase } from "../schema";
import { holdEvent, tell } from "./change";

const HOLDINGS = `
SELECT (SELECT count(*)::int FROM entry WHERE event_id = $1 AND state IN ('requested', 'admitted')) AS entries,
  EXISTS (SELECT FROM run r JOIN result x ON x.run_key = r.key WHERE r.event_id = $1) AS "hasResults"`;

/** The end of testing is the moment it is written, not the one when the button was pressed. */
const MOVE = `
UPDATE interop_event SET phase = $2,
  testing_ended_at = CASE WHEN $2 = 'review' THEN clock_timestamp() WHEN $2 = 'testing' THEN NULL ELSE testing_ended_at END
WHERE id = $1`;

/**
 * Moves the event one phase on, or back where that does no harm. `from` is the phase that the
 * organizer saw: when somebody else has moved it meanwhile, it stays where it is.
 */
export const movePhase = (
  permit: Permit<"event.manage">,
  { from, to }: { from: Phase; to: Phase },
): Promise<void> =>
  transaction(async (tx) => {
    const { eventId } = permit.scope;
    const phase = await holdEvent(tx, eventId);
    if (phase !== from) {
      throw new Refusal(
        "conflict",
        `The event is in ${phase} by now; look again before moving it.`,
      );
    }
    const { rows } = await tx.query<Holdings>(HOLDINGS, [eventId]);
    const refusal = refusalToMove(from, to, rows[0] ?? { entries: 0, hasResults: false });
    if (refusal !== null) throw new Refusal("wrong_phase", refusal);
    await tx.query(MOVE, [eventId, to]);
    await tell(tx, permit, { kind: "phase", detail: { from, to } });
  });
