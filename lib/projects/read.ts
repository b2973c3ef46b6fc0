import type { Actor, SitePermit } from "@/lib/auth/permit";
import { Refusal } from "@/lib/core/refusal";
import { database } from "@/lib/db/client";
import { findNear, findSame } from "./rules";
import type { ProjectLine, ProjectNames, ProjectPage } from "./schema";

/**
 * The entries that somebody may know of: admitted ones of events that are no drafts to them, and,
 * once the event is published, only those that agreed to be named, except for the event's own people.
 */
const SEEN = `
n.state = 'admitted' AND (e.phase <> 'draft' OR e.id = ANY($1::uuid[]))
AND (e.phase <> 'published' OR n.consent_named OR e.id = ANY($2::uuid[]))`;

function seenBy(actor: Actor): [drafts: string[], own: string[]] {
  if (actor.kind !== "person") return [[], []];
  const prepares = [...actor.organizerOf, ...actor.leadOf.values()];
  return [prepares, [...prepares, ...actor.memberOf.values()]];
}

const LINES = `
SELECT p.slug, p.name, p.aliases, p.intro, count(DISTINCT e.id)::int AS events
FROM project p JOIN entry n ON n.project_id = p.id JOIN interop_event e ON e.id = n.event_id
WHERE ${SEEN} GROUP BY p.id ORDER BY p.name, p.slug LIMIT 2000`;

/** The projects with an entry that the reader may see. */
export async function listProjects({ actor }: SitePermit<"project.view">): Promise<ProjectLine[]> {
  const { rows } = await database().pool.query<ProjectLine>({
    name: "projects",
    text: LINES,
    values: seenBy(actor),
  });
  return rows;
}

export const PROJECT_NAMES =
  "SELECT slug, name, aliases FROM project ORDER BY name, slug LIMIT 5000";

/** Every project by its names, for somebody who looks for theirs. */
export async function listProjectNames(_: SitePermit<"project.add">): Promise<ProjectNames[]> {
  const { rows } = await database().pool.query<ProjectNames>(PROJECT_NAMES);
  return rows;
}

/** The projects that may be meant by a name, in any spelling and by any alias; the likeliest first. */
export async function searchProjects(
  permit: SitePermit<"project.add">,
  name: string,
): Promise<ProjectNames[]> {
  const projects = await listProjectNames(permit);
  const same = findSame(name, projects);
  return same ? [same] : findNear(name, projects);
}

type PageRow = {
  slug: string;
  name: string;
  aliases: string[];
  intro: string;
  homepage_url: string | null;
  tracker_url: string | null;
  security_contact: string | null;
  is_mine: boolean;
  entries: ProjectPage["entries"] | null;
};

const PAGE = `
SELECT p.slug, p.name, p.aliases, p.intro, p.homepage_url, p.tracker_url, p.security_contact,
  EXISTS (SELECT FROM entry n WHERE n.project_id = p.id AND n.id = ANY($4::uuid[])) AS is_mine,
  (SELECT json_agg(json_build_object('event', e.slug, 'eventLabel', e.label, 'phase', e.phase, 'zone', e.zone,
      'startsAt', to_char(e.starts_at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'endsAt', to_char(e.ends_at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'slug', n.slug, 'name', n.name, 'kind', n.kind, 'build', b.label,
      'tracks', coalesce((SELECT json_agg(json_build_object('slug', t.slug, 'title', t.title) ORDER BY t.position, t.title)
        FROM entry_track et JOIN track t ON t.id = et.track_id WHERE et.entry_id = n.id), '[]'))
    ORDER BY coalesce(e.starts_at, e.created_at) DESC, n.name)
   FROM entry n JOIN interop_event e ON e.id = n.event_id LEFT JOIN build b ON b.id = n.current_build_id
   WHERE n.project_id = p.id AND ${SEEN}) AS entries
FROM project p WHERE p.slug = $3`;

/** A project with its entries through the events, in one query. */
export async function loadProject(
  { actor }: SitePermit<"project.view">,
  slug: string,
): Promise<ProjectPage> {
  const own = actor.kind === "person" ? [...actor.memberOf.keys()] : [];
  const { rows } = await database().pool.query<PageRow>({
    name: "project",
    text: PAGE,
    values: [...seenBy(actor), slug, own],
  });
  const [row] = rows;
  if (!row) throw new Refusal("not_found", `There is no project '${slug}'.`);
  return {
    slug: row.slug,
    name: row.name,
    aliases: row.aliases,
    intro: row.intro,
    homepageUrl: row.homepage_url,
    trackerUrl: row.tracker_url,
    securityContact: row.security_contact,
    isMine: row.is_mine,
    entries: row.entries ?? [],
  };
}
