import type { Permit } from "@/lib/auth/permit";
import { ownEntries, visibleEntries } from "@/lib/auth/visibility";
import { database } from "@/lib/db/client";
import { drawPlan, matrixOf } from "@/lib/matrices/read/matrix";
import { loadPacked } from "@/lib/matrices/read/packed";
import {
  CELL_COLUMNS,
  type CellRow,
  cellOf,
  HAS_PART,
  loadPlan,
  ONLY_OWN,
  type Plan,
  sourceOf,
} from "@/lib/matrices/read/source";
import { buildGrids, nameCells } from "@/lib/matrices/rules";
import type { Grid, TrackMatrix } from "@/lib/matrices/schema";
import { rollSheets } from "@/lib/sheets/rules";
import { isTooMuch } from "@/lib/tables/rules";
import { freshNews, NEWS_MINUTES, newsOf } from "./rules";
import type { KioskBoard, KioskTrack } from "./schema";

type Viewing = Permit<"matrix.view">;

type TrackRow = {
  id: string;
  slug: string;
  title: string;
  restricted: boolean;
  has_part: boolean;
};

/** `$2`: the reader's own entries; in which tracks they have a part, as `loadPlan` asks it. */
const TRACKS = `
SELECT t.id, t.slug, t.title, t.restricted, t.restricted AND EXISTS (SELECT FROM unnest($2::uuid[]) AS o (id) WHERE ${HAS_PART}) AS has_part
FROM track t WHERE t.event_id = $1 ORDER BY t.position, t.title`;

/**
 * One track as a screen in a room shows it, and which ones its reader may see at all. Without `wanted`, or
 * where that is none of these, the first. Five queries, whatever its size; six where cells have third parties
 * and are too many for a table.
 */
export async function loadBoard(
  permit: Viewing,
  wanted: string | undefined,
  now = new Date(),
): Promise<KioskBoard> {
  const { rows } = await database().pool.query<TrackRow>({
    name: "kiosk-tracks",
    text: TRACKS,
    values: [permit.scope.eventId, ownEntries(permit)],
  });
  const seen = rows.filter((track) => visibleEntries(permit, track) === null || track.has_part);
  const track = seen.find(({ slug }) => slug === wanted) ?? seen[0];
  return {
    tracks: seen.map(({ slug, title }) => ({ slug, title })),
    track: track ? await loadTrack(permit, track.slug, now) : null,
  };
}

async function loadTrack(permit: Viewing, trackSlug: string, now: Date): Promise<KioskTrack> {
  const plan = await loadPlan(permit, trackSlug);
  const { drawn, rolled } = await drawBoard(permit, { trackSlug, plan });
  const { matrix, title, restricted, version, sight, roleLabels } = drawn;
  return {
    ...{ slug: trackSlug, title, restricted, phase: permit.scope.phase, rolled, version, sight },
    ...{ grids: matrix.grids, labels: roleLabels, asOf: matrix.asOf },
    ...(await loadNews(permit, { trackSlug, plan }, { grids: matrix.grids, now })),
  };
}

type Where = { trackSlug: string; plan: Plan };

/** The grids with their cells; or without, and what those say, where there are too many to send. */
async function drawBoard(
  permit: Viewing,
  where: Where,
): Promise<{ drawn: TrackMatrix; rolled: KioskTrack["rolled"] }> {
  const { trackSlug, plan } = where;
  const frames = buildGrids(sourceOf(permit, trackSlug, { plan, cells: [] }));
  if (!isTooMuch(frames, {}))
    return { drawn: await drawPlan(permit, where, undefined), rolled: null };
  const packed = await loadPacked(permit, where, undefined);
  const drawn = matrixOf(permit, where, { grids: frames, asOf: plan.horizon });
  return { drawn, rolled: Object.fromEntries(rollSheets(packed)) };
}

type NewsRow = CellRow & { at: Date | null; is_now: boolean };

/** So many of the log's last rows are looked through, since it is not kept in the order of the clock. */
const LOOKED_THROUGH = 400;

/** A run that has sent nothing for as long does not go on, whatever it says. */
const RUNNING_MINUTES = 5;

/** Cells that have changed lately, and cells that runs which go on have just told something of. */
const NEWS = `
SELECT ${CELL_COLUMNS}, n.at, n.is_now FROM (
  SELECT x.id, max(x.at) AS at, bool_or(x.is_now) AS is_now FROM (
    SELECT l.subject::uuid AS id, l.at, false AS is_now FROM (
      SELECT subject, at FROM event_log WHERE track_id = $1 AND kind = 'cell' ORDER BY xid DESC, id DESC LIMIT ${LOOKED_THROUGH}) l
    WHERE l.at > $4::timestamptz - interval '${NEWS_MINUTES} minutes'
    UNION ALL
    SELECT r.cell_id, NULL, true FROM run k JOIN result r ON r.run_key = k.key
    WHERE k.event_id = $3 AND k.track_id = $1 AND k.state = 'open' AND r.cell_id IS NOT NULL
      AND r.received_at > $4::timestamptz - interval '${RUNNING_MINUTES} minutes') x
  GROUP BY x.id) n
JOIN cell c ON c.id = n.id WHERE c.track_id = $1 AND ${ONLY_OWN} ORDER BY n.at DESC NULLS LAST, c.id LIMIT ${LOOKED_THROUGH}`;

/** As many names as one takes in at a glance. */
const MOST_AT_IT = 4;

async function loadNews(
  permit: Viewing,
  { trackSlug, plan }: Where,
  { grids, now }: { grids: readonly Grid[]; now: Date },
): Promise<Pick<KioskTrack, "recent" | "now">> {
  const { rows } = await database().pool.query<NewsRow>({
    name: "kiosk-news",
    text: NEWS,
    values: [plan.id, plan.only, permit.scope.eventId, now],
  });
  const told = new Map(rows.map(({ id, at, is_now }) => [id, { at, isNow: is_now }]));
  const cells = rows.map(cellOf).filter((cell) => cell !== null);
  const news = nameCells(sourceOf(permit, trackSlug, { plan, cells })).flatMap((named) => {
    const of = told.get(named.cell.id);
    const one = newsOf(grids, named, of?.at?.getTime() ?? 0);
    return one && of ? [{ one, isNow: of.isNow }] : [];
  });
  const atIt = news.filter(({ isNow }) => isNow).map(({ one }) => one.who);
  return {
    recent: freshNews(
      news.map(({ one }) => one),
      now.getTime(),
    ),
    now: [...new Set(atIt)].slice(0, MOST_AT_IT),
  };
}
