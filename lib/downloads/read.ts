import type { Permit } from "@/lib/auth/permit";
import { isInsider } from "@/lib/auth/visibility";
import { SUPERSEDED } from "@/lib/cells/read";
import { database } from "@/lib/db/client";
import { loadPlan, ONLY_OWN } from "@/lib/matrices/read/source";
import type { DownloadQuery, Told } from "./schema";

/** So many results are read at once: each may carry 16 KiB of log. */
const PAGE = 500;

type Row = Omit<Told["item"], "startedAt"> & {
  seq: string;
  startedAt: Date;
  kept: Omit<Told["kept"], "receivedAt">;
  receivedAt: Date;
};

// Of a published cell everything that it holds is shown once its entries agreed to the cell's outcome; a
// file is held to the result's own outcome as well.
const agreedTo = (outcome: string) =>
  `CASE WHEN ${outcome} IN ('pass', 'degraded') THEN n.consent_passing ELSE n.consent_failing END`;

const RESULTS = `
SELECT r.seq::text AS seq, r.id, r.test, nullif(r.variant, '{}') AS variant, r.attempt, r.outcome, r.raw_status AS "rawStatus",
  (SELECT json_agg(json_strip_nulls(json_build_object('role', x->>'role', 'entry', n.slug, 'build', b.label,
      'stage', x->>'stage', 'expected', x->>'expected', 'observed', x->>'observed')) ORDER BY x->>'role', n.slug)
   FROM jsonb_array_elements(r.parties) x JOIN entry n ON n.id = (x->>'entry')::uuid
   LEFT JOIN build b ON b.id = (x->>'build')::uuid) AS parties,
  nullif(r.unsupported_by, '{}') AS "unsupportedBy", r.started_at AS "startedAt", r.duration_ms AS "durationMs",
  r.message, r.log, r.metrics, r.labels, r.evidence, r.exchange, r.supersedes, nullif(r.void, false) AS void,
  json_build_object('run', run.id, 'reporter', n.slug, 'origin', r.origin, 'testVersion', r.test_version,
    'late', r.late, 'backfilled', r.backfilled, 'superseded', ${SUPERSEDED}) AS kept,
  r.received_at AS "receivedAt"
FROM result r JOIN cell c ON c.id = r.cell_id JOIN test_case tc ON tc.id = c.test_case_id
JOIN run ON run.key = r.run_key LEFT JOIN entry n ON n.id = r.entry_id
WHERE r.track_id = $1 AND r.seq > $3 AND r.seq <= $4 AND ${ONLY_OWN}
  AND (NOT $5::boolean OR NOT EXISTS (
    SELECT FROM jsonb_array_elements(c.parties) p JOIN entry n ON n.id = (p->>'entry')::uuid
    WHERE n.kind = 'participant' AND NOT (n.consent_named AND ${agreedTo("c.outcome")} AND ${agreedTo("r.outcome")})))
  AND ($6::text[] IS NULL OR EXISTS (
    SELECT FROM jsonb_array_elements(c.parties) p JOIN entry n ON n.id = (p->>'entry')::uuid WHERE n.slug = ANY($6)))
  AND ($7::text[] IS NULL OR tc.key = ANY($7)) AND ($8::text[] IS NULL OR r.outcome = ANY($8))
  AND ($9::timestamptz IS NULL OR r.received_at >= $9)
  AND ($10::boolean OR (NOT r.void AND NOT ${SUPERSEDED})) AND ($11::uuid[] IS NULL OR c.id = ANY($11))
ORDER BY r.seq LIMIT ${PAGE}`;

type Asked = {
  permit: Permit<"matrix.view">;
  trackSlug: string;
  query: DownloadQuery;
  /** The cells that the query asks for; null for all. */
  cells: string[] | null;
  /** The gate once more, before each further page. */
  renew: () => Promise<Permit<"matrix.view">>;
};

/**
 * The results of a track that stand in a cell, a page at a time and in the order of arrival, up to the last
 * one that was there when it was asked. Who sees what is as in the track's matrix; what waits for a mapping
 * stands in no cell. The first page is read before anything is answered, so that a refusal is one.
 */
export async function findResults(asked: Asked): Promise<AsyncGenerator<Told[]>> {
  const last = await database().pool.query<{ seq: string }>(
    "SELECT coalesce(max(seq), 0)::text AS seq FROM result",
  );
  const until = last.rows[0]?.seq ?? "0";
  const first = await readPage(asked, "0", until);
  return pages(first, asked, until);
}

async function* pages(first: Row[], asked: Asked, until: string): AsyncGenerator<Told[]> {
  let page = first;
  for (;;) {
    yield page.map(toldBy);
    const last = page.at(-1);
    if (!last || page.length < PAGE) return;
    page = await readPage({ ...asked, permit: await asked.renew() }, last.seq, until);
  }
}

async function readPage({ permit, trackSlug, query, cells }: Asked, after: string, until: string) {
  const plan = await loadPlan(permit, trackSlug);
  const needsConsent = permit.scope.phase === "published" && !isInsider(permit);
  const { rows } = await database().pool.query<Row>({
    name: "download-results",
    text: RESULTS,
    values: [
      plan.id,
      plan.only,
      after,
      until,
      needsConsent,
      query.entry ?? null,
      query.test ?? null,
      query.outcome ?? null,
      query.since ?? null,
      query.history === "all",
      cells,
    ],
  });
  return rows;
}

/** What was not told is left out. */
function toldBy({ seq: _, startedAt, kept, receivedAt, ...row }: Row): Told {
  const item = { ...row, startedAt: startedAt.toISOString() };
  const said = Object.entries<unknown>(item).filter(([, value]) => value !== null);
  return {
    item: Object.fromEntries(said) as Told["item"],
    kept: { ...kept, receivedAt: receivedAt.toISOString() },
  };
}
