// What must hold once every spool is empty, asked of the database itself.
import { withClient } from "../../lib/start/roles.mjs";

const RESULTS = "SELECT id, outcome, cell_id IS NOT NULL AS is_mapped FROM result";

const SUMS = `
SELECT (SELECT count(*) FROM result)::int AS rows, (SELECT count(DISTINCT id) FROM result)::int AS ids,
  (SELECT sum(accepted) FROM run)::int AS runs, (SELECT sum(received - accepted - duplicate) FROM run)::int AS refused,
  (SELECT sum((detail->>'accepted')::int) FROM event_log WHERE kind = 'results')::int AS logged,
  (SELECT sum((detail->>'accepted')::int) FROM audit WHERE action = 'result.push')::int AS audited,
  (SELECT sum(attempts) FROM cell)::int AS folded, (SELECT count(*) FROM cell)::int AS cells`;

// Everything a fold decides, and all that it remembers; not xid, which every rewrite changes.
const CELLS = `
SELECT md5(string_agg(md5((to_jsonb(c) - 'xid')::text || f.voices::text), '' ORDER BY c.id)) AS digest
FROM cell c LEFT JOIN cell_fold f ON f.cell_id = c.id`;

/** The digest of all cells as they are kept. */
export const digestCells = (url) =>
  withClient(url, async (client) => (await client.query(CELLS)).rows[0].digest);

/**
 * Compares what is stored with what was pushed; each figure is to be 0.
 * @returns {Promise<{ counted: object, faults: Record<string, number> }>}
 */
export async function compareResults(url, { reports, acknowledged }) {
  const { rows, sums } = await withClient(url, async (client) => ({
    rows: (await client.query(RESULTS)).rows,
    sums: (await client.query(SUMS)).rows[0],
  }));
  const stored = new Map(rows.map((row) => [row.id, row]));
  const items = reports.flatMap((report) => report.items);
  const isAltered = ({ id, outcome, isMapped }) => {
    const row = stored.get(id);
    return row && (row.outcome !== outcome || row.is_mapped !== isMapped);
  };
  const mapped = items.filter(({ isMapped }) => isMapped).length;
  return {
    counted: { rows: sums.rows, cells: sums.cells },
    faults: {
      "acknowledged and lost": acknowledged.filter((id) => !stored.has(id)).length,
      "stored twice": sums.rows - sums.ids,
      "pushed and missing": items.filter(({ id }) => !stored.has(id)).length,
      "stored and never pushed": sums.ids - items.length,
      "stored otherwise than pushed": items.filter(isAltered).length,
      refused: sums.refused,
      "difference of the runs' receipts": sums.runs - items.length,
      "difference of the log": sums.logged - items.length,
      "difference of the audit trail": sums.audited - items.length,
      "difference of the cells' attempts": sums.folded - mapped,
    },
  };
}
