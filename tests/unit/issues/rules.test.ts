import fc from "fast-check";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { Markdown } from "@/components/ui/markdown";
import {
  applyIssueView,
  type Fix,
  isSameCommit,
  issueRow,
  mayEdit,
  prefillOf,
  refusalToChange,
  refusalToPlace,
  retestsOf,
  type Searchable,
} from "@/lib/issues/rules";
import { type IssueCell, issueViewSchema, linkSchema, type StateChange } from "@/lib/issues/schema";

const NOBODY = { isReporter: false, isTarget: false, isLead: false, isOrganizer: false };

const line = (number: number, over: Partial<Searchable> = {}): Searchable => ({
  number,
  title: `Issue ${number}`,
  kind: "bug",
  severity: "major",
  cause: "unknown",
  state: "open",
  track: null,
  target: null,
  reporter: null,
  cells: 0,
  comments: 0,
  links: [],
  credits: [],
  createdAt: `2026-11-20T10:00:${String(number).padStart(2, "0")}.000Z`,
  updatedAt: "2026-11-20T12:00:00.000Z",
  closedAt: null,
  text: "",
  ...over,
});

const cell = (over: Partial<IssueCell["parties"][number]> = {}): IssueCell => ({
  id: "cell-1",
  track: "calls",
  trackTitle: "Calls",
  test: "C-1",
  testTitle: "Call",
  variant: {},
  state: "confirmed",
  outcome: "fail",
  knownIssue: false,
  parties: [
    {
      role: "uac",
      roleLabel: "Client",
      entryId: "e-1",
      entry: "alpha",
      name: "Alpha",
      projectId: "p-1",
      tested: { id: "b-1", label: "1.0" },
      current: { id: "b-2", label: "2.0", commit: "75a168a9f00d" },
      ...over,
    },
  ],
});

describe("who changes an issue", () => {
  it("is its reporter, its target's people, its track's lead, an organizer, and nobody else", () => {
    expect(mayEdit(NOBODY)).toBe(false);
    for (const role of Object.keys(NOBODY)) expect(mayEdit({ ...NOBODY, [role]: true })).toBe(true);
  });
});

describe("fixed live", () => {
  const change = (over: Partial<StateChange> = {}): StateChange => ({
    state: "fixedLive",
    commit: null,
    fixedIn: "",
    note: "",
    ...over,
  });
  const refusal = (over: Partial<StateChange>, phase: "registration" | "testing" | "review") =>
    refusalToChange(change(over), { phase, isFixNamed: false })?.code ?? null;

  it("needs testing or review, and the fix named", () => {
    expect(refusal({}, "testing")).toBe("invalid");
    expect(refusal({ note: "  " }, "testing")).toBe("invalid");
    expect(refusal({ note: "Rebooted." }, "testing")).toBeNull();
    expect(refusal({ fixedIn: "b-1" }, "review")).toBeNull();
    expect(refusal({ commit: { label: "75a168a9", url: null } }, "review")).toBeNull();
    expect(refusal({ note: "Rebooted." }, "registration")).toBe("wrong_phase");
    expect(refusalToChange(change(), { phase: "testing", isFixNamed: true })).toBeNull();
  });

  it("is the only state that needs anything", () => {
    for (const state of ["open", "fixedAfter", "known", "wontFix", "invalid"] as const) {
      expect(refusal({ state }, "registration")).toBeNull();
    }
  });
});

describe("the track of an issue", () => {
  it("is its cells', and a restricted one lets it go by a lead or an organizer only", () => {
    const now = { track: "secret", restricted: true, cells: 0, standing: NOBODY };
    expect(refusalToPlace(now, "secret")).toBeNull();
    expect(refusalToPlace(now, "")?.code).toBe("forbidden");
    expect(refusalToPlace({ ...now, restricted: false }, "")).toBeNull();
    expect(refusalToPlace({ ...now, standing: { ...NOBODY, isLead: true } }, "")).toBeNull();
    expect(refusalToPlace({ ...now, cells: 1 }, "")?.code).toBe("conflict");
  });
});

describe("a commit", () => {
  const hex = fc.stringMatching(/^[0-9a-f]{7,40}$/);

  it("is the same in any length of at least seven digits, and in either case", () => {
    fc.assert(
      fc.property(hex, fc.nat(), (hash, cut) => {
        const short = hash.slice(0, 7 + (cut % (hash.length - 6)));
        expect(isSameCommit(short, hash.toUpperCase())).toBe(true);
        expect(isSameCommit(hash, short)).toBe(true);
      }),
    );
  });

  it("is not told by less, nor by what is no hash", () => {
    expect(isSameCommit("75a168", "75a168a9")).toBe(false);
    expect(isSameCommit("", "75a168a9")).toBe(false);
    expect(isSameCommit("75a168a9", "e2977a4f")).toBe(false);
    expect(isSameCommit("release-1", "release-1")).toBe(false);
  });
});

describe("a retest", () => {
  const fix = (over: Partial<Fix> = {}): Fix => ({
    number: 7,
    state: "fixedLive",
    fixedIn: null,
    projectId: "p-1",
    links: [{ id: "l", kind: "commit", label: "75a168a9", url: null }],
    ...over,
  });
  const offered = (over: Partial<Fix>, party: Partial<IssueCell["parties"][number]> = {}) =>
    retestsOf(fix(over), [cell(party)]).map(({ build }) => build);

  it("is offered for a current build of the target that carries the fix and was not tested", () => {
    expect(offered({})).toEqual(["2.0"]);
    expect(offered({ links: [], fixedIn: "b-2" })).toEqual(["2.0"]);
    expect(offered({ links: [], fixedIn: "b-1" })).toEqual([]);
    expect(offered({ projectId: "p-2" })).toEqual([]);
    expect(offered({ projectId: null })).toEqual([]);
    expect(offered({}, { tested: null })).toEqual([]);
    expect(offered({}, { current: null })).toEqual([]);
    expect(offered({}, { tested: { id: "b-2", label: "2.0" } })).toEqual([]);
    expect(offered({ state: "wontFix" })).toEqual([]);
    expect(offered({ state: "open" })).toEqual(["2.0"]);
  });
});

