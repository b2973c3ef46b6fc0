import { buildsOf, groupOf } from "@/lib/cells/rules";
import { type Concealing, type Consenting, concealing, unnamedOf } from "@/lib/consents/rules";
import type { Sponsor, Statement } from "@/lib/events/schema";
import {
  coverageWords,
  figuresOfIssues,
  figuresOfNumbers,
  NO_NUMBERS,
  passRateWords,
  sumOf,
} from "@/lib/figures/rules";
import { buildGrids } from "@/lib/matrices/rules";
import type { Grid, SourceCell, SourceEntry, SourceTest } from "@/lib/matrices/schema";
import { fallenBack, type Try } from "@/lib/regressions/rules";
import { tallyGrid } from "@/lib/tallies/rules";
import {
  type IssueLine,
  type Numbers,
  type OpenTrack,
  type Regression,
  SUMMARY_FORMAT,
  type SummaryBody,
} from "./schema";

export type SummaryEntry = Omit<SourceEntry, "plays"> &
  Consenting & {
    /** track slug -> roles that it plays there */
    tracks: Readonly<Record<string, readonly string[]>>;
    /** build id -> label */
    builds: Readonly<Record<string, string>>;
  };

export type SummaryTrack = {
  slug: string;
  title: string;
  restricted: boolean;
  leads: readonly string[];
  roles: readonly { key: string; label: string; position: number }[];
  tests: readonly SourceTest[];
  /** None of a restricted track. */
  cells: readonly SourceCell[];
};

export type SummaryIssue = {
  number: number;
  title: string;
  kind: string;
  severity: string;
  state: IssueLine["state"];
  track: string | null;
  project: { slug: string; name: string } | null;
  targetName: string | null;
  links: readonly { kind: string; label: string; url: string | null }[];
  credits: readonly { deed: "found" | "fixed" | "helped"; name: string }[];
};

/** A text that is ready; `track` is null for one about the event. */
export type SummaryText = { track: string | null; title: string; body: string };

/** What a summary is made from: nothing of restricted tracks but that they are there. */
export type SummarySource = {
  event: SummaryBody["event"];
  sponsors: readonly Sponsor[];
  statements: readonly Statement[];
  organizers: readonly string[];
  entries: readonly SummaryEntry[];
  tracks: readonly SummaryTrack[];
  issues: readonly SummaryIssue[];
  tries: readonly Try[];
  texts: readonly SummaryText[];
};

type Drawn = {
  source: SummarySource;
  unnamed: ReadonlySet<string>;
  unnamedProjects: ReadonlySet<string>;
} & Pick<Concealing, "hide">;

/** The snapshot that is published: everything that the public page and its twins show. */
export function summarize(source: SummarySource): SummaryBody {
  const { event, entries, statements, issues } = source;
  const without = unnamedOf(entries);
  const unnamed = new Set(without.map(({ id }) => id));
  const shown = entries.filter(({ id }) => !unnamed.has(id));
  const told = new Set(shown.map(({ project }) => project.slug));
  const { hide } = concealing(entries);
  const drawn: Drawn = {
    source,
    unnamed,
    unnamedProjects: new Set(
      without.map(({ project }) => project.slug).filter((slug) => !told.has(slug)),
    ),
    hide,
  };
  const tracks = source.tracks.map((track) => drawTrack(drawn, track));
  const numbers = sumOf(tracks.map(({ numbers: own }) => own));
  return {
    format: SUMMARY_FORMAT,
    event: { ...event, intro: hide(event.intro) },
    entries: shown
      .filter(({ kind }) => kind === "participant")
      .map(({ name, project, build }) => ({ entry: name, project: project.name, build })),
    unnamed: without.filter(({ kind }) => kind === "participant").length,
    figures: figuresOfNumbers(numbers, null),
    coverage: coverageWords(numbers),
    passRate: passRateWords(numbers),
    texts: textsOf(drawn, null),
    statements: statements.map((one) => ({
      ...one,
      about: hide(one.about),
      text: hide(one.text),
      source: hide(one.source),
    })),
    tracks: tracks.map(({ body }) => body),
    issues: issues.filter(({ track }) => track === null).map((issue) => drawIssue(drawn, issue)),
    thanks: thanksOf(drawn),
  };
}

const textsOf = ({ source, hide }: Drawn, track: string | null) =>
  source.texts
    .filter((text) => text.track === track && text.body !== "")
    .map(({ title, body }) => ({ title: hide(title), body: hide(body) }));

function thanksOf({ source, hide }: Drawn): SummaryBody["thanks"] {
  const credits = source.issues.flatMap((issue) => issue.credits);
  const credited = (wanted: string) => [
    ...new Set(credits.filter(({ deed }) => deed === wanted).map(({ name }) => hide(name))),
  ];
  return {
    sponsors: source.sponsors.map(({ name, url, note }) => ({
      name: hide(name),
      url: hide(url) === url ? url : "",
      note: hide(note),
    })),
    organizers: source.organizers.map(hide),
    found: credited("found"),
    fixed: credited("fixed"),
    helped: credited("helped"),
  };
}

type DrawnTrack = { body: SummaryBody["tracks"][number]; numbers: Numbers };

