import type { Permit, SitePermit } from "@/lib/auth/permit";
import { isInsider } from "@/lib/auth/visibility";
import { shownZone } from "@/lib/auth/zone";
import { Refusal } from "@/lib/core/refusal";
import { loadProgress } from "@/lib/coverage/read";
import { database } from "@/lib/db/client";
import { AWAITED } from "@/lib/results/read/awaiting";
import { dayOf } from "./rules";
import {
  type EventHead,
  type EventLine,
  type EventPage,
  type OwnPart,
  type Phase,
  type SettingsPage,
  sponsorSchema,
  statementSchema,
  type Visibility,
} from "./schema";

type LineRow = {
  slug: string;
  label: string;
  intro: string;
  place: string;
  phase: Phase;
  visibility: Visibility;
  zone: string;
  starts_at: Date | null;
  ends_at: Date | null;
  tracks: number;
  entries: number;
};

const LINE = `
  e.slug, e.label, e.intro, e.place, e.phase, e.visibility, e.zone, e.starts_at, e.ends_at,
  (SELECT count(*)::int FROM track t WHERE t.event_id = e.id) AS tracks,
  (SELECT count(*)::int FROM entry n WHERE n.event_id = e.id AND n.state = 'admitted' AND n.kind = 'participant') AS entries`;

const lineOf = (row: LineRow): EventLine => ({
  slug: row.slug,
  label: row.label,
  intro: row.intro,
  place: row.place,
  phase: row.phase,
  zone: row.zone,
  startsAt: row.starts_at?.toISOString() ?? null,
  endsAt: row.ends_at?.toISOString() ?? null,
  tracks: row.tracks,
  entries: row.entries,
});

/** Every event that everybody knows of, and the drafts of those who prepare them; running ones first. */
export async function listEvents({ actor }: SitePermit<"event.list">): Promise<EventLine[]> {
  const drafts = actor.kind === "person" ? [...actor.organizerOf, ...actor.leadOf.values()] : [];
  const { rows } = await database().pool.query<LineRow>({
    name: "events",
    text: `SELECT ${LINE} FROM interop_event e WHERE e.phase <> 'draft' OR e.id = ANY($1::uuid[])
           ORDER BY array_position(ARRAY['testing','registration','review','draft','published'], e.phase),
             e.starts_at DESC NULLS FIRST, e.label LIMIT 200`,
    values: [drafts],
  });
  return rows.map(lineOf);
}

type TrackLine = Omit<EventPage["trackLines"][number], "progress" | "leads"> & {
  lead_names: string[];
  leads: string[] | null;
  id: string;
};

const TRACKS = `
SELECT t.id, t.slug, t.title, t.intro, t.restricted, t.lead_names,
  (SELECT array_agg(coalesce(p.name, 'a lead without a name') ORDER BY p.name) FROM track_lead l JOIN person p ON p.id = l.person_id WHERE l.track_id = t.id) AS leads,
  (SELECT count(*)::int FROM test_case c WHERE c.track_id = t.id AND c.retired_at IS NULL) AS tests,
  (SELECT count(*)::int FROM entry_track et JOIN entry n ON n.id = et.entry_id WHERE et.track_id = t.id AND n.state = 'admitted') AS entries
FROM track t WHERE t.event_id = $1 ORDER BY t.position, t.title`;

type EntryRow = EventPage["entryLines"][number];

/** `$2`: the event is published and the reader none of its own, so that only who agreed is named. */
const ENTRIES = `
SELECT n.slug, n.name, p.slug AS project, n.kind, b.label AS build,
  coalesce((SELECT array_agg(t.slug ORDER BY t.position) FROM entry_track et JOIN track t ON t.id = et.track_id WHERE et.entry_id = n.id), '{}') AS tracks
FROM entry n JOIN project p ON p.id = n.project_id LEFT JOIN build b ON b.id = n.current_build_id
WHERE n.event_id = $1 AND n.state = 'admitted' AND (NOT $2::bool OR n.kind <> 'participant' OR n.consent_named)
ORDER BY array_position(ARRAY['participant','helper','tool'], n.kind), n.name`;

/** What a page within the event says of it: one row, whatever the event holds. */
export async function loadHead(permit: Permit<"event.view">): Promise<EventHead> {
  const { rows } = await database().pool.query<Pick<LineRow, "slug" | "label" | "phase" | "zone">>({
    name: "event-head",
    text: "SELECT slug, label, phase, zone FROM interop_event WHERE id = $1",
    values: [permit.scope.eventId],
  });
  const row = rows[0];
  if (!row) throw new Refusal("not_found", "There is no such event.");
  return { ...row, zone: shownZone(permit, row.zone), roles: [...permit.roles] };
}

