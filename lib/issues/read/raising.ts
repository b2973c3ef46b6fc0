import type { Permit } from "@/lib/auth/permit";
import { personIdOf } from "@/lib/auth/permit";
import { env } from "@/lib/core/env";
import { Refusal } from "@/lib/core/refusal";
import { database } from "@/lib/db/client";
import { prefillOf } from "../rules";
import type { IssueCell, Raising } from "../schema";
import { listIssueCells } from "./cells";

const CHOICES = `
SELECT (SELECT json_agg(json_build_object('slug', t.slug, 'title', t.title) ORDER BY t.position, t.title) FROM track t WHERE t.event_id = $1) AS tracks,
  (SELECT json_agg(p.name ORDER BY p.name) FROM project p
    WHERE EXISTS (SELECT FROM entry n WHERE n.project_id = p.id AND n.event_id = $1 AND n.state = 'admitted')) AS targets,
  (SELECT json_agg(DISTINCT p.name) FROM project p WHERE p.id = ANY($3::uuid[])) AS of_cell,
  (SELECT name FROM person WHERE id = $2) AS name,
  (SELECT r.message FROM result r WHERE r.cell_id = $4 AND NOT r.void AND r.message <> ''
    ORDER BY r.started_at DESC, r.attempt DESC, r.id DESC LIMIT 1) AS message`;

type ChoicesRow = {
  tracks: Raising["tracks"] | null;
  targets: string[] | null;
  of_cell: string[] | null;
  name: string | null;
  message: string | null;
};

/** What the form begins with: alone, or from a cell, with what is known of that. One query, two from a cell. */
export async function loadRaising(
  permit: Permit<"issue.raise">,
  cellId?: string,
): Promise<Raising> {
  const { actor, scope } = permit;
  const cell = cellId === undefined ? null : await findCell(permit, cellId);
  const { rows } = await database().pool.query<ChoicesRow>({
    name: "issue-choices",
    text: CHOICES,
    values: [
      scope.eventId,
      personIdOf({ actor }),
      cell?.parties.map(({ projectId }) => projectId) ?? [],
      cell?.id ?? null,
    ],
  });
  const [row] = rows;
  const url =
    cell && `${env().APP_URL}/events/${scope.eventSlug}/tracks/${cell.track}/cells/${cell.id}`;
  return {
    cell: cell && {
      ...cell,
      ...prefillOf(cell, { message: row?.message ?? null, url: url ?? "" }),
    },
    tracks: row?.tracks ?? [],
    targets: [...new Set([...(row?.of_cell ?? []), ...(row?.targets ?? [])])],
    name: row?.name ?? "",
  };
}

async function findCell(permit: Permit<"issue.raise">, cellId: string): Promise<IssueCell> {
  const [cell] = await listIssueCells(permit, { cellId }, false);
  if (!cell) throw new Refusal("not_found", "There is no such cell.");
  return cell;
}
