import { grant, type Permit } from "@/lib/auth/permit";
import { allows } from "@/lib/auth/policy";
import { loadScope } from "@/lib/auth/scope";
import { drawBaseline, loadBaseline } from "@/lib/baselines/read/draw";
import { Refusal } from "@/lib/core/refusal";
import { momentIn } from "@/lib/core/zone";
import { database } from "@/lib/db/client";
import { drawPlan } from "@/lib/matrices/read/matrix";
import { loadPlan, type Plan } from "@/lib/matrices/read/source";
import type { Matrix } from "@/lib/matrices/schema";
import {
  AS_THEY_ARE,
  buildIn,
  compareGrids,
  entryCompared,
  type Renaming,
  renamingOf,
} from "../rules";
import { BASELINE_SIDE, type DiffPage, type DiffQuery, type MatrixDiff } from "../schema";
import { drawBuild, listBuilds } from "./build";

type Viewing = Permit<"matrix.view">;

/**
 * Where the log of a track stood at two clock times, by the first row after each: an earlier position
 * holds all that was committed before it (ADR 4). Null when nothing came after.
 */
const AROUND = `
SELECT
  (SELECT l.xid::text FROM event_log l WHERE l.track_id = $1 AND l.at >= $2::timestamptz ORDER BY l.xid LIMIT 1) AS one,
  (SELECT l.xid::text FROM event_log l WHERE l.track_id = $1 AND l.at >= $3::timestamptz ORDER BY l.xid LIMIT 1) AS other,
  (SELECT array_agg(DISTINCT to_char(l.at AT TIME ZONE $4, 'YYYY-MM-DD'))
   FROM event_log l WHERE l.track_id = $1 AND l.kind = 'cell' AND NOT $5) AS days,
  (SELECT json_agg(json_build_object('slug', e.slug, 'label', e.label) ORDER BY e.starts_at DESC, e.slug)
   FROM interop_event own JOIN interop_event e ON e.series_id = own.series_id AND e.id <> own.id
   WHERE own.id = $6 AND e.phase = 'published') AS editions`;

type Around = {
  one: string | null;
  other: string | null;
  days: string[] | null;
  editions: DiffPage["editions"] | null;
};

/** The day of the track's last change, or today's date where nothing changed or whose change it was is not told. */
const LAST_DAY = `
SELECT to_char(coalesce((SELECT max(l.at) FROM event_log l WHERE l.track_id = $1 AND l.kind = 'cell' AND NOT $3), now())
  AT TIME ZONE $2, 'YYYY-MM-DD') AS day`;

/** What is compared with now unless something else is asked for: the beginning makes everything new. */
async function lastDay({ id, zone, only }: Plan): Promise<string> {
  const values = [id, zone, only !== null];
  const { rows } = await database().pool.query<{ day: string }>(LAST_DAY, values);
  return rows[0]?.day ?? "0";
}

const CLOCK = /^\d{4}-/;

/** The moment that a side names by the clock; null for one that does not. */
function clockOf(side: string, zone: string): string | null {
  if (!CLOCK.test(side)) return null;
  const at = momentIn(zone, side.length === 10 ? `${side}T00:00` : side);
  if (Number.isNaN(Date.parse(at))) {
    throw new Refusal("not_found", `There is no such moment: ${side}.`);
  }
  return at;
}

const editionOf = (side: string) =>
  side.startsWith("edition:") ? side.slice("edition:".length) : null;

const whereOf = async (permit: Viewing, trackSlug: string): Promise<Where> => ({
  ...{ permit, trackSlug },
  plan: await loadPlan(permit, trackSlug),
});

/** How two matrices of a track differ. */
export async function loadDiff(
  permit: Viewing,
  trackSlug: string,
  query: DiffQuery,
): Promise<MatrixDiff> {
  const { diff } = await compareSides(await whereOf(permit, trackSlug), query);
  return diff;
}

/** The same, with what else may be compared. */
export async function loadDiffPage(
  permit: Viewing,
  trackSlug: string,
  query: DiffQuery,
): Promise<DiffPage> {
  const where = await whereOf(permit, trackSlug);
  return {
    ...(await compareSides(where, query)),
    builds: await listBuilds(where),
    baseline: await loadBaseline(where.plan),
    maySetBaseline: allows("baseline.set", permit.roles, permit.scope.phase),
  };
}

type Compared = Pick<DiffPage, "diff" | "days" | "editions">;

