import type pg from "pg";
import type { Permit } from "@/lib/auth/permit";
import { personIdOf } from "@/lib/auth/permit";
import { holdEvent } from "@/lib/cells/write/lock";
import { Refusal } from "@/lib/core/refusal";
import { transaction } from "@/lib/db/transaction";
import { checkPlays, checkRequest, nameOfEntry, type Rival } from "../rules";
import type { EntryRequest, EntryState } from "../schema";
import { insertBuilds } from "./build";
import { tell } from "./change";
import { findTracks, refuse, replacePlays, rolesOf } from "./play";
import { tellOfEntry } from "./tell";

/**
 * Enters a project into the event, and makes whoever asks a member of the entry. Where entries need
 * approval it waits for an organizer, and is on no axis, in no count and without a token until then.
 */
export async function requestEntry(
  permit: Permit<"entry.request">,
  request: EntryRequest,
): Promise<Entered> {
  const entered = await enter(permit, request);
  if (entered.state === "requested") await tellOfEntry(permit, entered.slug, "requested");
  return entered;
}

type Entered = { slug: string; state: EntryState };

function enter(permit: Permit<"entry.request">, request: EntryRequest): Promise<Entered> {
  return transaction(async (tx) => {
    await holdEvent(tx, permit);
    const personId = personIdOf(permit);
    if (personId === null) throw new Error("entry.request was granted to somebody without account");
    const project = await findProject(tx, request.project);
    const slug = request.slug ?? project.slug;
    const name = nameOfEntry(project, { slug, name: request.name });
    const place = await findPlace(tx, permit, { slug, project, personId });
    const tracks = await findTracks(tx, permit.scope.eventId);
    refuse([
      ...checkRequest({ slug, project: project.slug, note: request.note }, place.rivals),
      ...checkPlays(request.tracks, rolesOf(tracks)),
    ]);

    const state: EntryState = place.isOpen && !place.wasDeclined ? "admitted" : "requested";
    const wanted = { ...request, slug, name, state, eventId: permit.scope.eventId };
    const entryId = await keepEntry(tx, project.id, wanted);
    await replacePlays(tx, entryId, { plays: request.tracks, tracks });
    await tx.query("INSERT INTO entry_member (entry_id, person_id) VALUES ($1, $2)", [
      entryId,
      personId,
    ]);
    if (request.build) await setBuild(tx, entryId, request.build);
    await tell(tx, permit, {
      id: entryId,
      slug,
      state,
      detail: { project: project.slug, state },
      log: { kind: "entry", subject: entryId, detail: { state } },
    });
    return { slug, state };
  });
}

type ProjectRow = { id: string; slug: string; name: string };

async function findProject(tx: pg.PoolClient, slug: string): Promise<ProjectRow> {
  const { rows } = await tx.query<ProjectRow>(
    "SELECT id, slug, name FROM project WHERE slug = $1",
    [slug],
  );
  if (rows[0]) return rows[0];
  const message = `There is no project '${slug}'. Add it first.`;
  throw new Refusal("invalid", message, [
    { pointer: "/entry/project", code: "no_project", message },
  ]);
}

const PLACE = `
SELECT e.entry_policy = 'open' AS is_open,
  (SELECT json_agg(json_build_object('slug', n.slug, 'project', p.slug, 'state', n.state,
     'isMember', EXISTS (SELECT FROM entry_member m WHERE m.entry_id = n.id AND m.person_id = $4)))
   FROM entry n JOIN project p ON p.id = n.project_id
   WHERE n.event_id = e.id AND (n.slug = $2 OR p.slug = $3)) AS rivals
FROM interop_event e WHERE e.id = $1`;

/** What is at the event already that this entry may collide with. */
async function findPlace(
  tx: pg.PoolClient,
  { scope }: Permit<"entry.request">,
  { slug, project, personId }: { slug: string; project: ProjectRow; personId: string },
) {
  const { rows } = await tx.query<{ is_open: boolean; rivals: Rival[] | null }>(PLACE, [
    scope.eventId,
    slug,
    project.slug,
    personId,
  ]);
  const rivals = rows[0]?.rivals ?? [];
  return {
    isOpen: rows[0]?.is_open ?? false,
    rivals,
    // Who was turned away does not come in by asking again.
    wasDeclined: rivals.some((rival) => rival.slug === slug && rival.state === "declined"),
  };
}

type Wanted = Pick<EntryRequest, "kind" | "note"> & {
  eventId: string;
  slug: string;
  name: string;
  state: EntryState;
};

/** Whoever was let in before, as a person, an agent or by a link, is not let in by a new request. */
const FORGET = `
WITH members AS (DELETE FROM entry_member WHERE entry_id = $1), said AS (DELETE FROM capability WHERE entry_id = $1),
  places AS (DELETE FROM endpoint WHERE entry_id = $1),
  agents AS (UPDATE agent SET revoked_at = now() WHERE entry_id = $1 AND revoked_at IS NULL)
UPDATE invitation SET revoked_at = now() WHERE entry_id = $1 AND revoked_at IS NULL`;

/** A new row, or that of an entry which was declined or withdrawn, without what was said of it then. */
async function keepEntry(tx: pg.PoolClient, projectId: string, wanted: Wanted): Promise<string> {
  const { rows } = await tx.query<{ id: string }>(
    `INSERT INTO entry (id, event_id, project_id, slug, name, kind, note, state, number)
     SELECT gen_random_uuid(), $1, $2, $3, $4, $5, $6, $7, coalesce(max(number), 0) + 1 FROM entry WHERE event_id = $1
     ON CONFLICT (event_id, slug) DO UPDATE SET name = excluded.name, kind = excluded.kind, note = excluded.note,
       state = excluded.state, state_reason = '', consent_named = false, consent_passing = false, consent_failing = false
     RETURNING id`,
    [wanted.eventId, projectId, wanted.slug, wanted.name, wanted.kind, wanted.note, wanted.state],
  );
  const id = rows[0]?.id ?? "";
  await tx.query(FORGET, [id]);
  return id;
}

async function setBuild(
  tx: pg.PoolClient,
  entryId: string,
  build: NonNullable<EntryRequest["build"]>,
) {
  await insertBuilds(tx, entryId, [build]);
  await tx.query(
    `UPDATE entry SET current_build_id = b.id FROM build b
     WHERE entry.id = $1 AND b.entry_id = entry.id AND b.label = $2`,
    [entryId, build.label],
  );
}
