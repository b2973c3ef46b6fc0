import type pg from "pg";
import type { Permit } from "@/lib/auth/permit";
import { type Fault, Refusal } from "@/lib/core/refusal";
import { checkPlays } from "../rules";
import type { Plays } from "../schema";
import { changeOwnEntry } from "./change";

/** Sets the tracks that an entry takes part in, and its roles there; its results stay what they are. */
export const setPlays = (
  permit: Permit<"entry.play">,
  entrySlug: string,
  plays: Plays,
): Promise<void> =>
  changeOwnEntry(permit, entrySlug, async (tx, entry) => {
    const tracks = await findTracks(tx, permit.scope.eventId);
    refuse(checkPlays(plays, rolesOf(tracks)));
    await replacePlays(tx, entry.id, { plays, tracks });
    const roles = Object.entries(plays).flatMap(([track, keys]) =>
      keys.map((key) => `${track}/${key}`),
    );
    return {
      detail: { plays: roles },
      log: { kind: "entry", subject: entry.id, detail: { plays } },
      trackIds: entry.trackIds,
    };
  });

type TrackRow = { id: string; slug: string; roles: string[] };

const TRACKS = `
SELECT t.id, t.slug, ARRAY(SELECT r.key FROM track_role r WHERE r.track_id = t.id ORDER BY r.position) AS roles
FROM track t WHERE t.event_id = $1`;

export async function findTracks(tx: pg.PoolClient, eventId: string): Promise<TrackRow[]> {
  return (await tx.query<TrackRow>(TRACKS, [eventId])).rows;
}

export const rolesOf = (tracks: readonly TrackRow[]) =>
  new Map(tracks.map(({ slug, roles }) => [slug, roles]));

/** Throws what is wrong with an input, all of it at once. */
export function refuse(faults: readonly Fault[]) {
  const [first] = faults;
  if (first) throw new Refusal("invalid", first.message, faults);
}

/** Adds the tracks that are missing; roles are made as told. Keeps the tracks that are not spoken of. */
export async function addPlays(
  tx: pg.PoolClient,
  entryId: string,
  { plays, tracks }: { plays: Plays; tracks: readonly TrackRow[] },
) {
  const told = tracks.filter(({ slug }) => plays[slug] !== undefined);
  await tx.query(
    `INSERT INTO entry_track (entry_id, track_id, roles)
     SELECT $1, u.id, ARRAY(SELECT jsonb_array_elements_text(u.roles))
     FROM unnest($2::uuid[], $3::jsonb[]) AS u (id, roles)
     ON CONFLICT (entry_id, track_id) DO NOTHING`,
    [entryId, told.map(({ id }) => id), told.map(({ slug }) => JSON.stringify(plays[slug]))],
  );
}

export async function replacePlays(
  tx: pg.PoolClient,
  entryId: string,
  said: { plays: Plays; tracks: readonly TrackRow[] },
) {
  await tx.query("DELETE FROM entry_track WHERE entry_id = $1", [entryId]);
  await addPlays(tx, entryId, said);
}
