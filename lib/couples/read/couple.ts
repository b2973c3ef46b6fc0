import type { SitePermit } from "@/lib/auth/permit";
import { groupBy } from "@/lib/core/group";
import { Refusal } from "@/lib/core/refusal";
import { database } from "@/lib/db/client";
import { CELL_COLUMNS } from "@/lib/matrices/read/source";
import { inOrder } from "../rules";
import type { Couple, CoupleEvent } from "../schema";
import { type CoupleRow, drawTrack, type EntryRow } from "./draw";
import { type OpenTrack, openTracks } from "./open";

type Project = { id: string; slug: string; name: string };

const PROJECTS = "SELECT id, slug, name FROM project WHERE slug = ANY($1::text[])";

/** Every entry that may be a party, as the source of a matrix has it. */
const ENTRIES = `
SELECT n.event_id AS event, n.project_id AS project, json_build_object('id', n.id, 'number', n.number, 'entry', n.slug, 'name', n.name,
  'kind', n.kind, 'build', NULL, 'currentBuildId', n.current_build_id, 'plays', '[]'::json,
  'consent', json_build_object('named', n.consent_named, 'passing', n.consent_passing, 'failing', n.consent_failing)) AS source
FROM entry n WHERE n.event_id = ANY($1::uuid[]) AND n.state = 'admitted' ORDER BY n.name, n.slug`;

/** The cells of the tracks with both projects among the parties. A cell's row is found by its number first: that is cheap. */
const CELLS = `
SELECT ${CELL_COLUMNS}, c.track_id,
  (SELECT json_object_agg(x.key, b.label) FROM jsonb_each_text(c.tested) x JOIN build b ON b.id = x.value::uuid) AS builds
FROM json_to_recordset($1::json) AS v (track uuid, own uuid[], one uuid[], other uuid[], numbers int[])
JOIN cell c ON c.track_id = v.track
WHERE c.state <> 'untested' AND (c.row_number = ANY(v.numbers) OR jsonb_array_length(c.parties) > 2)
  AND EXISTS (SELECT FROM jsonb_array_elements(c.parties) p WHERE (p->>'entry')::uuid = ANY(v.one))
  AND EXISTS (SELECT FROM jsonb_array_elements(c.parties) p WHERE (p->>'entry')::uuid = ANY(v.other))
  AND (v.own IS NULL OR EXISTS (SELECT FROM jsonb_array_elements(c.parties) p WHERE (p->>'entry')::uuid = ANY(v.own)))
ORDER BY c.test_number, c.row_number, c.column_number, c.id`;

/**
 * What two projects have tested together, in four queries whatever the number of editions. Of each track
 * the reader is told what its matrix tells them, and a track or an event that they may not see is not counted.
 */
export async function loadCouple(
  { actor }: SitePermit<"project.view">,
  slugs: readonly [string, string],
): Promise<Couple> {
  const [one, other] = await findProjects(slugs);
  const projects: Couple["projects"] = [nameOf(one), nameOf(other)];
  const tracks = await openTracks(actor, [one.id, other.id], { tests: true });
  const { pool } = database();
  const events = [...new Set(tracks.map(({ row }) => row.event_id))];
  const entries = await pool.query<EntryRow>(ENTRIES, [events]);
  const byEvent = groupBy(entries.rows, ({ event }) => event);
  const asked = tracks.map((track) => askedOf(track, byEvent, [one.id, other.id]));
  const cells = await pool.query<CoupleRow>(CELLS, [JSON.stringify(asked)]);
  const byTrack = groupBy(cells.rows, (cell) => cell.track_id);
  const slugOf = new Map([one, other].map(({ id, slug }) => [id, slug]));
  const drawn = tracks.map((track) => ({
    track,
    cells: drawTrack(track, {
      entries: byEvent.get(track.row.event_id) ?? [],
      cells: byTrack.get(track.row.id) ?? [],
      projects: slugOf,
    }),
  }));
  return { projects, events: eventsOf(drawn) };
}

const nameOf = ({ slug, name }: Project) => ({ slug, name });

async function findProjects([one, other]: readonly [string, string]): Promise<[Project, Project]> {
  const order = inOrder(one, other);
  const { rows } = await database().pool.query<Project>(PROJECTS, [order]);
  const found = order.map((slug) => rows.find((row) => row.slug === slug));
  const missing = order.find((_, at) => found[at] === undefined);
  if (missing !== undefined) throw new Refusal("not_found", `There is no project '${missing}'.`);
  const [first, second] = found;
  if (!first || !second || first === second)
    throw new Refusal("not_found", "A project is not a partner of its own: name two.");
  return [first, second];
}

function askedOf(
  { row, only }: OpenTrack,
  byEvent: ReadonlyMap<string, EntryRow[]>,
  [one, other]: [string, string],
) {
  const entries = byEvent.get(row.event_id) ?? [];
  const of = (id: string) => entries.filter(({ project }) => project === id);
  const ids = (id: string) => of(id).map(({ source }) => source.id);
  const numbers = [...of(one), ...of(other)].map(({ source }) => source.number);
  return { track: row.id, own: only, one: ids(one), other: ids(other), numbers };
}

type Drawn = { track: OpenTrack; cells: ReturnType<typeof drawTrack> };

/** Only events and tracks in which there is something to tell. */
function eventsOf(drawn: readonly Drawn[]): CoupleEvent[] {
  const told = drawn.filter(({ cells }) => cells.length > 0);
  return [...groupBy(told, ({ track }) => track.row.event).values()].flatMap((tracks) => {
    const row = tracks[0]?.track.row;
    if (!row) return [];
    return [
      {
        slug: row.event,
        label: row.label,
        zone: row.zone,
        tracks: tracks.map(({ track, cells }) => ({
          slug: track.row.slug,
          title: track.row.title,
          cells,
        })),
      },
    ];
  });
}
