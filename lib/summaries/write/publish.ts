import type { Permit } from "@/lib/auth/permit";
import { allows } from "@/lib/auth/policy";
import { lockEvent } from "@/lib/cells/write/lock";
import { Refusal } from "@/lib/core/refusal";
import { auditOf } from "@/lib/db/audit";
import { transaction } from "@/lib/db/transaction";
import { phaseSchema } from "@/lib/events/schema";
import { CHANNEL } from "@/lib/live/channel";
import { draftSummary, listVersions } from "../read/desk";
import { type Publication, SUMMARY_FORMAT } from "../schema";

const KEEP = `
WITH kept AS (
  INSERT INTO summary (event_id, version, format, body, changelog, published_by) VALUES ($1, $2, $3, $4, $5, $6)
), audited AS (
  INSERT INTO audit (event_id, action, person_id, agent_id, subject, detail) VALUES ($1, $7, $6, $8, $2::text, $9)
), moved AS (
  UPDATE interop_event SET phase = 'published', catalogue_version = catalogue_version + 1 WHERE id = $1
), logged AS (
  INSERT INTO event_log (event_id, kind, subject, detail) VALUES ($1, 'summary', $2::text, '{}')
)
SELECT pg_notify('${CHANNEL}', t.id::text) FROM track t WHERE t.event_id = $1`;

const CHANGED =
  "Something of the summary has changed since you looked at the preview. Look at it again; nothing was published.";
const SAY_WHAT = "Say what this version corrects: readers of the one before want to know.";

/**
 * Freezes the summary as its preview showed it: version 1, and each correction the next one. The event
 * is published with it. Nothing is published that the publisher has not read: `digest` is the preview's.
 */
export const publishSummary = (
  permit: Permit<"summary.publish">,
  { digest, changelog }: Publication,
): Promise<{ version: number }> =>
  transaction(async (tx) => {
    const { eventId } = permit.scope;
    const phase = phaseSchema.parse((await lockEvent(tx, eventId, true)).phase);
    if (!allows("summary.publish", permit.roles, phase)) {
      throw new Refusal(
        "wrong_phase",
        `A summary is published from review; the event is in ${phase}.`,
      );
    }
    const [latest] = await listVersions(tx, eventId);
    if (latest && changelog === "") {
      const fault = { pointer: "/changelog", code: "changelog_missing", message: SAY_WHAT };
      throw new Refusal("invalid", SAY_WHAT, [fault]);
    }
    const draft = await draftSummary(tx, permit);
    if (draft.digest !== digest) throw new Refusal("conflict", CHANGED);
    const version = (latest?.version ?? 0) + 1;
    const audit = auditOf(permit, { detail: { did: "publish", digest, phase } });
    const values = [
      eventId,
      version,
      SUMMARY_FORMAT,
      JSON.stringify(draft.body),
      latest ? changelog : "",
      audit.personId,
      audit.action,
      audit.agentId,
      audit.detail,
    ];
    await tx.query(KEEP, values);
    return { version };
  });
