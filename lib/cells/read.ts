import type { Utterance } from "./schema";

export type UtteranceRow = Omit<Utterance, "startedAt"> & { cell_id: string; started_at: Date };

/** Of a result whose name was unknown when it came: the version that was current then. */
const TEST_VERSION = `coalesce(r.test_version, (SELECT max(v.version) FROM test_case_version v JOIN cell c ON c.test_case_id = v.test_case_id
  WHERE c.id = r.cell_id AND v.published_at <= r.received_at), 1)`;

/** A result under the name `r`, reduced to what the fold looks at. */
export const UTTERANCE = `
r.cell_id, coalesce(r.entry_id::text, '') AS speaker, r.origin, r.outcome, r.started_at, r.attempt, r.id,
  r.seq::text AS seq, ${TEST_VERSION} AS "testVersion", r.exchange, r.answers_seq::text AS answers, r.denial,
  (SELECT string_agg(token, ' ' ORDER BY token COLLATE "C") FROM (
     SELECT (p->>'entry') || '@' || coalesce(p->>'build', '') AS token FROM jsonb_array_elements(r.parties) AS p) AS t) AS builds`;

/**
 * Whether result `r` was corrected. One way only: whoever pushed or said a result may correct it, and
 * nobody else.
 */
export const SUPERSEDED =
  "EXISTS (SELECT FROM result s WHERE s.reporter_id = r.reporter_id AND s.origin = r.origin AND s.supersedes = r.id)";

/** Neither retracted nor corrected. */
export const STANDS = `NOT r.void AND NOT ${SUPERSEDED}`;

/** cell id -> what was said of it */
export function byCell(rows: readonly UtteranceRow[]): Map<string, Utterance[]> {
  const all = new Map<string, Utterance[]>();
  for (const { cell_id, started_at, ...rest } of rows) {
    const of = all.get(cell_id) ?? [];
    of.push({ ...rest, startedAt: started_at.getTime() });
    all.set(cell_id, of);
  }
  return all;
}

/** Whether entry `n`, a party of cell `c`, agrees to the publication of what the cell says (DESIGN.md section 5). */
export const AGREES =
  "(n.kind <> 'participant' OR (n.consent_named AND CASE WHEN c.outcome IN ('pass', 'degraded') THEN n.consent_passing ELSE n.consent_failing END))";
