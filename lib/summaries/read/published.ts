import type { Permit } from "@/lib/auth/permit";
import { Refusal } from "@/lib/core/refusal";
import { database } from "@/lib/db/client";
import { type PublishedSummary, summaryBodySchema } from "../schema";

type Row = {
  version: number;
  body: unknown;
  changelog: string;
  published_at: Date;
  versions: { version: number; changelog: string; publishedAt: string }[];
};

const PUBLISHED = `
SELECT s.version, s.body, s.changelog, s.published_at,
  (SELECT json_agg(json_build_object('version', v.version, 'changelog', v.changelog, 'publishedAt', v.published_at) ORDER BY v.version DESC)
   FROM summary v WHERE v.event_id = s.event_id) AS versions
FROM summary s WHERE s.event_id = $1 AND ($2::int IS NULL OR s.version = $2) ORDER BY s.version DESC LIMIT 1`;

/**
 * A published version, the latest without `version`; null when there is none. One query, of the
 * snapshots alone: what has changed since then is not seen.
 */
async function findPublished(
  { scope }: Permit<"summary.view">,
  version: number | null,
): Promise<PublishedSummary | null> {
  const { rows } = await database().pool.query<Row>({
    name: "published-summary",
    text: PUBLISHED,
    values: [scope.eventId, version],
  });
  const [row] = rows;
  if (!row) return null;
  return {
    version: row.version,
    changelog: row.changelog,
    publishedAt: row.published_at.toISOString(),
    body: summaryBodySchema.parse(row.body),
    versions: row.versions.map(({ publishedAt, ...line }) => ({
      ...line,
      publishedAt: new Date(publishedAt).toISOString(),
    })),
  };
}

/** The same, where a version that is not there is refused. */
export async function loadPublished(
  permit: Permit<"summary.view">,
  version: number | null,
): Promise<PublishedSummary> {
  const summary = await findPublished(permit, version);
  if (summary) return summary;
  const which =
    version === null ? "This event has no summary yet." : `There is no version ${version}.`;
  throw new Refusal("not_found", which);
}

/** The latest one; before there is any, null for those who write it. */
export async function loadLatest(permit: Permit<"summary.view">): Promise<PublishedSummary | null> {
  const writes = permit.roles.has("organizer") || permit.roles.has("lead");
  return writes ? findPublished(permit, null) : loadPublished(permit, null);
}
