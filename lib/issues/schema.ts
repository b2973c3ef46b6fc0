import * as z from "zod";
import { idSchema, safeText, slugSchema } from "@/lib/core/text";
import type { Outcome } from "@/lib/results/schema";
import { RULING_CAUSES, type RulingCause } from "@/lib/rulings/schema";

export const ISSUE_KINDS = [
  "bug",
  "configuration",
  "specification",
  "test",
  "wording",
  "feature",
] as const;
export type IssueKind = (typeof ISSUE_KINDS)[number];

export const SEVERITIES = ["blocker", "major", "minor", "trivial"] as const;
export type Severity = (typeof SEVERITIES)[number];

/** fixedLive: mended while the event went on. known: it explains what the cells show. */
export const ISSUE_STATES = [
  "open",
  "fixedLive",
  "fixedAfter",
  "known",
  "wontFix",
  "invalid",
] as const;
export type IssueState = (typeof ISSUE_STATES)[number];

export const LINK_KINDS = ["upstream", "commit", "regressionTest", "cve", "other"] as const;
export type LinkKind = (typeof LINK_KINDS)[number];

export const DEEDS = ["found", "fixed", "helped"] as const;
export type Deed = (typeof DEEDS)[number];

const CONTROL = /\p{Cc}/u;
const oneLine = (max: number) =>
  z
    .string()
    .trim()
    .pipe(safeText(max))
    .refine((text) => !CONTROL.test(text), { error: "Must be one line of plain text." });
const filled = (max: number, error: string) => oneLine(max).pipe(z.string().min(1, error));

const body = safeText(20_000);
const name = filled(80, "Say who, by the name they want to be thanked by.");

const facts = {
  title: filled(160, "Say in a few words what is wrong."),
  body: body.default(""),
  kind: z.enum(ISSUE_KINDS),
  severity: z.enum(SEVERITIES).default("major"),
  cause: z.enum(RULING_CAUSES).default("unknown"),
  /** Whose it is to mend: a project by any of its names, or a tool that nobody brought; may be empty. */
  target: oneLine(80).default(""),
  /** Empty for none. Of an issue with cells it is theirs. */
  track: z.union([z.literal(""), slugSchema]).default(""),
};
export const issueFactsSchema = z.strictObject(facts);
export type IssueFacts = z.output<typeof issueFactsSchema>;

export const issueInputSchema = z.strictObject({
  ...facts,
  /** Made by whoever sends it, so that sending it twice raises one issue. */
  id: idSchema,
  cell: z.uuid().optional(),
  foundBy: oneLine(80).default(""),
});
export type IssueInput = z.output<typeof issueInputSchema>;

