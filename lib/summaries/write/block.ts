import type pg from "pg";
import type { Permit } from "@/lib/auth/permit";
import { lockEvent } from "@/lib/cells/write/lock";
import { Refusal } from "@/lib/core/refusal";
import { auditOf } from "@/lib/db/audit";
import { transaction } from "@/lib/db/transaction";
import { findBlock, listBlocks, whoWrites } from "../read/blocks";
import type { Block, BlockInput } from "../schema";

const NOT_YOURS =
  "This text is not yours to write: the leads of its track, whoever it is given to and the organizers do.";

const changed = ({ updatedBy, revision }: Block) =>
  new Refusal(
    "conflict",
    `${updatedBy ?? "Somebody"} has changed this text since you opened it (revision ${revision} now). It stands below as it is; take over what is yours and save again.`,
  );

/**
 * Writes one text of the account, with its state. `revision` is the one that the writer has read:
 * a text that has changed since then is not overwritten. To give it to somebody is the organizers'.
 */
export const writeBlock = (
  permit: Permit<"summary.write">,
  key: string,
  input: BlockInput,
): Promise<{ revision: number }> =>
  transaction(async (tx) => {
    const { eventId } = permit.scope;
    await lockEvent(tx, eventId, true);
    const block = findBlock(await listBlocks(tx, permit, await tracksOf(tx, eventId)), key);
    if (!block.mayWrite) throw new Refusal("forbidden", NOT_YOURS);
    if (block.revision !== input.revision) throw changed(block);
    const assigneeId = await assigneeFor(tx, permit, { block, wanted: input.assigneeId });
    const id = await keepBlock(tx, permit, { block, input, assigneeId });
    await tell(tx, permit, { id, title: input.title, state: input.state });
    return { revision: block.revision + 1 };
  });

/** A further text, about the event or about one of its tracks. */
export const addBlock = (
  permit: Permit<"summary.write">,
  { title, track }: { title: string; track: string | null },
): Promise<{ key: string }> =>
  transaction(async (tx) => {
    const { eventId } = permit.scope;
    if (!permit.roles.has("organizer")) {
      throw new Refusal("forbidden", "The organizers add texts to the summary.");
    }
    await lockEvent(tx, eventId, true);
    const about = (await tracksOf(tx, eventId)).find(({ slug }) => slug === track);
    if (track !== null && !about)
      throw new Refusal("not_found", `No track '${track}' in this event.`);
    const { rows } = await tx.query<{ id: string }>(
      `INSERT INTO summary_block (id, event_id, track_id, title, position, updated_by)
       SELECT gen_random_uuid(), $1, $2, $3, coalesce(max(position), 0) + 1, $4 FROM summary_block WHERE event_id = $1
       RETURNING id`,
      [eventId, about?.id ?? null, title, auditOf(permit, {}).personId],
    );
    const id = rows[0]?.id ?? "";
    await tell(tx, permit, { id, title, state: "todo" });
    return { key: id };
  });

/** Takes a further text away; the first of the event and of each track stay. */
export const removeBlock = (permit: Permit<"summary.write">, key: string): Promise<void> =>
  transaction(async (tx) => {
    const { eventId } = permit.scope;
    if (!permit.roles.has("organizer")) {
      throw new Refusal("forbidden", "The organizers take texts out of the summary.");
    }
    await lockEvent(tx, eventId, true);
    const block = findBlock(await listBlocks(tx, permit, await tracksOf(tx, eventId)), key);
    if (block.id === null || block.key !== block.id) {
      throw new Refusal(
        "conflict",
        "This text stays; leave it unready to keep it out of the summary.",
      );
    }
    await tx.query("DELETE FROM summary_block WHERE id = $1", [block.id]);
    await tell(tx, permit, { id: block.id, title: block.title, state: "removed" });
  });

type TrackRow = { id: string; slug: string; title: string; restricted: boolean };

const tracksOf = async (tx: pg.PoolClient, eventId: string): Promise<TrackRow[]> =>
  (
    await tx.query<TrackRow>(
      "SELECT id, slug, title, restricted FROM track WHERE event_id = $1 ORDER BY position, title",
      [eventId],
    )
  ).rows;

/** Left out, it stays with whom it is. */
async function assigneeFor(
  tx: pg.PoolClient,
  permit: Permit<"summary.write">,
  { block, wanted }: { block: Block; wanted: string | null | undefined },
): Promise<string | null> {
  const before = block.assignee?.id ?? null;
  if (wanted === undefined || wanted === before) return before;
  if (!whoWrites(permit).isOrganizer) {
    throw new Refusal("forbidden", "The organizers give texts to people.");
  }
  if (wanted === null) return null;
  const { rows } = await tx.query(
    `SELECT FROM organizer WHERE event_id = $1 AND person_id = $2
     UNION ALL SELECT FROM track_lead l JOIN track t ON t.id = l.track_id WHERE t.event_id = $1 AND l.person_id = $2`,
    [permit.scope.eventId, wanted],
  );
  if (rows.length > 0) return wanted;
  const message = "A text is given to one of the event's organizers or leads.";
  throw new Refusal("invalid", message, [
    { pointer: "/block/assigneeId", code: "no_such_person", message },
  ]);
}

type Kept = { block: Block; input: BlockInput; assigneeId: string | null };

async function keepBlock(
  tx: pg.PoolClient,
  permit: Permit<"summary.write">,
  { block, input, assigneeId }: Kept,
): Promise<string> {
  const { title, body, state } = input;
  const personId = auditOf(permit, {}).personId;
  if (block.id !== null) {
    await tx.query(
      `UPDATE summary_block SET title = $2, body = $3, state = $4, assignee_id = $5, updated_by = $6,
         updated_at = clock_timestamp(), revision = revision + 1 WHERE id = $1`,
      [block.id, title, body, state, assigneeId, personId],
    );
    return block.id;
  }
  const { rows } = await tx.query<{ id: string }>(
    `INSERT INTO summary_block (id, event_id, track_id, title, body, state, assignee_id, updated_by)
     SELECT gen_random_uuid(), $1, (SELECT id FROM track WHERE event_id = $1 AND slug = $2), $3, $4, $5, $6, $7 RETURNING id`,
    [permit.scope.eventId, block.track?.slug ?? null, title, body, state, assigneeId, personId],
  );
  return rows[0]?.id ?? "";
}

type Told = { id: string; title: string; state: string };

/** Of drafts nobody hears but the audit trail: no page that is followed live shows them. */
async function tell(tx: pg.PoolClient, permit: Permit<"summary.write">, { id, ...detail }: Told) {
  const audit = auditOf(permit, { subject: id, detail });
  await tx.query(
    "INSERT INTO audit (event_id, action, person_id, agent_id, subject, detail) VALUES ($1, $2, $3, $4, $5, $6)",
    [audit.eventId, audit.action, audit.personId, audit.agentId, audit.subject, audit.detail],
  );
}
