import { createHash } from "node:crypto";
import type { Permit } from "@/lib/auth/permit";
import { allows } from "@/lib/auth/policy";
import { shownZone } from "@/lib/auth/zone";
import { checksOf } from "@/lib/checks/rules";
import { database } from "@/lib/db/client";
import { phaseSchema } from "@/lib/events/schema";
import { summarize } from "../rules";
import type { Block, Check, Desk, Preview, SummaryBody, VersionLine } from "../schema";
import { findBlock, listBlocks } from "./blocks";
import { type Asked, type Loaded, loadSource } from "./source";

type Draft = {
  loaded: Loaded;
  blocks: Block[];
  body: SummaryBody;
  checks: Check[];
  digest: string;
};
type Drafting = Permit<"summary.draft"> | Permit<"summary.publish">;

/** The summary as it would be published now: seven queries, whatever the size of the event. */
export async function draftSummary(asked: Asked, permit: Drafting): Promise<Draft> {
  const loaded = await loadSource(asked, permit.scope.eventId);
  const blocks = await listBlocks(asked, permit, loaded.tracks);
  const source = {
    ...loaded.source,
    texts: blocks
      .filter(({ state }) => state === "ready")
      .map(({ track, title, body }) => ({ track: track?.slug ?? null, title, body })),
  };
  const desk = `/events/${permit.scope.eventSlug}/summary/desk`;
  const body = summarize(source);
  return {
    loaded,
    blocks,
    body,
    digest: createHash("sha256").update(JSON.stringify(body)).digest("hex"),
    checks: checksOf({
      source,
      unmapped: loaded.unmapped,
      texts: blocks.map((block) => ({ ...block, page: `${desk}/${block.key}` })),
    }),
  };
}

const VERSIONS = `
SELECT version, changelog, published_at FROM summary WHERE event_id = $1 ORDER BY version DESC`;
type VersionRow = { version: number; changelog: string; published_at: Date };

export async function listVersions(asked: Asked, eventId: string): Promise<VersionLine[]> {
  const { rows } = await asked.query<VersionRow>(VERSIONS, [eventId]);
  return rows.map(({ version, changelog, published_at }) => ({
    version,
    changelog,
    publishedAt: published_at.toISOString(),
  }));
}

/** Whom a text can be given to: organizers and leads. */
const PEOPLE = `
SELECT p.id, coalesce(p.name, p.email, 'somebody') AS name FROM person p WHERE p.id IN (
  SELECT person_id FROM organizer WHERE event_id = $1
  UNION SELECT l.person_id FROM track_lead l JOIN track t ON t.id = l.track_id WHERE t.event_id = $1)
ORDER BY name`;

/** The summary desk: texts, numbers, and what to look at before publishing. */
export async function loadDesk(permit: Permit<"summary.draft">): Promise<Desk> {
  const { pool } = database();
  const { eventId } = permit.scope;
  const { loaded, blocks, body, checks } = await draftSummary(pool, permit);
  const people = await pool.query<Desk["people"][number]>(PEOPLE, [eventId]);
  return {
    label: body.event.label,
    zone: shownZone(permit, body.event.zone),
    phase: phaseSchema.parse(loaded.phase),
    blocks,
    checks,
    figures: body.figures,
    coverage: body.coverage,
    passRate: body.passRate,
    tracks: body.tracks.map((track) => ({
      slug: track.slug,
      title: track.title,
      numbers: track.restricted ? null : { coverage: track.coverage, passRate: track.passRate },
    })),
    versions: await listVersions(pool, eventId),
    people: people.rows,
    isOrganizer: permit.roles.has("organizer"),
  };
}

/** One text, for its editor. */
export async function loadBlock(permit: Permit<"summary.draft">, key: string) {
  const desk = await loadDesk(permit);
  return { ...desk, block: findBlock(desk.blocks, key) };
}

/** The would-be snapshot, whole, with the digest that publishing asks for. */
export async function loadPreview(permit: Permit<"summary.draft">): Promise<Preview> {
  const { pool } = database();
  const { loaded, body, checks, digest } = await draftSummary(pool, permit);
  const [latest] = await listVersions(pool, permit.scope.eventId);
  const phase = phaseSchema.parse(loaded.phase);
  return {
    body,
    digest,
    checks: checks.length,
    nextVersion: (latest?.version ?? 0) + 1,
    phase,
    mayPublish: allows("summary.publish", permit.roles, phase),
    isOrganizer: permit.roles.has("organizer"),
  };
}