async function compareSides(where: Where, query: DiffQuery): Promise<Compared> {
  const { permit, plan } = where;
  const [from, to] = [query.from ?? (await lastDay(plan)), query.to ?? "now"];
  const { rows } = await database().pool.query<Around>(AROUND, [
    plan.id,
    clockOf(from, plan.zone),
    clockOf(to, plan.zone),
    plan.zone,
    // Whose days they are would be told of others' cells.
    plan.only !== null,
    permit.scope.eventId,
  ]);
  const around = rows[0];
  const before = await drawSide(where, from, around?.one ?? null);
  const after = await drawSide(where, to, around?.other ?? null);
  const renaming = renamed(before, after);
  const entry = entryCompared(from, to);
  // A build before an edition is called as the edition calls its entry.
  const called = buildIn(from) === null ? undefined : renaming.entries.get(entry ?? "");
  const isExpected = from === BASELINE_SIDE;
  const then = { ...renaming, only: called ?? entry, isExpected };
  return {
    diff: {
      from: endOf(from, before.matrix),
      to: endOf(to, after.matrix),
      ...compareGrids(before.matrix.grids, after.matrix.grids, then),
    },
    days: (around?.days ?? []).toSorted().reverse(),
    editions: around?.editions ?? [],
  };
}

const endOf = (side: string, { event, track, asOf }: Matrix) => ({ side, event, track, asOf });

const renamed = (before: Side, after: Side): Renaming =>
  before.plan.id === after.plan.id ? AS_THEY_ARE : renamingOf(before.names, after.names);

type Names = Parameters<typeof renamingOf>[0];
type Side = { plan: Plan; matrix: Matrix; names: Names };
type Where = { permit: Viewing; trackSlug: string; plan: Plan };

async function drawSide(where: Where, side: string, then: string | null): Promise<Side> {
  const build = buildIn(side);
  if (build !== null || side === BASELINE_SIDE) {
    const { matrix } = await (build === null ? drawBaseline(where) : drawBuild(where, build));
    return { plan: where.plan, matrix, names: await listNames(where.plan.id) };
  }
  const edition = editionOf(side);
  const of = edition === null ? where : await openEdition(where, edition);
  const isNow = side === "now" || edition !== null || (CLOCK.test(side) && then === null);
  const { matrix } = await drawPlan(of.permit, of, isNow ? undefined : (then ?? side));
  return { plan: of.plan, matrix, names: await listNames(of.plan.id) };
}

const SAME_TRACK = `
SELECT t.slug FROM track own JOIN interop_event mine ON mine.id = own.event_id
JOIN interop_event e ON e.series_id = mine.series_id AND e.slug = $2 AND e.id <> mine.id
JOIN track t ON t.event_id = e.id
JOIN test_case c ON c.track_id = t.id JOIN test_case o ON o.lineage = c.lineage AND o.track_id = own.id
WHERE own.id = $1 GROUP BY t.id ORDER BY count(*) DESC, t.slug LIMIT 1`;

/** The same track at another event of the series; by the reader's own permit there, unseen is not there. */
async function openEdition({ permit, plan }: Where, eventSlug: string): Promise<Where> {
  const { rows } = await database().pool.query<{ slug: string }>(SAME_TRACK, [plan.id, eventSlug]);
  const missing = `No edition '${eventSlug}' with this track.`;
  const trackSlug = rows[0]?.slug;
  if (trackSlug === undefined) throw new Refusal("not_found", missing);
  try {
    const scope = await loadScope(eventSlug, trackSlug);
    const other = grant(permit.actor, "matrix.view", scope);
    return { permit: other, trackSlug, plan: await loadPlan(other, trackSlug) };
  } catch (error) {
    if (error instanceof Refusal) throw new Refusal("not_found", missing);
    throw error;
  }
}

const NAMES = `
SELECT
  coalesce((SELECT json_agg(json_build_object('key', c.key, 'lineage', c.lineage)) FROM test_case c
    WHERE c.track_id = t.id AND c.retired_at IS NULL), '[]') AS tests,
  coalesce((SELECT json_agg(json_build_object('slug', n.slug, 'project', n.project_id)) FROM entry n
    WHERE n.event_id = t.event_id AND n.state = 'admitted'), '[]') AS entries
FROM track t WHERE t.id = $1`;

async function listNames(trackId: string): Promise<Names> {
  const { rows } = await database().pool.query<Names>(NAMES, [trackId]);
  return rows[0] ?? { tests: [], entries: [] };
}