const WEB = /^https?:\/\/[^\s/?#]+/i;
const OTHER_SCHEME = /^[a-z][a-z0-9+.-]*:\S/i;
const HASH = /^[0-9a-f]{7,64}$/i;
const HASH_IN_PATH = /(?:^|[/=])([0-9a-f]{7,64})(?=$|[/?#.])/i;
const CVE = /^CVE-\d{4}-\d{4,12}$/i;
const LABEL = 120;
/** What a link is called when only its address was given: the address without what is the same everywhere. */
const nameOfUrl = (url: string) =>
  url
    .replace(/^https?:\/\/(?:www\.)?/i, "")
    .replace(/\/$/, "")
    .slice(0, LABEL);

/** Label and address of what somebody typed; or what is wrong with it. */
function linkFrom(kind: LinkKind, what: string): { label: string; url: string | null } | string {
  if (kind === "cve") {
    return CVE.test(what)
      ? { label: what.toUpperCase(), url: null }
      : "Write the identifier alone, such as CVE-2026-12345.";
  }
  if (WEB.test(what)) {
    if (!URL.canParse(what)) return "That is no web address.";
    const hash = kind === "commit" ? HASH_IN_PATH.exec(what)?.[1]?.toLowerCase() : undefined;
    return { label: hash ?? nameOfUrl(what), url: what };
  }
  if (OTHER_SCHEME.test(what)) return "Only web addresses are linked: http or https.";
  if (kind !== "commit") return { label: what.slice(0, LABEL), url: null };
  return HASH.test(what)
    ? { label: what.toLowerCase(), url: null }
    : "A commit is its hash, of at least seven digits, or its web address.";
}

export const linkSchema = z
  .strictObject({
    kind: z.enum(LINK_KINDS),
    /** A web address, a commit's hash, CVE-2026-12345, or a name. */
    what: filled(500, "Say what it leads to."),
    /** What to call it instead of its address. */
    label: oneLine(LABEL).default(""),
  })
  .transform(({ kind, what, label }, context) => {
    const link = linkFrom(kind, what);
    if (typeof link === "string") {
      context.addIssue({ code: "custom", path: ["what"], message: link });
      return z.NEVER;
    }
    // A commit and a CVE are known by what they are.
    const isNamed = label !== "" && kind !== "commit" && kind !== "cve";
    return { kind, url: link.url, label: isNamed ? label : link.label };
  });
export type LinkInput = z.output<typeof linkSchema>;

export const creditSchema = z.strictObject({ deed: z.enum(DEEDS), name });
export type CreditInput = z.output<typeof creditSchema>;

const commitSchema = z
  .string()
  .trim()
  .pipe(safeText(500))
  .transform((what, context) => {
    const link = what === "" ? null : linkFrom("commit", what);
    if (typeof link !== "string") return link;
    context.addIssue({ code: "custom", message: link });
    return z.NEVER;
  });

/** A change of state, and with it what says so. */
export const stateChangeSchema = z.strictObject({
  state: z.enum(ISSUE_STATES),
  /** Empty for none. */
  commit: commitSchema.default(null),
  /** Id of the build that carries the fix. */
  fixedIn: z.union([z.literal(""), z.uuid()]).default(""),
  /** Kept as a comment. */
  note: body.default(""),
});
export type StateChange = z.output<typeof stateChangeSchema>;

export const commentSchema = z.strictObject({
  id: idSchema,
  text: z.string().trim().pipe(body).pipe(z.string().min(1, "Say something.")),
});
export type CommentInput = z.output<typeof commentSchema>;

/** An issue as a published account tells it: nobody here reported it. */
export const toldIssueSchema = z.strictObject({
  ...facts,
  state: z.enum(ISSUE_STATES),
  links: z.array(linkSchema).max(20).default([]),
  credits: z.array(creditSchema).max(20).default([]),
  source: filled(160, "Name the account."),
});
export type ToldIssue = z.output<typeof toldIssueSchema>;

/** `a,b` and repeated parameters alike; empty is no filter. */
const listOf = <T extends z.ZodType<string, string>>(one: T) =>
  z
    .union([z.string(), z.array(z.string())])
    .transform((text) => [text].flat().flatMap((part) => part.split(",").filter(Boolean)))
    .pipe(z.array(one).max(50))
    .transform((all) => (all.length === 0 ? undefined : all))
    .optional();

export const SORTS = ["newest", "updated", "severity", "state"] as const;
export type Sort = (typeof SORTS)[number];

/** Which issues are asked for; the same words in the page's address and in the API's. */
export const issueViewSchema = z.object({
  track: listOf(slugSchema),
  state: listOf(z.enum(ISSUE_STATES)),
  kind: listOf(z.enum(ISSUE_KINDS)),
  target: listOf(slugSchema),
  q: z.string().trim().pipe(safeText(200)).optional(),
  sort: z
    .union([z.literal("").transform(() => "newest" as const), z.enum(SORTS)])
    .default("newest"),
});
export type IssueView = z.output<typeof issueViewSchema>;

export type IssueLink = { id: string; kind: LinkKind; label: string; url: string | null };
export type IssueCredit = { id: string; deed: Deed; name: string };

export type IssueLine = {
  number: number;
  title: string;
  kind: IssueKind;
  severity: Severity;
  cause: RulingCause;
  state: IssueState;
  track: { slug: string; title: string; restricted: boolean } | null;
  /** `key` is what the list is filtered by; `project` the slug where it is one that is known here. */
  target: { key: string; name: string; project: string | null } | null;
  reporter: string | null;
  /** Cells of it that the reader may see. */
  cells: number;
  comments: number;
  links: IssueLink[];
  credits: IssueCredit[];
  createdAt: string;
  updatedAt: string;
  closedAt: string | null;
};

export type IssueList = {
  lines: IssueLine[];
  /** How many there are for the reader, whatever the filters. */
  total: number;
  /** What the filters can be set to. */
  tracks: { slug: string; title: string }[];
  targets: { key: string; name: string }[];
  zone: string;
  mayRaise: boolean;
};

/** A party of a cell with its builds: what was tested, and what is current. */
export type IssueParty = {
  role: string;
  roleLabel: string;
  entryId: string;
  entry: string;
  name: string;
  projectId: string;
  tested: { id: string; label: string } | null;
  current: { id: string; label: string; commit: string | null } | null;
};

export type IssueCell = {
  id: string;
  track: string;
  trackTitle: string;
  test: string;
  testTitle: string;
  variant: Record<string, string>;
  state: "untested" | "planned" | "reported" | "confirmed" | "disputed" | "settled";
  outcome: Outcome | null;
  knownIssue: boolean;
  parties: IssueParty[];
};

/** A build that carries a fix, and a cell that was tested on another one. */
export type Retest = {
  number: number;
  cellId: string;
  track: string;
  test: string;
  entry: string;
  build: string;
  testedBuild: string;
};

export type IssuePage = IssueLine & {
  body: string;
  /** The account it was taken over from; empty for what was raised here. */
  source: string;
  fixedIn: { id: string; entry: string; label: string } | null;
  cellLines: IssueCell[];
  retests: Retest[];
  /** Oldest first. */
  commentLines: { id: string; by: string; at: string; text: string }[];
  zone: string;
  may: { edit: boolean; comment: boolean };
  /** For its forms; empty for who may not edit. Builds of the target project's entries, newest first. */
  builds: { id: string; entry: string; label: string }[];
  /** What is said of it, in a word to compare; empty for who may not edit. */
  said: string;
};

/** What a cell's page shows of issues. */
export type CellIssues = { lines: IssueLine[]; retests: Retest[]; mayRaise: boolean };

/** What the form to raise one begins with. */
export type Raising = {
  /** The cell it is raised from, with what is filled in from it. */
  cell: (IssueCell & { title: string; body: string }) | null;
  tracks: { slug: string; title: string }[];
  /** Names of projects that take part, those of the cell first. */
  targets: string[];
  /** The reader's name, to credit. */
  name: string;
};
