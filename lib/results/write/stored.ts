import { hash } from "node:crypto";
import type pg from "pg";
import { STANDS } from "@/lib/cells/read";
import { cellIdOf } from "@/lib/cells/write/cell-id";
import { Refusal } from "@/lib/core/refusal";
import { BACKFILLED_MS } from "@/lib/runs/rules";
import { type Directory, placeStored, type ResolvedParty } from "../rules";
import { type ItemInput, itemSchema, type Outcome } from "../schema";
import type { Accepted } from "./resolve";

/** A result as it was stored. */
export type Stored = {
  seq: string;
  id: string;
  trackId: string;
  track: string;
  restricted: boolean;
  cellId: string | null;
  /** The entry whose word it is; null for a neutral harness. */
  entryId: string | null;
  personId: string | null;
  origin: "person" | "agent";
  test: string;
  variant: Record<string, string>;
  parties: { role: string; entry: string; build: string | null }[];
  attempt: number;
  outcome: Outcome;
  unsupportedBy: string[];
  /** Milliseconds since 1970. */
  startedAt: number;
  message: string | null;
  exchange: string | null;
  supersedes: string | null;
  answers: string | null;
  isDenial: boolean;
  /** Neither retracted nor corrected. */
  stands: boolean;
};

const COLUMNS = `
SELECT r.seq::text AS seq, r.id, r.track_id AS "trackId", t.slug AS track, t.restricted, r.cell_id AS "cellId", r.entry_id AS "entryId",
  r.person_id AS "personId", r.origin, r.test, r.variant, r.parties, r.attempt, r.outcome, r.unsupported_by AS "unsupportedBy",
  (extract(epoch FROM r.started_at) * 1000)::float8 AS "startedAt", r.message, r.exchange, r.supersedes, r.answers_seq::text AS answers,
  r.denial AS "isDenial", ${STANDS} AS stands
FROM result r JOIN track t ON t.id = r.track_id`;

/** Results of an event, as they stand now. */
export async function listStored(
  tx: pg.PoolClient,
  eventId: string,
  seqs: readonly string[],
): Promise<Stored[]> {
  const { rows } = await tx.query<Stored>(
    `${COLUMNS} WHERE r.seq = ANY($1::bigint[]) AND t.event_id = $2 ORDER BY r.seq`,
    [seqs, eventId],
  );
  return rows;
}

/** What the people of an entry have said in these cells and not taken back. */
export async function listOwnWords(
  tx: pg.PoolClient,
  entryId: string,
  cellIds: readonly string[],
): Promise<Stored[]> {
  const { rows } = await tx.query<Stored>(
    `${COLUMNS} WHERE r.cell_id = ANY($1::uuid[]) AND r.entry_id = $2 AND r.origin = 'person' AND ${STANDS}`,
    [cellIds, entryId],
  );
  return rows;
}

/** What was superseded, to be said once more when its correction is taken back. */
export async function findById(
  tx: pg.PoolClient,
  { entryId, supersedes }: Pick<Stored, "entryId" | "supersedes">,
): Promise<Stored | null> {
  if (supersedes === null) return null;
  const { rows } = await tx.query<Stored>(
    `${COLUMNS} WHERE r.reporter_id = $1 AND r.id = $2 AND r.origin = 'person' AND NOT r.void`,
    [entryId, supersedes],
  );
  return rows[0] ?? null;
}

/** The parties with their names; an entry that has left the event since has none any more. */
export function partiesOf(directory: Directory, { parties }: Stored): ResolvedParty[] {
  return parties.map(({ role, entry, build }) => {
    const of = directory.entriesById.get(entry);
    if (!of) throw new Refusal("conflict", "One of its parties has left the event since.");
    return { role, of, buildId: build, newBuild: null, told: { role, entry: of.slug } };
  });
}

/** A further result of the same exchange, but for what `over` says. */
export function further(
  directory: Directory,
  stored: Stored,
  over: Partial<ItemInput> & Pick<ItemInput, "id">,
): Accepted {
  const parties = partiesOf(directory, stored);
  const track = directory.tracks.get(stored.track);
  const placement = track ? placeStored(track, stored, parties) : null;
  const { exchange } = stored;
  const item = itemSchema.parse({
    test: stored.test,
    variant: stored.variant,
    attempt: stored.attempt,
    outcome: stored.outcome,
    unsupportedBy: stored.unsupportedBy,
    startedAt: new Date(stored.startedAt).toISOString(),
    ...(exchange === null ? {} : { exchange }),
    ...over,
  });
  const startedAt = Date.parse(item.startedAt);
  return {
    at: 0,
    item,
    digest: hash("sha256", JSON.stringify(item)),
    startedAt,
    parties,
    placement,
    cellId: cellIdOf({ parties, placement }),
    backfilled: Date.now() - startedAt > BACKFILLED_MS,
    late: false,
  };
}
