import type pg from "pg";
import type { Permit } from "@/lib/auth/permit";
import { personIdOf } from "@/lib/auth/permit";
import { holdEvent } from "@/lib/cells/write/lock";
import { foldAnew, type Placing, placeResults } from "@/lib/cells/write/place";
import { Refusal } from "@/lib/core/refusal";
import { tellOfTrack } from "@/lib/db/tell";
import { transaction } from "@/lib/db/transaction";
import { readDirectory } from "@/lib/results/read/directory";
import type { Directory, DirectoryTrack } from "@/lib/results/rules";
import { mappingFault, misfitWords } from "./rules";
import type { MappingInput } from "./schema";

/** How many results have the name, and how many of them have a cell now. */
export type Mapped = { results: number; placed: number };

/**
 * Says which test a raw name stands for, in the place of what was said before, and gives the results
 * that came under it their cells. They keep the raw name.
 */
export const mapName = (permit: Permit<"name.map">, mapping: MappingInput): Promise<Mapped> =>
  changeMapping(permit, mapping.raw, async (tx, directory, track) => {
    const fault = mappingFault(track, mapping);
    if (fault) throw new Refusal("invalid", fault.message, [fault]);
    const test = track.tests.get(mapping.test);
    await tx.query(
      `INSERT INTO name_mapping (id, event_id, track_id, raw, test_case_id, variant, created_by)
       VALUES (gen_random_uuid(), $1, $2, $3, $4, $5, $6)
       ON CONFLICT (track_id, raw) DO UPDATE SET test_case_id = excluded.test_case_id, variant = excluded.variant,
         created_by = excluded.created_by, created_at = now()`,
      [directory.eventId, track.id, mapping.raw, test?.id, mapping.variant, personIdOf(permit)],
    );
    return { test: mapping.test, variant: mapping.variant };
  });

/** Takes a mapping back: the results that came under the name wait again. */
export const unmapName = (permit: Permit<"name.map">, raw: string): Promise<Mapped> =>
  changeMapping(permit, raw, async (tx, _, track) => {
    const { rowCount } = await tx.query(
      "DELETE FROM name_mapping WHERE track_id = $1 AND raw = $2",
      [track.id, raw],
    );
    if (rowCount === 0) throw new Refusal("not_found", `'${raw}' is not mapped.`);
    return { test: null };
  });

type Told = { test: string | null; variant?: Record<string, string> };
type Change = (tx: pg.PoolClient, directory: Directory, track: DirectoryTrack) => Promise<Told>;

/** The event is held alone: no result is placed by names that are just changing. */
function changeMapping(permit: Permit<"name.map">, raw: string, change: Change): Promise<Mapped> {
  const { eventId, trackId } = permit.scope;
  return transaction(async (tx) => {
    await holdEvent(tx, permit);
    const before = await readDirectory(eventId, tx);
    const told = await change(tx, before, trackIn(before, trackId));
    const directory = await readDirectory(eventId, tx);
    const track = trackIn(directory, trackId);
    const placing = await placeResults(tx, { directory, track }, { names: [raw] });
    const mapped = { results: placing.results, placed: placing.placed };
    refuseMisfit(track, { raw, test: told.test, placing });
    await foldAnew(tx, { directory, track }, placing.touched);
    await tx.query(
      "UPDATE interop_event SET catalogue_version = catalogue_version + 1 WHERE id = $1",
      [eventId],
    );
    const detail = { raw, ...told, ...mapped };
    await tellOfTrack(tx, permit, { trackId: track.id, kind: "mapping", subject: raw, detail });
    return mapped;
  });
}

/** A mapping that no result fits was a slip. */
function refuseMisfit(
  track: DirectoryTrack,
  { raw, test, placing }: { raw: string; test: string | null; placing: Placing },
) {
  if (placing.results === 0) {
    throw new Refusal("not_found", `No result in this track came as '${raw}'.`);
  }
  const chosen = test === null ? undefined : track.tests.get(test);
  if (!chosen || placing.placed > 0) return;
  const message = misfitWords(chosen, { raw, results: placing.results });
  throw new Refusal("invalid", message, [{ pointer: "/mapping/test", code: "misfit", message }]);
}

function trackIn(directory: Directory, trackId: string | undefined): DirectoryTrack {
  const track = [...directory.tracks.values()].find(({ id }) => id === trackId);
  if (!track) throw new Refusal("not_found", "No such track in this event.");
  return track;
}
