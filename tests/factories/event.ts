import { randomUUID } from "node:crypto";
import { SCOPES } from "@/lib/agents/schema";
import { createAgent } from "@/lib/agents/write/create";
import { grant, grantSite } from "@/lib/auth/permit";
import { loadScope } from "@/lib/auth/scope";
import { entrySchema } from "@/lib/entries/schema";
import { admitEntry } from "@/lib/entries/write/admit";
import { eventInputSchema, type Phase, type Visibility } from "@/lib/events/schema";
import { createEvent } from "@/lib/events/write/create";
import { projectSchema } from "@/lib/projects/schema";
import { addProject } from "@/lib/projects/write";
import { type CatalogueTest, catalogueTestSchema, catalogueTrackSchema } from "@/lib/tracks/schema";
import { addTrack } from "@/lib/tracks/write/add";

const operator = { kind: "operator" } as const;

/** A test case of the track `calls`: roles uac and uas unless told otherwise. */
export const makeTest = (key: string, over: Partial<CatalogueTest> = {}): CatalogueTest =>
  catalogueTestSchema.parse({
    key,
    title: `Test ${key}`,
    kind: "pair",
    level: "must",
    roles: [
      { key: "uac", min: 1, max: 1 },
      { key: "uas", min: 1, max: 1 },
    ],
    purpose: "To see whether it works.",
    steps: [{ phase: "stimulus", text: "Call." }],
    expected: "An answer.",
    passCriteria: "200",
    failCriteria: "Anything else",
    ...over,
  });

type Options = {
  phase?: Phase;
  visibility?: Visibility;
  tests?: CatalogueTest[];
  restricted?: boolean;
  entries?: { slug: string; kind?: "participant" | "tool"; roles?: string[] }[];
};

const PAIR = [{ slug: "alpha" }, { slug: "beta" }];

/**
 * An event of its own, made through lib's writes: track `calls` with tests C-1 and C-2, entries alpha
 * and beta (build 1.0 each, current) in both roles. `tokenOf` makes an agent; null is a neutral one.
 */
export async function makeEvent({
  phase = "testing",
  visibility = "members",
  tests = [makeTest("C-1"), makeTest("C-2")],
  restricted = false,
  entries = PAIR,
}: Options = {}) {
  const slug = `event-${randomUUID().slice(0, 8)}`;
  const series = { slug: `series-${slug}`, name: slug };
  const input = eventInputSchema.parse({ slug, label: slug, phase, visibility });
  const { eventId } = await createEvent(grantSite(operator, "event.create"), series, input);
  const scope = await loadScope(slug, undefined);
  const track = catalogueTrackSchema.parse({
    slug: "calls",
    title: "Calls",
    intro: "Calls between two.",
    restricted,
    roles: [
      { key: "uac", label: "User agent client" },
      { key: "uas", label: "User agent server" },
      { key: "proxy", label: "Proxy" },
    ],
    tests,
  });
  const trackId = await addTrack(grant(operator, "event.prepare", scope), track, { position: 0 });
  const entryIds: Record<string, string> = {};
  for (const { slug: entry, kind = "participant", roles = ["uac", "uas"] } of entries) {
    const project = projectSchema.parse({ slug: `${entry}-${slug}`, name: entry });
    const projectId = await addProject(grantSite(operator, "project.add"), project);
    entryIds[entry] = await admitEntry(
      grant(operator, "entry.admit", scope),
      projectId,
      entrySchema.parse({
        slug: entry,
        name: entry,
        kind,
        tracks: { calls: roles },
        builds: [{ label: "1.0" }],
        currentBuild: "1.0",
      }),
    );
  }
  const tokenOf = async (entrySlug: string | null) => {
    const permit = grant(operator, "agent.create", scope);
    const { token } = await createAgent(permit, {
      entry: entrySlug,
      name: entrySlug ?? "neutral",
      scopes: [...SCOPES],
    });
    return token;
  };
  return { slug, eventId, trackId, entryIds, tokenOf };
}
export type MadeEvent = Awaited<ReturnType<typeof makeEvent>>;
