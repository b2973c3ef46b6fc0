import type { Permit } from "@/lib/auth/permit";
import { isInsider, visibleEntries } from "@/lib/auth/visibility";
import { AGREES } from "@/lib/cells/read";
import { ownEntryIds } from "@/lib/results/read/awaiting";
import { reporterOf } from "@/lib/runs/read";

type View = Permit<"evidence.view">;

/** In which track, of whom: what decides who may see a result's evidence. */
export type Told = {
  track_id: string;
  restricted: boolean;
  /** Whose word it is: the entry, or the event for a neutral harness. */
  reporter_id: string;
};

/** The parties of a cell, and whether they agreed to show it; null while its result is unmapped. */
export type Parties = { entry_ids: string[] | null; consented: boolean | null };

/** Whether it is the reader's own: the reporting entry's people and agents, the track's leads, the organizers. */
export function isOwner(permit: View, { track_id, reporter_id }: Told): boolean {
  const { actor, roles, scope } = permit;
  if (roles.has("organizer")) return true;
  if (actor.kind === "agent") {
    return actor.eventId === scope.eventId && reporterOf(permit).reporterId === reporter_id;
  }
  if (actor.kind !== "person") return false;
  return actor.leadOf.has(track_id) || ownEntryIds(permit).includes(reporter_id);
}

/** As the cell's page decides it (lib/results/read/cell.ts); what stands in no cell yet, its owners see. */
export function seesCell(permit: View, told: Told & Parties): boolean {
  if (isOwner(permit, told)) return true;
  const { entry_ids, consented } = told;
  if (entry_ids === null) return false;
  const only = visibleEntries(permit, { id: told.track_id, restricted: told.restricted });
  if (only !== null && !entry_ids.some((id) => only.includes(id))) return false;
  return !needsConsent(permit) || consented === true;
}

/**
 * Whether a result is kept from the reader, and with it every file that it names: one that several results name, such as
 * the capture of a whole run, shows all of them. Of what stands in no cell yet, that is so where anything may be kept.
 */
export function hidesCell(permit: View, told: Told & Parties): boolean {
  if (seesCell(permit, told)) return false;
  if (told.entry_ids !== null) return true;
  const track = { id: told.track_id, restricted: told.restricted };
  return needsConsent(permit) || visibleEntries(permit, track) !== null;
}

/** Whether the reader is shown only what the entries agreed to publish. */
export const needsConsent = (permit: View): boolean =>
  permit.scope.phase === "published" && !isInsider(permit);

/**
 * A file that belongs to a whole run tells of all its results: whoever may see each of them sees it.
 * `covers` says whether the reader's entries are among the parties of all.
 */
export function seesRun(permit: View, told: Told & { covers: boolean }): boolean {
  if (isOwner(permit, told)) return true;
  const only = visibleEntries(permit, { id: told.track_id, restricted: told.restricted });
  if (only !== null) return told.covers;
  return !needsConsent(permit);
}

/** Of the cell `c`: its parties, by id and by name, and their consent. */
export const PARTIES = `
  SELECT array_agg(n.id) AS entry_ids, json_agg(n.name ORDER BY e.at) AS names,
    bool_and(${AGREES}) AS consented
  FROM jsonb_array_elements(c.parties) WITH ORDINALITY AS e (party, at) JOIN entry n ON n.id = (e.party->>'entry')::uuid`;

/**
 * What every result of `named.reporter_id` in the event `$2` that names `named.sha256` is decided by: `Told & Parties`, as JSON.
 * Unless consent is needed (`$4`) only a restricted track keeps anything: a sweep has one capture and thousands of results.
 */
export const MENTIONS = `
  SELECT json_agg(m) FROM (SELECT DISTINCT ON (o.track_id, o.cell_id) t.id AS track_id, t.restricted, o.reporter_id, p.entry_ids, p.consented
    FROM result o JOIN track t ON t.id = o.track_id AND t.event_id = $2
    LEFT JOIN cell c ON c.id = o.cell_id LEFT JOIN LATERAL (${PARTIES}) p ON c.id IS NOT NULL
    WHERE ($4::bool OR t.restricted) AND o.reporter_id = named.reporter_id AND o.evidence @> jsonb_build_array(jsonb_build_object('sha256', named.sha256))) m`;

/** Whether one of the entries `own` is a party to every result of the run `k.run_key`, of which there are some. */
export const covers = (own: string) => `
  coalesce((SELECT bool_and(EXISTS (SELECT FROM jsonb_array_elements(a.parties) p WHERE (p->>'entry')::uuid = ANY(${own}::uuid[])))
    FROM result a WHERE a.run_key = k.run_key), false)`;

/** Whether a result of the run `k.run_key` names the file. */
export const NAMED = `
  EXISTS (SELECT FROM result a WHERE a.run_key = k.run_key
    AND a.evidence @> jsonb_build_array(jsonb_build_object('sha256', encode(k.sha256, 'hex'))))`;
