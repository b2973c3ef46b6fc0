import type pg from "pg";

const OWN = `
SELECT EXISTS (
  SELECT FROM entry party JOIN entry mine ON mine.project_id = party.project_id
  JOIN entry_member m ON m.entry_id = mine.id
  WHERE party.id = ANY($1::uuid[]) AND m.person_id = $2) AS own`;

/**
 * Whether a person is a member of any entry, of whatever event, of a project that one of these entries
 * is of: a second entry of a project is no neutral ground.
 */
export async function isOwn(
  client: Pick<pg.PoolClient, "query">,
  personId: string,
  entryIds: readonly string[],
): Promise<boolean> {
  const { rows } = await client.query<{ own: boolean }>(OWN, [entryIds, personId]);
  return rows[0]?.own ?? false;
}