/** The event's page in five queries. Progress is told only to those who may see the results. */
export async function loadEvent(permit: Permit<"event.view">): Promise<EventPage> {
  const { pool } = database();
  const { eventId, isOpen } = permit.scope;
  const [line, tracks, progress, entries] = await Promise.all([
    pool.query<LineRow & { sponsors: unknown; statements: unknown }>({
      name: "event",
      text: `SELECT ${LINE}, e.sponsors, e.statements FROM interop_event e WHERE e.id = $1`,
      values: [eventId],
    }),
    pool.query<TrackLine>({ name: "event-tracks", text: TRACKS, values: [eventId] }),
    loadProgress(permit),
    pool.query<EntryRow>({
      name: "event-entries",
      text: ENTRIES,
      values: [eventId, permit.scope.phase === "published" && !isInsider(permit)],
    }),
  ]);
  const row = line.rows[0];
  if (!row) throw new Refusal("not_found", "There is no such event.");
  return {
    ...lineOf(row),
    zone: shownZone(permit, row.zone),
    homeZone: row.zone,
    visibility: row.visibility,
    isOpen,
    sponsors: sponsorSchema.array().parse(row.sponsors),
    statements: statementSchema.array().parse(row.statements),
    roles: [...permit.roles],
    trackLines: tracks.rows.map((track) => ({
      slug: track.slug,
      title: track.title,
      intro: track.intro,
      restricted: track.restricted,
      leads: [...(track.leads ?? []), ...track.lead_names],
      tests: track.tests,
      entries: track.entries,
      progress: maySeeProgress(permit, track) ? (progress.get(track.id) ?? null) : null,
    })),
    entryLines: entries.rows,
  };
}

/** Counts of a restricted track say as much as its cells: only who sees all of them sees how many. */
function maySeeProgress(
  { roles, actor }: Permit<"event.view">,
  track: { id: string; restricted: boolean },
) {
  const isLead = actor.kind === "person" && actor.leadOf.has(track.id);
  if (roles.has("organizer") || isLead) return true;
  if (track.restricted) return false;
  return (
    roles.has("audience") || roles.has("participant") || roles.has("lead") || roles.has("agent")
  );
}

const OWN_ENTRIES = `
SELECT n.slug, n.name, n.state, (SELECT count(*)::int ${AWAITED}) AS awaiting
FROM entry n JOIN entry_member m ON m.entry_id = n.id
WHERE n.event_id = $1 AND m.person_id = $2 AND n.state <> 'withdrawn' ORDER BY n.name`;

const OWN_TRACKS = `
SELECT t.slug, t.title,
  (SELECT count(*)::int FROM cell c JOIN test_case k ON k.id = c.test_case_id AND k.retired_at IS NULL
   WHERE c.track_id = t.id AND c.state = 'disputed') AS disputed,
  (SELECT count(DISTINCT r.test)::int FROM result r WHERE r.track_id = t.id AND r.cell_id IS NULL) AS unmapped
FROM track t JOIN track_lead l ON l.track_id = t.id
WHERE t.event_id = $1 AND l.person_id = $2 ORDER BY t.position, t.title`;

const REQUESTS =
  "SELECT count(*)::int AS requests FROM entry WHERE event_id = $1 AND state = 'requested'";

const NO_PART: OwnPart = { entries: [], tracks: [], requests: null };

/** What waits for the reader in this event, by the roles they hold in it: three queries at most. */
export async function loadOwnPart({ actor, roles, scope }: Permit<"event.view">): Promise<OwnPart> {
  if (actor.kind !== "person") return NO_PART;
  const { pool } = database();
  const own = [scope.eventId, actor.personId];
  const [entries, tracks, requests] = await Promise.all([
    pool.query<OwnPart["entries"][number]>({ name: "own-entries", text: OWN_ENTRIES, values: own }),
    pool.query<OwnPart["tracks"][number]>({ name: "own-tracks", text: OWN_TRACKS, values: own }),
    pool.query<{ requests: number }>({ name: "requests", text: REQUESTS, values: [scope.eventId] }),
  ]);
  return {
    entries: entries.rows,
    tracks: tracks.rows,
    requests: roles.has("organizer") ? (requests.rows[0]?.requests ?? 0) : null,
  };
}

type SettingsRow = Omit<SettingsPage, "startsOn" | "endsOn" | "sponsors" | "testingEndedAt"> & {
  starts_at: Date | null;
  ends_at: Date | null;
  testing_ended_at: Date | null;
  sponsors: unknown;
};

const SETTINGS = `
SELECT e.label, e.intro, e.place, e.zone, e.visibility, e.phase, e.entry_policy AS "entryPolicy", e.unmapped_names AS "unmappedNames",
  e.starts_at, e.ends_at, e.testing_ended_at, e.sponsors, s.name AS series,
  (SELECT count(*)::int FROM entry n WHERE n.event_id = e.id AND n.state IN ('requested', 'admitted')) AS entries,
  EXISTS (SELECT FROM run r JOIN result x ON x.run_key = r.key WHERE r.event_id = e.id) AS "hasResults",
  (SELECT count(*)::int FROM summary v WHERE v.event_id = e.id) AS versions
FROM interop_event e LEFT JOIN series s ON s.id = e.series_id WHERE e.id = $1`;

/** The organizer's desk in one query. */
export async function loadSettings({ scope }: Permit<"event.manage">): Promise<SettingsPage> {
  const { rows } = await database().pool.query<SettingsRow>(SETTINGS, [scope.eventId]);
  const [row] = rows;
  if (!row) throw new Refusal("not_found", "There is no such event.");
  const { starts_at, ends_at, testing_ended_at, sponsors, ...settings } = row;
  const day = (at: Date | null) => (at ? dayOf(at.toISOString(), row.zone) : "");
  return {
    ...settings,
    startsOn: day(starts_at),
    endsOn: day(ends_at),
    testingEndedAt: testing_ended_at?.toISOString() ?? null,
    sponsors: sponsorSchema.array().parse(sponsors),
  };
}
