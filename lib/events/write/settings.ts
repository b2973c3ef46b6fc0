import type { Permit } from "@/lib/auth/permit";
import { transaction } from "@/lib/db/transaction";
import { dayOf, endOfDay, startOfDay } from "../rules";
import type { Settings } from "../schema";
import { holdEvent, tell } from "./change";

type Row = {
  label: string;
  intro: string;
  place: string;
  zone: string;
  visibility: string;
  entry_policy: string;
  unmapped_names: string;
  starts_at: Date | null;
  ends_at: Date | null;
};

const BEFORE = `
SELECT label, intro, place, zone, visibility, entry_policy, unmapped_names, starts_at, ends_at
FROM interop_event WHERE id = $1`;
const CHANGE = `
UPDATE interop_event SET label = $2, intro = $3, place = $4, zone = $5, visibility = $6, entry_policy = $7,
  unmapped_names = $8, starts_at = $9, ends_at = $10, sponsors = $11 WHERE id = $1`;

/** Sets what an organizer may set of an event. Its phase is moved by itself (phase.ts). */
export const changeSettings = (permit: Permit<"event.manage">, settings: Settings): Promise<void> =>
  transaction(async (tx) => {
    const { eventId } = permit.scope;
    await holdEvent(tx, eventId);
    const [before] = (await tx.query<Row>(BEFORE, [eventId])).rows;
    if (!before) return;
    const { label, intro, place, zone, visibility, entryPolicy, unmappedNames, sponsors } =
      settings;
    await tx.query(CHANGE, [
      eventId,
      label,
      intro,
      place,
      zone,
      visibility,
      entryPolicy,
      unmappedNames,
      momentOf(settings.startsOn, { zone, before: before.starts_at, toMoment: startOfDay }),
      momentOf(settings.endsOn, { zone, before: before.ends_at, toMoment: endOfDay }),
      JSON.stringify(sponsors),
    ]);
    await tell(tx, permit, { kind: "settings", detail: { changed: changesOf(before, settings) } });
  });

type Moment = {
  zone: string;
  before: Date | null;
  toMoment: (day: string, zone: string) => Date;
};

/** A day that stays the same keeps its hour. */
function momentOf(day: string, { zone, before, toMoment }: Moment): Date | null {
  if (day === "") return null;
  const isSame = before !== null && dayOf(before.toISOString(), zone) === day;
  return isSame ? before : toMoment(day, zone);
}

/** The names of what is set anew, for the audit trail. */
function changesOf(before: Row, after: Settings): string[] {
  const pairs: Record<string, readonly [string, string]> = {
    label: [before.label, after.label],
    intro: [before.intro, after.intro],
    place: [before.place, after.place],
    zone: [before.zone, after.zone],
    visibility: [before.visibility, after.visibility],
    entryPolicy: [before.entry_policy, after.entryPolicy],
    unmappedNames: [before.unmapped_names, after.unmappedNames],
  };
  return Object.entries(pairs)
    .filter(([, [was, is]]) => was !== is)
    .map(([name, [was, is]]) => (name === "intro" ? name : `${name}: ${was} -> ${is}`));
}
