import { Refusal } from "@/lib/core/refusal";
import type { Phase } from "@/lib/events/schema";
import type {
  Deed,
  IssueCell,
  IssueKind,
  IssueLine,
  IssueParty,
  IssueState,
  IssueView,
  LinkKind,
  Retest,
  Severity,
  Sort,
  StateChange,
} from "./schema";
import { ISSUE_STATES, SEVERITIES } from "./schema";

export const KIND_WORDS = {
  bug: "bug",
  configuration: "configuration",
  specification: "specification ambiguity",
  test: "test text",
  wording: "wording",
  feature: "feature",
} as const satisfies Record<IssueKind, string>;

export const SEVERITY_WORDS = {
  blocker: "blocker",
  major: "major",
  minor: "minor",
  trivial: "trivial",
} as const satisfies Record<Severity, string>;

export const STATE_WORDS = {
  open: { label: "Open", meaning: "Nobody has mended it yet." },
  fixedLive: { label: "Fixed live", meaning: "Mended while the event went on." },
  fixedAfter: { label: "Fixed after", meaning: "Mended since then." },
  known: { label: "Known", meaning: "Explains what its cells show; they are marked with it." },
  wontFix: { label: "Won’t fix", meaning: "It stays as it is, by decision of its project." },
  invalid: { label: "Invalid", meaning: "It was no problem after all." },
} as const satisfies Record<IssueState, { label: string; meaning: string }>;

export const LINK_WORDS = {
  upstream: "Upstream issue",
  commit: "Commit",
  regressionTest: "Regression test",
  cve: "CVE",
  other: "See also",
} as const satisfies Record<LinkKind, string>;

export const DEED_WORDS = {
  found: "Found by",
  fixed: "Fixed by",
  helped: "Helped by",
} as const satisfies Record<Deed, string>;

/** In these nothing is left to do: the moment it was reached is kept. */
const CLOSED: readonly IssueState[] = ["fixedLive", "fixedAfter", "wontFix", "invalid"];
export const isClosed = (state: IssueState) => CLOSED.includes(state);

/** What somebody is to an issue. */
export type Standing = {
  isReporter: boolean;
  /** Member of an entry of the project that it is against, in this event. */
  isTarget: boolean;
  /** Lead of its own track. */
  isLead: boolean;
  isOrganizer: boolean;
};

export const mayEdit = ({ isReporter, isTarget, isLead, isOrganizer }: Standing): boolean =>
  isReporter || isTarget || isLead || isOrganizer;

/** Who may take an issue out of a restricted track: what it tells was for few. */
export const mayRelease = ({ isLead, isOrganizer }: Standing): boolean => isLead || isOrganizer;

const fault = (code: "invalid" | "wrong_phase" | "conflict", field: string, message: string) =>
  new Refusal(code, message, [{ pointer: `/${field}`, code, message }]);

/** Why an issue cannot get to this state now; null when it can. `isFixNamed`: by what it has already. */
export function refusalToChange(
  { state, commit, fixedIn, note }: StateChange,
  { phase, isFixNamed }: { phase: Phase; isFixNamed: boolean },
): Refusal | null {
  if (state !== "fixedLive") return null;
  if (phase !== "testing" && phase !== "review") {
    return fault(
      "wrong_phase",
      "change/state",
      `Nothing is fixed live while the event is in ${phase}: that is said in testing and in review.`,
    );
  }
  if (isFixNamed || commit !== null || fixedIn !== "" || note.trim() !== "") return null;
  return fault(
    "invalid",
    "change/commit",
    "Say what fixed it: a commit, a build that carries it, or a note.",
  );
}

/** Why an issue cannot be put into this track; null when it can. */
export function refusalToPlace(
  now: { track: string; restricted: boolean; cells: number; standing: Standing },
  track: string,
): Refusal | null {
  if (track === now.track) return null;
  if (now.cells > 0) {
    return fault(
      "conflict",
      "issue/track",
      "It is in the track of its cells. Take them off first to put it elsewhere.",
    );
  }
  if (!now.restricted || mayRelease(now.standing)) return null;
  const message = "Only a lead of a restricted track, or an organizer, takes an issue out of it.";
  return new Refusal("forbidden", message, [{ pointer: "/issue/track", code: "kept", message }]);
}

export type Fix = { number: number; state: IssueState; fixedIn: string | null } & Pick<
  IssueLine,
  "links"
> & { projectId: string | null };

const SHORTEST = 7;

/** Whether two hashes name one commit: one begins with the other, and says enough of it. */
export function isSameCommit(one: string, other: string): boolean {
  const [short = "", long = ""] = [one.trim().toLowerCase(), other.trim().toLowerCase()].sort(
    (a, b) => a.length - b.length,
  );
  return short.length >= SHORTEST && /^[0-9a-f]+$/.test(short) && long.startsWith(short);
}

const carriesFix = ({ fixedIn, links }: Fix, build: NonNullable<IssueParty["current"]>) =>
  build.id === fixedIn ||
  links.some(
    ({ kind, label }) =>
      kind === "commit" && build.commit !== null && isSameCommit(label, build.commit),
  );

const UNFIXED: readonly IssueState[] = ["wontFix", "invalid"];