describe("the list", () => {
  const numbers = (lines: Searchable[], query: Record<string, string>) =>
    applyIssueView(lines, issueViewSchema.parse(query)).map(({ number }) => number);

  it("is sorted by what was asked, the newest first among equals", () => {
    const lines = [
      line(1, { severity: "minor", state: "known" }),
      line(2, { severity: "blocker", state: "invalid" }),
      line(3, { severity: "minor", updatedAt: "2026-11-21T00:00:00.000Z" }),
    ];
    expect(numbers(lines, {})).toEqual([3, 2, 1]);
    expect(numbers(lines, { sort: "severity" })).toEqual([2, 3, 1]);
    expect(numbers(lines, { sort: "state" })).toEqual([3, 1, 2]);
    expect(numbers(lines, { sort: "updated" })).toEqual([3, 2, 1]);
    expect(numbers(lines, { sort: "", state: "", q: "" })).toEqual([3, 2, 1]);
  });

  it("finds all the words, wherever they stand, and a number only as one", () => {
    const lines = [line(1, { text: "A bogus DATE" }), line(12, { title: "No date in 5060" })];
    expect(numbers(lines, { q: "date" })).toEqual([12, 1]);
    expect(numbers(lines, { q: "bogus date" })).toEqual([1]);
    expect(numbers(lines, { q: "5060" })).toEqual([12]);
    expect(numbers(lines, { q: "#1" })).toEqual([1]);
  });
});

describe("a link", () => {
  const read = (kind: string, what: string, label = "") => {
    const parsed = linkSchema.safeParse({ kind, what, label });
    return parsed.success ? [parsed.data.label, parsed.data.url] : parsed.error.issues[0]?.path;
  };

  it("is named by its hash, its identifier, its name or its address", () => {
    expect(read("commit", "75A168A9")).toEqual(["75a168a9", null]);
    const url = "https://git.example.org/x/commit/75a168a9f00dcafe?diff=1";
    expect(read("commit", url, "ignored")).toEqual(["75a168a9f00dcafe", url]);
    expect(read("cve", "cve-2026-0001")).toEqual(["CVE-2026-0001", null]);
    expect(read("regressionTest", "stir: date")).toEqual(["stir: date", null]);
    expect(read("upstream", "https://example.org/issues/1")).toEqual([
      "example.org/issues/1",
      "https://example.org/issues/1",
    ]);
    expect(read("other", "http://example.org", "The draft")).toEqual([
      "The draft",
      "http://example.org",
    ]);
  });

  it("leads nowhere but to http and https, whatever is typed", () => {
    for (const what of ["javascript:alert(1)", "vbscript:x", "data:x", "file:///etc", " "]) {
      expect(read("other", what), what).toEqual(["what"]);
    }
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (what) => {
        const parsed = linkSchema.safeParse({ kind: "other", what });
        if (parsed.success && parsed.data.url !== null) {
          expect(new URL(parsed.data.url).protocol).toMatch(/^https?:$/);
        }
      }),
    );
  });
});

describe("what is filled in from a cell", () => {
  const drawn = (name: string, message: string) => {
    const { body } = prefillOf(cell({ name }), { message, url: "https://example.org/c" });
    return renderToStaticMarkup(createElement(Markdown, { text: body }));
  };

  it("means nothing but itself in Markdown, whatever the names and the message are", () => {
    const nasty = "*A* [x](mailto:y) <img> `b`\n# c";
    const { title } = prefillOf(cell({ name: nasty }), { message: null, url: "" });
    expect(title).toBe(`C-1: fail, ${nasty}`);
    const html = drawn(nasty, "# one\n````\n[y](https://evil.example)\n<script>alert(1)</script>");
    expect(html).toContain("<li>Client: *A* [x](mailto:y) &lt;img&gt; `b` # c, build 1.0");
    expect(html).toContain(
      "<pre><code># one\n````\n[y](https://evil.example)\n&lt;script&gt;alert(1)&lt;/script&gt;\n</code></pre>",
    );
    expect(html.match(/<a /g)).toHaveLength(1);
  });

  it("never makes more links or elements than its own, whatever the message", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme-ascii", maxLength: 80 }), (message) => {
        const tags = drawn("Alpha", message).match(/<(?!\/)[a-z0-9]+/g) ?? [];
        expect(tags.filter((tag) => tag === "<a")).toHaveLength(1);
        expect(tags.filter((tag) => tag === "<pre")).toHaveLength(1);
      }),
    );
  });
});

describe("a row of the CSV", () => {
  it("tells credits and links in words", () => {
    const told = line(1, {
      target: { key: "sipp", name: "SIPp", project: null },
      links: [
        { id: "1", kind: "commit", label: "75a168a9", url: null },
        { id: "2", kind: "upstream", label: "x", url: "https://example.org/1" },
      ],
      credits: [
        { id: "1", deed: "found", name: "Ann" },
        { id: "2", deed: "found", name: "Bob" },
      ],
    });
    expect(issueRow(told, "https://example.org/events/x/issues/1")).toMatchObject({
      number: 1,
      target: "SIPp",
      links: "commit 75a168a9; upstream https://example.org/1",
      found_by: "Ann; Bob",
      fixed_by: "",
      url: "https://example.org/events/x/issues/1",
    });
  });
});
