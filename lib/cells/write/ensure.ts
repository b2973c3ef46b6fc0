import type pg from "pg";
import { type Directory, type Judged, keyParties } from "@/lib/results/rules";
import { signatureOf } from "@/lib/tracks/rules";

/** Makes rows for cells that nobody has spoken of yet; sorted, like every lock taken on cells. */
export const ENSURE_CELLS = `
INSERT INTO cell (id, event_id, track_id, test_case_id, variant, parties, signature, test_number, row_number, column_number, state, planned)
SELECT u.id, $1::uuid, $2::uuid, u.test_case_id, u.variant::jsonb, u.parties::jsonb, u.signature, u.test_number, u.row_number, u.column_number, $11::text, $12::bool
FROM unnest($3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::int[], $9::int[], $10::int[])
  AS u (id, test_case_id, variant, parties, signature, test_number, row_number, column_number)
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
  const rows = new Map<string, unknown[]>();
  for (const { cellId, placement, parties } of placed) {
    if (!cellId || !placement || rows.has(cellId)) continue;
    const { test, variant } = placement;
    const signature = signatureOf(test.roles, track.roles);
    const numberOf = (role: string | undefined) =>
      parties.find((party) => party.role === role)?.of.number ?? 0;
    const key = keyParties(test, parties).map(({ role, entry }) => ({ role, entry }));
    rows.set(cellId, [
      cellId,
      test.id,
      JSON.stringify(variant),
      JSON.stringify(key),
      signature.join("+"),
      test.number,
      numberOf(signature[0]),
      numberOf(signature[1]),
    ]);
  }
  const sorted = [...rows.values()].sort((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1));
  const columns = Array.from({ length: 8 }, (_, at) => sorted.map((row) => row[at]));
  await tx.query({
    name: "ensure-cells",
    text: ENSURE_CELLS,
    values: [directory.eventId, track.id, ...columns, planned ? "planned" : "untested", planned],
  });
}