function drawTrack(drawn: Drawn, track: SummaryTrack): DrawnTrack {
  const { source, hide } = drawn;
  const { slug, title } = track;
  const head = { slug, title, leads: track.leads.map(hide), texts: textsOf(drawn, slug) };
  if (track.restricted) return { body: { ...head, restricted: true }, numbers: NO_NUMBERS };
  const entries = entriesIn(drawn, track);
  const labels = new Map(track.roles.map(({ key, label }) => [key, label]));
  const hidden = entries.filter(({ id }) => drawn.unnamed.has(id)).map(({ entry }) => entry);
  const names = { unnamed: new Set(hidden), labels };
  const grids = gridsOf(source.event.slug, track, entries).map((grid) => tallyGrid(grid, names));
  const numbers = sumOf(grids.map(({ numbers: own }) => own));
  const issues = source.issues.filter((issue) => issue.track === slug);
  const at = `/events/${source.event.slug}`;
  return {
    numbers,
    body: {
      ...head,
      restricted: false,
      ...peopleOf(drawn, track),
      figures: figuresOfNumbers(numbers, {
        matrix: `${at}/tracks/${slug}`,
        data: `/api/v1${at}/tracks/${slug}/matrix.csv`,
      }),
      coverage: coverageWords(numbers),
      passRate: passRateWords(numbers),
      grids: grids.map(({ body }) => body),
      issues: issues.map((issue) => drawIssue(drawn, issue)),
      issueFigures: figuresOfIssues(issues, `${at}/issues?track=${slug}`),
      regressions: regressionsOf(drawn, track, entries),
    },
  };
}

/** Who takes part, under the roles' labels. */
function peopleOf(
  { source, unnamed }: Drawn,
  { slug, roles }: SummaryTrack,
): Pick<OpenTrack, "participants" | "helpers" | "unnamed"> {
  const labels = new Map(roles.map(({ key, label }) => [key, label]));
  const here = source.entries.filter(({ tracks }) => Object.hasOwn(tracks, slug));
  const line = ({ name, tracks }: SummaryEntry) => ({
    entry: name,
    roles: (tracks[slug] ?? []).map((role) => labels.get(role) ?? role),
  });
  const named = here.filter(({ id }) => !unnamed.has(id));
  return {
    participants: named.filter(({ kind }) => kind === "participant").map(line),
    helpers: named.filter(({ kind }) => kind !== "participant").map(line),
    unnamed: here.filter(({ id, kind }) => unnamed.has(id) && kind === "participant").length,
  };
}

/** Those who take part in the track or have a cell in it; who is not named agrees to nothing. */
function entriesIn({ source, unnamed }: Drawn, { slug, cells }: SummaryTrack): SourceEntry[] {
  const seen = new Set(cells.flatMap(({ parties }) => parties.map(({ entry }) => entry)));
  return source.entries
    .filter(({ id, tracks }) => Object.hasOwn(tracks, slug) || seen.has(id))
    .map(({ tracks, ...entry }) => {
      const plays = tracks[slug] ?? [];
      if (!unnamed.has(entry.id)) return { ...entry, plays };
      return { ...entry, plays, kind: "participant", consent: NO_CONSENT };
    });
}
const NO_CONSENT = { named: false, passing: false, failing: false };

const gridsOf = (eventSlug: string, track: SummaryTrack, entries: readonly SourceEntry[]): Grid[] =>
  buildGrids({ ...track, eventSlug, trackSlug: track.slug, entries, needsConsent: true });

function drawIssue({ source, unnamedProjects, hide }: Drawn, issue: SummaryIssue): IssueLine {
  const { number, title, kind, severity, state, project, targetName, links } = issue;
  const isUnnamed = project !== null && unnamedProjects.has(project.slug);
  const name = project?.name ?? targetName;
  return {
    number,
    title: hide(title),
    kind,
    severity,
    state,
    project: isUnnamed || name === null ? null : hide(name),
    // A commit or an upstream issue tells whose it is.
    links: isUnnamed
      ? []
      : links
          .filter(({ label, url }) => [label, url ?? ""].every((text) => hide(text) === text))
          .map(({ kind: what, label, url }) => ({ kind: what, label, url })),
    page: `/events/${source.event.slug}/issues/${number}`,
  };
}

function regressionsOf(
  { source }: Drawn,
  { slug, tests, cells }: SummaryTrack,
  entries: readonly SourceEntry[],
): Regression[] {
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const labels = new Map(source.entries.flatMap(({ builds }) => Object.entries(builds)));
  const isTold = ({ parties }: SourceCell) =>
    parties.every(({ entry }) => {
      const party = byId.get(entry);
      const { named, passing, failing } = party?.consent ?? NO_CONSENT;
      return party !== undefined && (party.kind !== "participant" || (named && passing && failing));
    });
  const told = new Map(cells.filter(isTold).map((cell) => [cell.id, cell]));
  return fallenBack(source.tries.filter(({ cellId }) => told.has(cellId))).flatMap(
    ({ cellId, from, to, outcome }) => {
      const cell = told.get(cellId);
      if (!cell || groupOf(outcome) === null) return [];
      const [before, after] = [buildsOf(from), buildsOf(to)];
      const build = (id: string | undefined) => labels.get(id ?? "") ?? "unknown";
      return [
        {
          test: tests.find(({ id }) => id === cell.testCaseId)?.key ?? "",
          variant: cell.variant,
          parties: cell.parties.map(({ role, entry }) => ({
            role,
            entry: byId.get(entry)?.name ?? "",
            from: build(before[entry]),
            to: build(after[entry]),
          })),
          outcome,
          page: `/events/${source.event.slug}/tracks/${slug}/cells/${cellId}`,
        },
      ];
    },
  );
}

/** Who may write a text: the organizers, the leads of its track, and whom it is given to. */
export const mayWriteBlock = (
  who: { isOrganizer: boolean; leads: ReadonlySet<string>; personId: string | null },
  block: { trackId: string | null; assigneeId: string | null },
): boolean =>
  who.isOrganizer ||
  (block.trackId !== null && who.leads.has(block.trackId)) ||
  (block.assigneeId !== null && block.assigneeId === who.personId);
