import type pg from "pg";
import { plainArray, textArray } from "@/lib/db/arrays";
import {
  type Directory,
  type DirectoryTrack,
  type Judged,
  keyParties,
  type Placement,
} from "@/lib/results/rules";
import { signatureOf } from "@/lib/tracks/rules";

/** Makes rows for cells that nobody has spoken of yet; sorted, like every lock taken on cells. */
export const ENSURE_CELLS = `
INSERT INTO cell (id, event_id, track_id, test_case_id, variant, parties, signature, test_number, row_number, column_number, state, planned)
SELECT u.id, $1::uuid, $2::uuid, u.test_case_id, u.variant, u.parties, u.signature, u.test_number, u.row_number, u.column_number, $11::text, $12::bool
FROM ROWS FROM (
    unnest($3::uuid[], $4::uuid[], $5::text[], $6::int[], $7::int[], $8::int[]),
    jsonb_array_elements($9::jsonb), jsonb_array_elements($10::jsonb))
  AS u (id, test_case_id, signature, test_number, row_number, column_number, variant, parties)
WHERE NOT EXISTS (SELECT FROM cell WHERE cell.id = u.id)
ON CONFLICT (id) DO NOTHING`;

/** A constellation of a test that names a cell. */
export type Placed = Judged & { cellId: string | null };
type Names = { directory: Directory; trackSlug: string };

export async function ensureCells(
  tx: pg.PoolClient,
  { directory, trackSlug }: Names,
  { placed, planned }: { placed: readonly Placed[]; planned: boolean },
) {
  const track = directory.tracks.get(trackSlug);
  if (!track) return;
  const rows = new Map<string, NewCell>();
  for (const { cellId, placement, parties } of placed) {
    if (!cellId || !placement || rows.has(cellId)) continue;
    rows.set(cellId, newCell(cellId, { track, parties, ...placement }));
  }
  const sorted = [...rows.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  await tx.query({
    name: "ensure-cells",
    text: ENSURE_CELLS,
    values: [
      directory.eventId,
      track.id,
      plainArray(sorted.map(({ id }) => id)),
      plainArray(sorted.map(({ testId }) => testId)),
      textArray(sorted.map(({ signature }) => signature)),
      plainArray(sorted.map(({ testNumber }) => testNumber)),
      plainArray(sorted.map(({ rowNumber }) => rowNumber)),
      plainArray(sorted.map(({ columnNumber }) => columnNumber)),
      JSON.stringify(sorted.map(({ variant }) => variant)),
      JSON.stringify(sorted.map(({ parties }) => parties)),
      planned ? "planned" : "untested",
      planned,
    ],
  });
}

type NewCell = ReturnType<typeof newCell>;

function newCell(
  id: string,
  {
    track,
    test,
    variant,
    parties,
  }: Placement & Pick<Placed, "parties"> & { track: DirectoryTrack },
) {
  const signature = signatureOf(test.roles, track.roles);
  // In the key's order, and not as they were told: where direction means nothing the roles are dealt anew.
  const inOrder = keyParties(test, parties).map(({ role, entry }) => ({ role, entry }));
  const numbers = new Map(parties.map(({ of }) => [of.id, of.number]));
  const numberOf = (role: string | undefined) =>
    numbers.get(inOrder.find((party) => party.role === role)?.entry ?? "") ?? 0;
  return {
    id,
    testId: test.id,
    variant,
    parties: inOrder,
    signature: signature.join("+"),
    testNumber: test.number,
    rowNumber: numberOf(signature[0]),
    columnNumber: numberOf(signature[1]),
  };
}
