import { randomUUID } from "node:crypto";
import type pg from "pg";
import type { Permit } from "@/lib/auth/permit";
import { visibleEntries } from "@/lib/auth/visibility";
import { groupBy } from "@/lib/core/group";
import { Refusal } from "@/lib/core/refusal";
import { ownEntryIds } from "../read/awaiting";
import type { Directory } from "../rules";
import { keepResults } from "./keep";
import { withNames } from "./names";
import type { Accepted } from "./resolve";
import { closeSitting, holdPhase, openSitting, personOf } from "./sitting";
import { findById, further, listStored, type Stored } from "./stored";

/**
 * Takes back what people of the reader's entries have said: a further result, void, supersedes each.
 * One that had corrected another is followed by that other once more. What is taken back already is
 * left as it is; returns how many were not.
 */
export function retractResults(
  permit: Permit<"result.log">,
  seqs: readonly string[],
): Promise<{ retracted: number }> {
  return withNames(permit.scope.eventId, async (tx, directory) => {
    await holdPhase(tx, directory, { permit, alone: true });
    const stored = await listStored(tx, permit.scope.eventId, [...new Set(seqs)]);
    if (stored.length < new Set(seqs).size) throw nowhere();
    for (const one of stored) checkOwn(permit, one);
    const standing = stored.filter(({ stands }) => stands);
    const groups = groupBy(standing, ({ trackId, entryId }) => `${trackId} ${entryId}`);
    for (const group of groups.values()) await retract(tx, { directory, permit }, group);
    return { retracted: standing.length };
  });
}

const nowhere = () => new Refusal("not_found", "There is no such result.");

function checkOwn(permit: Permit<"result.log">, one: Stored) {
  const only = visibleEntries(permit, { id: one.trackId, restricted: one.restricted });
  if (only !== null && !one.parties.some(({ entry }) => only.includes(entry))) throw nowhere();
  if (one.entryId === null || !ownEntryIds(permit).includes(one.entryId)) {
    throw new Refusal("forbidden", "Only the side that said it takes a result back.");
  }
  if (one.origin !== "person") {
    throw new Refusal("forbidden", "An agent pushed this: the agent corrects it.");
  }
}

async function retract(
  tx: pg.PoolClient,
  { directory, permit }: { directory: Directory; permit: Permit<"result.log"> },
  group: readonly Stored[],
) {
  const [first] = group;
  const speaker = directory.entriesById.get(first?.entryId ?? "");
  if (!first || !speaker) throw nowhere();
  const track = { id: first.trackId, slug: first.track };
  const voice = { directory, track, speaker, personId: personOf(permit) };
  const teller = await openSitting(tx, voice, Date.now());
  const seqs: string[] = [];
  for (const one of group) {
    const earlier = await findById(tx, one);
    const row = earlier ? sayAgain(directory, earlier, one) : takeBack(directory, one);
    const answers = earlier?.answers ? { [row.item.id]: earlier.answers } : {};
    const denies = earlier?.isDenial ?? false;
    const where = { directory, track: track.slug, teller: { ...teller, answers, denies } };
    const kept = await keepResults(tx, where, [row]);
    seqs.push(...kept.seqs.values());
  }
  await closeSitting(tx, teller, { action: permit.action, seqs });
}

const takeBack = (directory: Directory, one: Stored): Accepted =>
  further(directory, one, { id: randomUUID(), supersedes: one.id, void: true });

const sayAgain = (directory: Directory, earlier: Stored, { id: supersedes }: Stored): Accepted =>
  further(directory, earlier, {
    id: randomUUID(),
    supersedes,
    ...(earlier.message === null ? {} : { message: earlier.message }),
  });
