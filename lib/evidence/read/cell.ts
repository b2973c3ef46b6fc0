import type { Permit } from "@/lib/auth/permit";
import { Refusal } from "@/lib/core/refusal";
import { database } from "@/lib/db/client";
import { ownEntryIds } from "@/lib/results/read/awaiting";
import { isText } from "../rules";
import { EVIDENCE_KINDS, type EvidenceLine } from "../schema";
import {
  covers,
  hidesCell,
  isOwner,
  MENTIONS,
  NAMED,
  needsConsent,
  PARTIES,
  type Parties,
  seesCell,
  seesRun,
  type Told,
} from "./mentions";

type Where = { trackSlug: string; cellId: string };

const CELL = `
SELECT t.id AS track_id, t.restricted, p.entry_ids, p.consented
FROM cell c JOIN track t ON t.id = c.track_id CROSS JOIN LATERAL (${PARTIES}) p
WHERE c.id = $1 AND c.event_id = $2 AND t.slug = $3`;

type FileRow = {
  sha256: string;
  kind: string;
  name: string;
  size: number | null;
  reporter_id: string;
  results: EvidenceLine["results"];
  covers: boolean;
  /** By which results its reporter names it; null for a file of a whole run. */
  mentions: (Told & Parties)[] | null;
};

/** What the cell's latest 200 results name, then what belongs to their runs as wholes. */
const FILES = `
WITH latest AS (SELECT r.* FROM result r WHERE r.cell_id = $1 ORDER BY r.started_at DESC, r.attempt DESC, r.id DESC LIMIT 200),
named AS (
  SELECT e.sha256, min(e.kind) AS kind, min(e.name) AS name, r.reporter_id,
    json_agg(json_build_object('seq', r.seq::text, 'reporter', n.name, 'attempt', r.attempt) ORDER BY r.seq DESC) AS results,
    max(r.seq) AS latest
  FROM latest r CROSS JOIN LATERAL jsonb_to_recordset(r.evidence) AS e (sha256 text, kind text, name text)
  LEFT JOIN entry n ON n.id = r.entry_id
  WHERE r.evidence IS NOT NULL GROUP BY e.sha256, r.reporter_id)
SELECT named.sha256, coalesce(s.kind, named.kind) AS kind, named.name, named.reporter_id, named.results, false AS covers, named.latest, s.size, (${MENTIONS}) AS mentions
FROM named LEFT JOIN LATERAL (
  SELECT s.kind, s.size FROM evidence_claim k JOIN evidence s ON s.sha256 = k.sha256
  WHERE k.sha256 = decode(named.sha256, 'hex') AND k.event_id = $2 AND k.reporter_id = named.reporter_id AND k.state = 'arrived' LIMIT 1) s ON true
UNION ALL
SELECT encode(k.sha256, 'hex'), k.kind, k.name, k.reporter_id, NULL, ${covers("$3")}, 0, CASE WHEN k.state = 'arrived' THEN k.size END, NULL
FROM evidence_claim k WHERE k.run_key IN (SELECT run_key FROM latest) AND NOT ${NAMED}
ORDER BY latest DESC, name, sha256`;

/** The evidence of a cell, in two queries: what has arrived, and what is missing. */
export async function listCellEvidence(
  permit: Permit<"evidence.view">,
  { trackSlug, cellId }: Where,
): Promise<EvidenceLine[]> {
  const { pool } = database();
  const { eventId } = permit.scope;
  const [cells, files] = await Promise.all([
    pool.query<Omit<Told, "reporter_id"> & Parties>({
      name: "evidence-cell",
      text: CELL,
      values: [cellId, eventId, trackSlug],
    }),
    pool.query<FileRow>({
      name: "evidence-files",
      text: FILES,
      values: [cellId, eventId, ownEntryIds(permit), needsConsent(permit)],
    }),
  ]);
  const [cell] = cells.rows;
  if (!cell || !seesCell(permit, { ...cell, reporter_id: "" })) {
    throw new Refusal("not_found", "There is no such cell.");
  }
  return files.rows.flatMap((file) => {
    const told = { ...cell, reporter_id: file.reporter_id, covers: file.covers };
    const isOwn = isOwner(permit, told);
    const isHidden = file.mentions?.some((mention) => hidesCell(permit, mention));
    if (file.results === null ? !seesRun(permit, told) : isHidden && !isOwn) return [];
    return [lineOf(file, isOwn)];
  });
}

function lineOf({ sha256, kind, name, size, results }: FileRow, isOwn: boolean): EvidenceLine {
  const known = EVIDENCE_KINDS.find((one) => one === kind);
  const mayDownload = size !== null && (isOwn || (known !== undefined && !isText(known)));
  return { sha256, name, kind, size, results, mayDownload };
}
