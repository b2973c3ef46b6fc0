import type { Permit } from "@/lib/auth/permit";
import { allows } from "@/lib/auth/policy";
import { Refusal } from "@/lib/core/refusal";
import { database } from "@/lib/db/client";
import type { TestBody, TestPage, TrackPage } from "../schema";

type TestRow = Omit<TestPage, keyof TestBody | "roles"> & {
  body: TestBody;
  roles: { key: string; min: number; max: number }[];
};
type Row = Omit<TrackPage, "tests" | "leads" | "roles" | "mayLead" | "isMeasured"> & {
  roles: TrackPage["roles"] | null;
  lead_names: string[];
  leads: string[] | null;
  tests: TestRow[] | null;
  has_figures: boolean;
};

const TRACK = `
SELECT t.slug, t.title, t.intro, t.restricted, t.profile, t.notes, t.lead_names,
  (SELECT array_agg(coalesce(p.name, 'a lead without a name') ORDER BY p.name) FROM track_lead l JOIN person p ON p.id = l.person_id WHERE l.track_id = t.id) AS leads,
  (SELECT json_agg(json_build_object('key', r.key, 'label', r.label) ORDER BY r.position) FROM track_role r WHERE r.track_id = t.id) AS roles,
  (SELECT json_agg(json_build_object('key', c.key, 'version', c.version, 'title', c.title, 'kind', c.kind, 'directional', c.directional,
     'level', c.level, 'measured', c.measured, 'aliases', c.aliases, 'roles', c.roles, 'variants', c.variants, 'body', c.body) ORDER BY c.position, c.key)
   FROM test_case c WHERE c.track_id = t.id AND c.retired_at IS NULL) AS tests,
  (NOT t.restricted AND EXISTS (SELECT FROM result r WHERE r.track_id = t.id AND r.metrics IS NOT NULL)) AS has_figures
FROM track t WHERE t.event_id = $1 AND t.slug = $2`;

/** The test plan of a track, in one query. It is no secret, even where the results are restricted. */
export async function loadTrack(
  permit: Permit<"track.view">,
  trackSlug: string,
): Promise<TrackPage> {
  const { rows } = await database().pool.query<Row>({
    name: "track-page",
    text: TRACK,
    values: [permit.scope.eventId, trackSlug],
  });
  const [row] = rows;
  if (!row) throw new Refusal("not_found", `No track '${trackSlug}' in this event.`);
  const { lead_names, leads, roles, tests, has_figures, ...track } = row;
  const labels = new Map((roles ?? []).map(({ key, label }) => [key, label]));
  return {
    ...track,
    roles: roles ?? [],
    leads: [...(leads ?? []), ...lead_names],
    isMeasured:
      has_figures ||
      (tests ?? []).some(({ measured, body }) => measured || body.measurements.length > 0),
    mayLead: allows("track.lead", permit.roles, permit.scope.phase),
    tests: (tests ?? []).map(({ body, ...test }) => ({
      ...body,
      ...test,
      roles: test.roles.map((role) => ({ ...role, label: labels.get(role.key) ?? role.key })),
    })),
  };
}
