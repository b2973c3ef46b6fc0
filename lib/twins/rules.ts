import type {
  Figure,
  GridSummary,
  IssueLine,
  OpenTrack,
  PublishedSummary,
  Regression,
  Tally,
} from "@/lib/summaries/schema";

// The published summary in other shapes: Markdown for a blog or a list, rows for a spreadsheet. Both
// are drawn from the frozen version alone.

/** How an issue ended, in words. */
export const ISSUE_STATE_WORDS: Readonly<Record<IssueLine["state"], string>> = {
  open: "open",
  fixedLive: "fixed live",
  fixedAfter: "fixed after the event",
  known: "known",
  wontFix: "will not be fixed",
  invalid: "found invalid",
};

/** `3 of 4 confirmed passed, 5 tried, 1 disputed, 2 withheld` */
export const tallyWords = ({ executed, confirmed, passed, disputed, withheld }: Tally): string =>
  [
    `${passed} of ${confirmed} confirmed passed`,
    `${executed} tried`,
    ...(disputed > 0 ? [`${disputed} disputed`] : []),
    ...(withheld > 0 ? [`${withheld} withheld`] : []),
  ].join(", ");

/** `C-1 (mtu 300): client OpenSIPS 3.4 to 3.5, server Asterisk 21: timeout` */
export const regressionWords = ({ test, variant, parties, outcome }: Regression): string => {
  const told = Object.entries(variant).map(([name, value]) => `${name} ${value}`);
  const sides = parties.map(({ role, entry, from, to }) =>
    from === to ? `${role} ${entry} ${to}` : `${role} ${entry} ${from} to ${to}`,
  );
  return `${test}${told.length > 0 ? ` (${told.join(", ")})` : ""}: ${sides.join(", ")}: ${outcome}`;
};

const plain = (text: string) => text.replace(/[\\`*_[\]<>|#~]/g, "\\$&").replace(/\s+/g, " ");

/** Headings of people's own begin below ours; code is left alone. */
function demoted(body: string): string {
  let isCode = false;
  return body
    .split("\n")
    .map((line) => {
      if (/^\s*(```|~~~)/.test(line)) isCode = !isCode;
      return isCode ? line : line.replace(/^(#{1,4})(?=\s)/, "##$1");
    })
    .join("\n");
}

type Text = { title: string; body: string };
const textLines = (texts: readonly Text[], own: string) =>
  texts.flatMap(({ title, body }) => [
    ...(title === own ? [] : [`### ${plain(title)}`, ""]),
    demoted(body),
    "",
  ]);

/** The whole account as Markdown. `origin` makes the links whole. */
export function summaryMarkdown({ body, ...line }: PublishedSummary, origin: string): string {
  const link = (text: string, page: string | null) =>
    page === null ? plain(text) : `[${plain(text)}](${origin}${page})`;
  const figures = (all: readonly Figure[]) => [
    "| | | |",
    "|---|--:|---|",
    ...all.map(
      ({ label, value, words, page }) => `| ${link(label, page)} | ${value} | ${plain(words)} |`,
    ),
    "",
  ];
  const issues = (all: readonly IssueLine[]) => [
    ...all.map(
      (issue) => `- ${link(`#${issue.number} ${issue.title}`, issue.page)}: ${issueWords(issue)}`,
    ),
    ...(all.length > 0 ? [""] : []),
  ];
  const track = (one: OpenTrack) => [
    ...peopleLines(one),
    `${one.coverage} ${one.passRate}`,
    "",
    ...(isTried(one) ? [...figures(one.figures), ...one.grids.flatMap(gridLines)] : []),
    ...(one.issues.length > 0 ? ["### Issues", "", ...issues(one.issues)] : []),
    ...(one.regressions.length > 0
      ? [
          "### Fell back",
          "",
          ...one.regressions.map((fell) => `- ${link(regressionWords(fell), fell.page)}`),
          "",
        ]
      : []),
  ];
  return [
    `# ${plain(body.event.label)}: summary`,
    "",
    `Version ${line.version}, published ${line.publishedAt}. <${origin}/events/${body.event.slug}/summary/versions/${line.version}>`,
    "",
    ...(line.changelog ? [`This version corrects: ${plain(line.changelog)}`, ""] : []),
    ...(body.event.intro ? [plain(body.event.intro), ""] : []),
    ...textLines(body.texts, "Overview"),
    "## Participants",
    "",
    ...body.entries.map(
      ({ entry, build }) => `- ${plain(entry)}${build ? ` (${plain(build)})` : ""}`,
    ),
    ...(body.unnamed > 0 ? [`- ${body.unnamed} not named`] : []),
    "",
    `${body.coverage} ${body.passRate}`,
    "",
    ...body.tracks.flatMap((one) => [
      `## ${plain(one.title)}`,
      "",
      ...(one.leads.length > 0 ? [`Led by ${one.leads.map(plain).join(", ")}.`, ""] : []),
      ...textLines(one.texts, one.title),
      ...(one.restricted ? ["The results of this track are not published.", ""] : track(one)),
    ]),
    ...(body.issues.length > 0 ? ["## Other issues", "", ...issues(body.issues)] : []),
    ...statementLines(body),
    ...thanksLines(body),
  ].join("\n");
}

