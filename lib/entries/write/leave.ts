import type pg from "pg";
import type { Permit } from "@/lib/auth/permit";
import { personIdOf } from "@/lib/auth/permit";
import { Refusal } from "@/lib/core/refusal";
import { isNamed } from "../read/named";
import { changeEntry, changeOwnEntry, type Held } from "./change";

/** Ends one's own membership, of an entry in whatever state. What one reported stays. */
export const leaveEntry = (permit: Permit<"entry.leave">, entrySlug: string): Promise<void> =>
  changeEntry(permit, entrySlug, async (tx, entry) => {
    const personId = personIdOf(permit);
    if (!entry.isMember) throw new Refusal("conflict", "You are no member of this entry.");
    await endMembership(tx, entry, personId ?? "");
    return { detail: { left: personId } };
  });

/** Ends somebody else's membership. */
export const removeMember = (
  permit: Permit<"entry.edit">,
  entrySlug: string,
  personId: string,
): Promise<void> =>
  changeOwnEntry(permit, entrySlug, async (tx, entry) => {
    const wasMember = await endMembership(tx, entry, personId);
    if (!wasMember) throw new Refusal("not_found", "That person is no member of this entry.");
    return { detail: { removed: personId } };
  });

async function endMembership(tx: pg.PoolClient, { id }: Held, personId: string) {
  const { rowCount } = await tx.query(
    "DELETE FROM entry_member WHERE entry_id = $1 AND person_id = $2",
    [id, personId],
  );
  return rowCount === 1;
}

/**
 * Takes an entry out of the event again, or a request back. One that results name stays: they are
 * others' results too.
 */
export const withdrawEntry = (
  permit: Permit<"entry.withdraw">,
  entrySlug: string,
  reason: string,
): Promise<void> =>
  changeOwnEntry(permit, entrySlug, async (tx, entry) => {
    if (await isNamed(tx, permit.scope.eventId, entry.id)) {
      throw new Refusal(
        "conflict",
        "Results name this entry, and they are its partners' too. It stays; take back the consent to publish it instead.",
      );
    }
    await tx.query("UPDATE entry SET state = 'withdrawn', state_reason = $2 WHERE id = $1", [
      entry.id,
      reason,
    ]);
    return {
      detail: { state: "withdrawn", reason },
      log: { kind: "entry", subject: entry.id, detail: { state: "withdrawn" } },
    };
  });
