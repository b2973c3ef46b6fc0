import type pg from "pg";
import { Refusal } from "@/lib/core/refusal";
import { findSame } from "@/lib/projects/rules";
import type { ProjectNames } from "@/lib/projects/schema";

export type Target = { projectId: string | null; targetName: string | null };

// Of two projects of one name the one that is here is meant.
const NAMES = `
SELECT p.id, p.slug, p.name, p.aliases FROM project p
ORDER BY EXISTS (SELECT FROM entry n WHERE n.project_id = p.id AND n.event_id = $1 AND n.state = 'admitted') DESC, p.name, p.slug
LIMIT 5000`;

/** The project that a name stands for, in any spelling and by any alias; else the name as it is. */
export async function findTarget(
  tx: pg.PoolClient,
  eventId: string,
  name: string,
): Promise<Target> {
  if (name === "") return { projectId: null, targetName: null };
  const { rows } = await tx.query<ProjectNames & { id: string }>(NAMES, [eventId]);
  const projectId = findSame(name, rows)?.id ?? null;
  return { projectId, targetName: projectId === null ? name : null };
}

export type Place = { trackId: string | null; restricted: boolean };

/** The track of that slug; the empty one is none. */
export async function findPlace(tx: pg.PoolClient, eventId: string, track: string): Promise<Place> {
  if (track === "") return { trackId: null, restricted: false };
  const { rows } = await tx.query<{ id: string; restricted: boolean }>(
    "SELECT id, restricted FROM track WHERE event_id = $1 AND slug = $2",
    [eventId, track],
  );
  const [row] = rows;
  if (row) return { trackId: row.id, restricted: row.restricted };
  const message = `No track '${track}' in this event.`;
  throw new Refusal("invalid", message, [
    { pointer: "/issue/track", code: "unknown_track", message },
  ]);
}
