import type { SummaryEntry, SummarySource, SummaryTrack } from "@/lib/summaries/rules";

type CellOf = SummaryTrack["cells"][number];

/** An entry as a summary's source has it; id `id-<slug>`, build `1.0`, in both roles of `calls`. */
export const entryOf = (slug: string, over: Partial<SummaryEntry> = {}): SummaryEntry => ({
  id: `id-${slug}`,
  number: 1,
  entry: slug,
  name: slug,
  kind: "participant",
  build: "1.0",
  currentBuildId: `${slug}-1`,
  project: { slug, name: slug, aliases: [] },
  consent: { named: true, passing: true, failing: true },
  tracks: { calls: ["uac", "uas"] },
  builds: { [`${slug}-1`]: "1.0", [`${slug}-2`]: "2.0" },
  ...over,
});

/** A cell of test C-1 (or another) between two entries. */
export const cellOf = (uac: string, uas: string, over: Partial<CellOf> = {}): CellOf => ({
  id: `${uac}-${uas}-${over.testCaseId ?? "C-1"}`,
  testCaseId: "C-1",
  variant: {},
  parties: [
    { role: "uac", entry: `id-${uac}` },
    { role: "uas", entry: `id-${uas}` },
  ],
  signature: "uac+uas",
  state: "confirmed",
  outcome: "pass",
  sides: 2,
  sidesOf: 2,
  attempts: 1,
  flaky: false,
  knownIssue: false,
  tested: {},
  testVersion: 1,
  latestAt: "2026-11-20T10:00:00.000Z",
  ...over,
});

const testOf = (key: string) => ({
  id: key,
  number: 1,
  key,
  version: 1,
  title: `Test ${key}`,
  level: "must" as const,
  measured: false,
  variants: {},
  directional: true,
  roles: [
    { key: "uac", min: 1, max: 1 },
    { key: "uas", min: 1, max: 1 },
  ],
});

/** A track `calls` with the tests C-1 and C-2. */
export const trackOf = (over: Partial<SummaryTrack> = {}): SummaryTrack => ({
  slug: "calls",
  title: "Calls",
  restricted: false,
  leads: [],
  roles: [
    { key: "uac", label: "Client", position: 0 },
    { key: "uas", label: "Server", position: 1 },
  ],
  tests: [testOf("C-1"), testOf("C-2")],
  cells: [],
  ...over,
});

export const sourceOf = (over: Partial<SummarySource> = {}): SummarySource => ({
  event: {
    slug: "e",
    label: "E",
    intro: "",
    place: "",
    zone: "UTC",
    startsAt: null,
    endsAt: null,
  },
  sponsors: [],
  statements: [],
  organizers: [],
  entries: [entryOf("alpha"), entryOf("beta")],
  tracks: [trackOf()],
  issues: [],
  tries: [],
  texts: [],
  ...over,
});