/** The cells that were tested on other builds than those, current now, that carry the fix. */
export function retestsOf(fix: Fix, cells: readonly IssueCell[]): Retest[] {
  if (UNFIXED.includes(fix.state)) return [];
  return cells.flatMap((cell) =>
    cell.parties.flatMap(({ projectId, name, tested, current }) => {
      const isItsOwn = projectId === fix.projectId && current !== null && tested !== null;
      if (!isItsOwn || tested.id === current.id || !carriesFix(fix, current)) return [];
      const { id: cellId, track, test } = cell;
      const builds = { build: current.label, testedBuild: tested.label };
      return [{ number: fix.number, cellId, track, test, entry: name, ...builds }];
    }),
  );
}

/** A line with the text that only the search looks at. */
export type Searchable = IssueLine & { text: string };

/** What the reader asked for of what the reader may see. */
export function applyIssueView(lines: readonly Searchable[], view: IssueView): IssueLine[] {
  const takes = <T>(wanted: readonly T[] | undefined, one: T | undefined) =>
    wanted === undefined || (one !== undefined && wanted.includes(one));
  const words = (view.q ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  return lines
    .filter(
      (line) =>
        takes(view.track, line.track?.slug) &&
        takes(view.state, line.state) &&
        takes(view.kind, line.kind) &&
        takes(view.target, line.target?.key) &&
        isFound(line, words),
    )
    .toSorted(ORDER[view.sort])
    .map(({ text: _, ...line }) => line);
}

/** All the words, wherever; `#12` is the issue of that number and no other. */
function isFound({ text, ...line }: Searchable, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const told = [
    line.title,
    line.target?.name ?? "",
    line.reporter ?? "",
    STATE_WORDS[line.state].label,
    KIND_WORDS[line.kind],
    ...line.links.flatMap(({ label, url }) => [label, url ?? ""]),
    ...line.credits.map(({ name }) => name),
    text,
  ];
  const all = told.join("\n").toLowerCase();
  return words.every((word) =>
    word.startsWith("#") ? word === `#${line.number}` : all.includes(word),
  );
}

type Order = (a: IssueLine, b: IssueLine) => number;
const later = (a: string, b: string) => Number(a < b) - Number(a > b);
const newest: Order = (a, b) => later(a.createdAt, b.createdAt) || b.number - a.number;
const ORDER = {
  newest,
  updated: (a, b) => later(a.updatedAt, b.updatedAt) || newest(a, b),
  severity: (a, b) =>
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || newest(a, b),
  state: (a, b) => ISSUE_STATES.indexOf(a.state) - ISSUE_STATES.indexOf(b.state) || newest(a, b),
} as const satisfies Record<Sort, Order>;

/** Names in Markdown, as they are: none of their characters means anything. */
const plain = (text: string) => text.replace(/[\\`*_[\]<>~|&]/g, "\\$&").replace(/\s+/g, " ");

const TITLE = 160;

/** What an issue raised from a cell begins with. `message`: the last that a side said of it. */
export function prefillOf(
  { test, testTitle, variant, state, outcome, parties }: IssueCell,
  { message, url }: { message: string | null; url: string },
): { title: string; body: string } {
  const said = outcome ?? state;
  const names = parties.map(({ name }) => name).join(" × ");
  const variants = Object.entries(variant).map(([key, value]) => `${plain(key)} ${plain(value)}`);
  const lines = parties.map(
    ({ roleLabel, name, tested, current }) =>
      `- ${plain(roleLabel)}: ${plain(name)}, ${buildWords(tested?.label ?? current?.label)}`,
  );
  return {
    title: `${test}: ${said}, ${names}`.slice(0, TITLE),
    body: [
      `${[`${plain(test)} ${plain(testTitle)}`, ...variants].join(", ")}: **${said}**`,
      "",
      ...lines,
      ...(message === null ? [] : ["", ...fenced(message)]),
      "",
      `[The cell](${url})`,
      "",
    ].join("\n"),
  };
}

/** A fence longer than any in the text, so that nothing in it ends it. */
function fenced(text: string): string[] {
  const runs = text.match(/`+/g) ?? [];
  const fence = "`".repeat(Math.max(3, ...runs.map((run) => run.length + 1)));
  return [fence, text, fence];
}

const buildWords = (label: string | undefined) =>
  label === undefined ? "build not named" : `build ${plain(label)}`;

export const ISSUE_COLUMNS = [
  "number",
  "title",
  "state",
  "kind",
  "severity",
  "cause",
  "track",
  "target",
  "cells",
  "comments",
  "links",
  "found_by",
  "fixed_by",
  "helped_by",
  "created_at",
  "updated_at",
  "closed_at",
  "url",
] as const;
type CsvRow = Record<(typeof ISSUE_COLUMNS)[number], string | number>;

/** One row per issue; `url` is of the page. */
export function issueRow(line: IssueLine, url: string): CsvRow {
  const by = (wanted: Deed) =>
    line.credits
      .filter(({ deed }) => deed === wanted)
      .map(({ name }) => name)
      .join("; ");
  const { number, title, state, kind, severity, cause, cells, comments } = line;
  return {
    ...{ number, title, state, kind, severity, cause, cells, comments, url },
    track: line.track?.slug ?? "",
    target: line.target?.name ?? "",
    links: line.links.map((link) => `${link.kind} ${link.url ?? link.label}`).join("; "),
    found_by: by("found"),
    fixed_by: by("fixed"),
    helped_by: by("helped"),
    created_at: line.createdAt,
    updated_at: line.updatedAt,
    closed_at: line.closedAt ?? "",
  };
}
