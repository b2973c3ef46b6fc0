import type { Permit } from "@/lib/auth/permit";
import { allows } from "@/lib/auth/policy";
import { silentIn } from "@/lib/cells/rules";
import { type KeptVoices, unpackVoices } from "@/lib/cells/write/memory";
import { database } from "@/lib/db/client";
import { loadCellRow } from "@/lib/results/read/cell";
import type { CellDesk, RulingLine } from "../schema";
import { isOwn } from "./own";

type Row = {
  kind: string;
  voices: KeptVoices | null;
  rulings: RulingLine[] | null;
  note: CellDesk["note"];
  expected: CellDesk["expected"];
  sides: { id: string; entry: string; name: string; nudgedAt: string | null }[] | null;
};

const moment = (column: string) =>
  `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const DESK = `
SELECT tc.kind, f.voices,
  (SELECT json_agg(json_build_object('id', g.id, 'outcome', g.outcome, 'cause', g.cause, 'reason', g.reason,
      'atFault', ARRAY(SELECT n.name FROM entry n WHERE n.id = ANY(g.at_fault) ORDER BY n.name),
      'by', coalesce(p.name, 'a lead'), 'at', ${moment("g.created_at")}, 'inForce', coalesce(g.id = c.ruling_id, false))
      ORDER BY g.created_at DESC, g.id DESC)
    FROM ruling g JOIN person p ON p.id = g.person_id WHERE g.cell_id = c.id) AS rulings,
  (SELECT json_build_object('text', o.text, 'by', coalesce(p.name, 'a lead'), 'at', ${moment("o.updated_at")})
    FROM cell_note o JOIN person p ON p.id = o.person_id WHERE o.cell_id = c.id) AS note,
  (SELECT x.outcome FROM expectation x WHERE x.cell_id = c.id) AS expected,
  (SELECT json_agg(json_build_object('id', n.id, 'entry', n.slug, 'name', n.name,
      'nudgedAt', (SELECT ${moment("max(d.created_at)")} FROM nudge d WHERE d.cell_id = c.id AND d.entry_id = n.id)) ORDER BY n.name)
    FROM entry n WHERE n.kind = 'participant' AND n.id IN (
      SELECT (x->>'entry')::uuid FROM jsonb_array_elements(c.parties) x)) AS sides
FROM cell c JOIN test_case tc ON tc.id = c.test_case_id LEFT JOIN cell_fold f ON f.cell_id = c.id
WHERE c.id = $1`;

/**
 * What leads have said of a cell: every ruling, the remark; and what the reader may say. In two queries,
 * three for who may settle. A cell that the reader may not see does not exist.
 */
export async function loadCellDesk(
  permit: Permit<"result.view">,
  where: { trackSlug: string; cellId: string },
): Promise<CellDesk> {
  const { actor, roles, scope } = permit;
  const { pool } = database();
  const cell = await loadCellRow(permit, where);
  const { rows } = await pool.query<Row>({ name: "cell-desk", text: DESK, values: [cell.id] });
  const [row] = rows;
  const maySettle = actor.kind === "person" && allows("ruling.make", roles, scope.phase);
  const ownProject = maySettle && (await isOwn(pool, actor.personId, cell.entry_ids));
  const mayExpect = allows("baseline.set", roles, scope.phase);
  const mayNudge = allows("cell.nudge", roles, scope.phase);
  return {
    rulings: row?.rulings ?? [],
    note: row?.note ?? null,
    expected: mayExpect ? (row?.expected ?? null) : null,
    silent: row && mayNudge && cell.state === "reported" ? silentOf(row) : [],
    may: {
      settle: maySettle && !ownProject,
      ownProject,
      annotate: allows("cell.annotate", roles, scope.phase),
      nudge: mayNudge,
      expect: mayExpect,
    },
  };
}

function silentOf({ kind, voices, sides }: Row): CellDesk["silent"] {
  if (kind === "solo" || !voices) return [];
  const ids = (sides ?? []).map(({ id }) => id);
  const silent = silentIn(unpackVoices(voices), ids);
  return (sides ?? [])
    .filter(({ id }) => silent.includes(id))
    .map(({ entry, name, nudgedAt }) => ({ entry, name, nudgedAt }));
}