export const isTried = ({ figures }: Pick<OpenTrack, "figures">): boolean =>
  figures.some(({ key, value }) => (key === "executed" || key === "withheld") && value > 0);

const issueWords = ({ state, project, links }: IssueLine): string =>
  [
    ISSUE_STATE_WORDS[state],
    ...(project === null ? [] : [plain(project)]),
    ...links.map(({ label, url }) => (url === null ? plain(label) : `[${plain(label)}](${url})`)),
  ].join(", ");

const peopleLines = ({ participants, helpers, unnamed }: OpenTrack): string[] => [
  ...[...participants, ...helpers].map(
    ({ entry, roles }) =>
      `- ${plain(entry)}${roles.length > 0 ? `: ${roles.map(plain).join(", ")}` : ""}`,
  ),
  ...(unnamed > 0 ? [`- ${unnamed} not named`] : []),
  "",
];

function gridLines({ rowRole, columnRole, rows, columns, tests, pairs }: GridSummary): string[] {
  const tried = tests.filter(({ executed, withheld }) => executed + withheld > 0);
  return [
    `### ${[rowRole, ...(columnRole === null ? [] : [columnRole])].map(plain).join(" × ")}`,
    "",
    ...tried.map((test) => `- ${plain(`${test.key} ${test.title}`)}: ${tallyWords(test)}`),
    "",
    ...pairs.map((pair) => {
      const across = pair.column === null ? [] : [columns[pair.column] ?? ""];
      return `- ${[rows[pair.row] ?? "", ...across].map(plain).join(" × ")}: ${tallyWords(pair)}`;
    }),
    "",
  ];
}

const statementLines = ({ statements }: PublishedSummary["body"]): string[] =>
  statements.length === 0
    ? []
    : [
        "## What the account states",
        "",
        ...statements.map(
          ({ about, text, source }) => `- ${plain(about)}: ${plain(text)} (${plain(source)})`,
        ),
        "",
      ];

function thanksLines({ thanks }: PublishedSummary["body"]): string[] {
  const groups: [string, string[]][] = [
    ["Sponsors", thanks.sponsors.map(({ name }) => name)],
    ["Organizers", thanks.organizers],
    ["Found by", thanks.found],
    ["Fixed by", thanks.fixed],
    ["Helped by", thanks.helped],
  ];
  const told = groups.filter(([, names]) => names.length > 0);
  if (told.length === 0) return [];
  return [
    "## Thanks",
    "",
    ...told.map(([label, names]) => `- ${label}: ${names.map(plain).join(", ")}`),
    "",
  ];
}

export const SUMMARY_COLUMNS = [
  "track",
  "of",
  "name",
  "figure",
  "value",
  "words",
  "page",
  "data",
] as const;
type Row = Record<(typeof SUMMARY_COLUMNS)[number], string | number>;

/** Long form: a row for each figure of the event, of a track, of a test and of a pair. */
export function summaryRows({ body }: PublishedSummary, origin: string): Row[] {
  const figureRows = (track: string, all: readonly Figure[]): Row[] =>
    all.map(({ key, value, words, page, data }) => ({
      track,
      of: track === "" ? "event" : "track",
      name: track,
      figure: key,
      value,
      words,
      page: page === null ? "" : origin + page,
      data: data === null ? "" : origin + data,
    }));
  return [
    ...figureRows("", body.figures),
    ...body.tracks.flatMap((track) =>
      track.restricted
        ? []
        : [
            ...figureRows(track.slug, track.figures),
            ...figureRows(track.slug, track.issueFigures),
            ...track.grids.flatMap((grid) => gridRows(track.slug, grid)),
          ],
    ),
  ];
}

function gridRows(track: string, { rows, columns, tests, pairs }: GridSummary): Row[] {
  const tallyRows = (of: string, name: string, tally: Tally): Row[] =>
    (["executed", "confirmed", "passed", "disputed", "withheld"] as const).map((figure) => ({
      track,
      of,
      name,
      figure,
      value: tally[figure],
      words: "",
      page: "",
      data: "",
    }));
  return [
    ...tests.flatMap((test) => tallyRows("test", test.key, test)),
    ...pairs.flatMap((pair) => {
      const across = pair.column === null ? [] : [columns[pair.column] ?? ""];
      return tallyRows("pair", [rows[pair.row] ?? "", ...across].join(" × "), pair);
    }),
  ];
}
