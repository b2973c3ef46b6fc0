import type pg from "pg";
import type { Permit } from "@/lib/auth/permit";
import { holdEvent } from "@/lib/cells/write/lock";
import { Refusal } from "@/lib/core/refusal";
import { transaction } from "@/lib/db/transaction";
import { isNamed } from "../read/named";
import { checkPlays } from "../rules";
import type { EntryInput, EntryKind } from "../schema";
import { insertBuilds } from "./build";
import { changeEntry, tell } from "./change";
import { addPlays, findTracks, refuse, rolesOf } from "./play";
import { tellOfEntry } from "./tell";

/**
 * Enters a project into the event, with its tracks, roles and builds. An entry that is there keeps
 * what it says of itself; tracks and builds that it lacks are added.
 */
export function admitEntry(
  permit: Permit<"entry.admit">,
  projectId: string,
  entry: EntryInput,
): Promise<string> {
  const { eventId } = permit.scope;
  return transaction(async (tx) => {
    await holdEvent(tx, permit);
    const tracks = await findTracks(tx, eventId);
    refuse(checkPlays(entry.tracks, rolesOf(tracks)));
    const entryId = await keepEntry(tx, { eventId, projectId }, entry);
    await addPlays(tx, entryId, { plays: entry.tracks, tracks });
    await insertBuilds(tx, entryId, entry.builds);
    await setFirstBuild(tx, entryId, entry.currentBuild);
    await tell(tx, permit, {
      id: entryId,
      slug: entry.slug,
      state: "admitted",
      detail: { state: "admitted" },
      log: { kind: "entry", subject: entryId, detail: { state: "admitted" } },
    });
    return entryId;
  });
}

async function keepEntry(
  tx: pg.PoolClient,
  { eventId, projectId }: { eventId: string; projectId: string },
  { slug, name, kind, note, consent }: EntryInput,
): Promise<string> {
  // An update of nothing, since DO NOTHING would not tell the id.
  const { rows } = await tx.query<{ id: string }>(
    `INSERT INTO entry (id, event_id, project_id, slug, name, kind, note, consent_named, consent_passing, consent_failing, number)
     SELECT gen_random_uuid(), $1, $2, $3, $4, $5, $6, $7, $8, $9, coalesce(max(number), 0) + 1 FROM entry WHERE event_id = $1
     ON CONFLICT (event_id, slug) DO UPDATE SET slug = excluded.slug RETURNING id`,
    [eventId, projectId, slug, name, kind, note, consent.named, consent.passing, consent.failing],
  );
  return rows[0]?.id ?? "";
}

async function setFirstBuild(tx: pg.PoolClient, entryId: string, label: string | undefined) {
  if (label === undefined) return;
  await tx.query(
    `UPDATE entry SET current_build_id = b.id FROM build b
     WHERE entry.id = $1 AND entry.current_build_id IS NULL AND b.entry_id = entry.id AND b.label = $2`,
    [entryId, label],
  );
}

/** Lets an entry in that was asked for, or takes back that it was declined or withdrawn. */
export async function admitRequest(
  permit: Permit<"entry.admit">,
  entrySlug: string,
): Promise<void> {
  await changeEntry(permit, entrySlug, async (tx, entry) => {
    if (entry.state === "admitted") throw new Refusal("conflict", "This entry is in already.");
    await tx.query("UPDATE entry SET state = 'admitted', state_reason = '' WHERE id = $1", [
      entry.id,
    ]);
    return {
      state: "admitted",
      detail: { state: "admitted" },
      log: { kind: "entry", subject: entry.id, detail: { state: "admitted" } },
    };
  });
  await tellOfEntry(permit, entrySlug, "admitted");
}

/** Turns a request down. Whoever asked reads the reason. */
export async function declineRequest(
  permit: Permit<"entry.admit">,
  entrySlug: string,
  reason: string,
): Promise<void> {
  await changeEntry(permit, entrySlug, async (tx, entry) => {
    if (entry.state !== "requested") {
      throw new Refusal("conflict", "Only a request can be declined; this entry is none any more.");
    }
    await tx.query("UPDATE entry SET state = 'declined', state_reason = $2 WHERE id = $1", [
      entry.id,
      reason,
    ]);
    return { detail: { state: "declined", reason } };
  });
  await tellOfEntry(permit, entrySlug, "declined");
}

/** Says whether an entry is under test: only before results name it, which were counted by what it was. */
export const setKind = (
  permit: Permit<"entry.admit">,
  entrySlug: string,
  kind: EntryKind,
): Promise<void> =>
  changeEntry(permit, entrySlug, async (tx, entry) => {
    if (entry.kind !== kind && (await isNamed(tx, permit.scope.eventId, entry.id))) {
      throw new Refusal(
        "conflict",
        "Results name this entry and were counted by what it is; it cannot become something else any more.",
      );
    }
    await tx.query("UPDATE entry SET kind = $2 WHERE id = $1", [entry.id, kind]);
    return { detail: { kind }, log: { kind: "entry", subject: entry.id, detail: { kind } } };
  });
