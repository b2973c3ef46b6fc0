import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { OUTCOMES } from "@/lib/results/schema";
import { type SummarySource, summarize } from "@/lib/summaries/rules";
import { type OpenTrack, summaryBodySchema } from "@/lib/summaries/schema";
import { cellOf, entryOf, sourceOf, trackOf } from "@/tests/factories/summary";

const open = (source: SummarySource): OpenTrack => {
  const [track] = summarize(source).tracks;
  if (!track || track.restricted) throw new Error("no open track");
  return track;
};
const figureOf = (track: OpenTrack, key: string) =>
  track.figures.find((figure) => figure.key === key)?.value;

const NAMES = ["Aardvark", "Bumblebee", "Capybara", "Dromedary"] as const;
const consent = fc.record({ named: fc.boolean(), passing: fc.boolean(), failing: fc.boolean() });
const kind = fc.constantFrom("participant" as const, "helper" as const);

/** An event of four projects, with everybody's name in everything that people write. */
const source = fc
  .record({
    consents: fc.array(consent, { minLength: 4, maxLength: 4 }),
    kinds: fc.array(kind, { minLength: 4, maxLength: 4 }),
    cells: fc.array(
      fc.record({
        uac: fc.constantFrom(...NAMES),
        uas: fc.constantFrom(...NAMES),
        test: fc.constantFrom("C-1", "C-2"),
        state: fc.constantFrom("planned", "reported", "confirmed", "disputed", "settled"),
        outcome: fc.constantFrom(...OUTCOMES),
      }),
      { maxLength: 30 },
    ),
    restricted: fc.boolean(),
  })
  .map(({ consents, kinds, cells, restricted }) => {
    const entries = NAMES.map((name, at) => {
      const slug = name.toLowerCase();
      return entryOf(slug, {
        name,
        kind: kinds[at] ?? "participant",
        project: { slug, name: `${name} Project`, aliases: [`${name}PBX`] },
        consent: consents[at] ?? { named: false, passing: false, failing: false },
      });
    });
    const everybody = NAMES.map(
      (name) => `${name}, ${name.toUpperCase()}, the ${name}  Project and ${name}PBX`,
    ).join("; ");
    const distinct = new Map(
      cells.map(({ uac, uas, test, state, outcome }) => {
        const cell = cellOf(uac.toLowerCase(), uas.toLowerCase(), {
          testCaseId: test,
          state,
          outcome: state === "planned" || state === "disputed" ? null : outcome,
        });
        return [cell.id, cell] as const;
      }),
    );
    return sourceOf({
      entries,
      event: { ...sourceOf().event, intro: everybody },
      tracks: [
        trackOf({
          restricted,
          leads: [everybody],
          cells: restricted ? [] : [...distinct.values()],
        }),
      ],
      texts: [
        { track: null, title: everybody, body: everybody },
        { track: "calls", title: everybody, body: `- **${everybody}**` },
      ],
      sponsors: NAMES.map((name) => ({ name, url: `https://${name}.example/`, note: name })),
      organizers: [everybody],
      statements: [{ about: everybody, text: everybody, source: everybody }],
      issues: NAMES.map((name, at) => ({
        number: at + 1,
        title: everybody,
        kind: "bug",
        severity: "major",
        state: "fixedLive",
        track: at === 0 ? null : "calls",
        project: { slug: name.toLowerCase(), name },
        targetName: null,
        links: [
          { kind: "commit", label: "75a168a9", url: `https://example.org/${name}/commit/75a168a9` },
          { kind: "commit", label: `e29-${name}`, url: null },
        ],
        credits: [{ deed: "found", name }],
      })),
      tries: [...distinct.values()].flatMap(({ id, parties: [a, b] }) =>
        [1, 2].map((build) => ({
          cellId: id,
          builds: [a, b].map((one) => `${one?.entry}@${one?.entry.slice(3)}-${build}`).join(" "),
          outcome: build === 1 ? ("pass" as const) : ("fail" as const),
          startedAt: build,
        })),
      ),
    });
  });

describe("a summary", () => {
  it("names nobody who has not agreed to it, whatever people have written", () => {
    fc.assert(
      fc.property(source, (made) => {
        const text = JSON.stringify(summarize(made)).toLowerCase();
        const unnamed = made.entries.filter(
          ({ kind: what, consent: { named } }) => what === "participant" && !named,
        );
        expect(unnamed.filter(({ name }) => text.includes(name.toLowerCase()))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it("has each number inside the one before, and is what its schema says", () => {
    fc.assert(
      fc.property(source, (made) => {
        const body = summarize(made);
        expect(summaryBodySchema.parse(body)).toEqual(body);
        for (const { figures } of [body, ...body.tracks.filter((track) => !track.restricted)]) {
          const values = ["possible", "applicable", "executed", "confirmed", "passed"].map(
            (key) => figures.find((figure) => figure.key === key)?.value ?? -1,
          );
          expect(values).toEqual(values.toSorted((a, b) => b - a));
          expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });

  it("tells of a restricted track that it took place, who led it and its text, and nothing else", () => {
    const body = summarize(
      sourceOf({
        tracks: [trackOf({ restricted: true, leads: ["Sandro"] })],
        texts: [{ track: "calls", title: "Calls", body: "It went well." }],
      }),
    );
    expect(body.tracks).toEqual([
      {
        slug: "calls",
        title: "Calls",
        restricted: true,
        leads: ["Sandro"],
        texts: [{ title: "Calls", body: "It went well." }],
      },
    ]);
    expect(body.figures.every(({ value }) => value === 0)).toBe(true);
  });

  it("counts coverage and pass rate with their denominators", () => {
    const track = open(
      sourceOf({
        tracks: [
          trackOf({
            cells: [
              cellOf("alpha", "beta"),
              cellOf("beta", "alpha", { state: "reported" }),
              cellOf("alpha", "beta", { testCaseId: "C-2", outcome: "fail", state: "settled" }),
              cellOf("alpha", "alpha"),
            ],
          }),
        ],
      }),
    );
    expect(track.figures.map(({ key, value }) => [key, value])).toEqual([
      ["possible", 4],
      ["applicable", 4],
      ["executed", 3],
      ["confirmed", 2],
      ["passed", 1],
      ["disputed", 0],
      ["settled", 1],
      ["withheld", 0],
    ]);
    expect(track.coverage).toBe("3 of 4 applicable combinations tried (75 %).");
    expect(track.passRate).toBe("1 of 2 confirmed outcomes passed (50 %).");
    expect(track.figures.find(({ key }) => key === "passed")).toMatchObject({
      words: "of 2 confirmed, deviations worth telling included",
      page: "/events/e/tracks/calls?state=confirmed&outcome=pass",
      data: "/api/v1/events/e/tracks/calls/matrix.csv?state=confirmed,settled&outcome=pass,degraded",
    });
    expect(track.grids[0]?.pairs).toEqual([
      { row: 0, column: 1, executed: 2, confirmed: 2, passed: 1, disputed: 0, withheld: 0 },
      { row: 1, column: 0, executed: 1, confirmed: 0, passed: 0, disputed: 0, withheld: 0 },
    ]);
  });

  it("counts what is withheld as that, in none of the other numbers, and says so", () => {
    const track = open(
      sourceOf({
        entries: [
          entryOf("alpha"),
          entryOf("beta", { consent: { named: true, passing: true, failing: false } }),
        ],
        tracks: [
          trackOf({
            cells: [cellOf("alpha", "beta"), cellOf("beta", "alpha", { outcome: "fail" })],
          }),
        ],
      }),
    );
    expect(["executed", "passed", "withheld"].map((key) => figureOf(track, key))).toEqual([
      1, 1, 1,
    ]);
    expect(track.passRate).toBe(
      "1 of 1 confirmed outcome passed (100 %). 1 more cell is withheld by its entries and in none of these numbers.",
    );
  });

  it("tells who was there without consent only by their number", () => {
    const track = open(
      sourceOf({
        entries: [
          entryOf("alpha"),
          entryOf("beta", { consent: { named: false, passing: true, failing: true } }),
          entryOf("beta-gateway", {
            kind: "helper",
            project: { slug: "beta", name: "beta", aliases: [] },
          }),
          entryOf("sipp", { kind: "tool" }),
        ],
        tracks: [trackOf({ cells: [cellOf("alpha", "beta"), cellOf("sipp", "alpha")] })],
      }),
    );
    expect(track.participants).toEqual([{ entry: "alpha", roles: ["Client", "Server"] }]);
    expect(track.unnamed).toBe(1);
    expect(track.helpers.map(({ entry }) => entry)).toEqual(["sipp"]);
    expect(track.grids[0]).toMatchObject({ rows: ["alpha", "sipp"], unnamed: 2 });
    expect(["executed", "withheld"].map((key) => figureOf(track, key))).toEqual([1, 1]);
  });

  it("tells what worked on one build and broke on the next", () => {
    const tries = (first: "pass" | "fail", second: "pass" | "timeout") => [
      {
        cellId: "alpha-beta-C-1",
        builds: "id-alpha@alpha-1 id-beta@beta-1",
        outcome: first,
        startedAt: 1,
      },
      {
        cellId: "alpha-beta-C-1",
        builds: "id-alpha@alpha-2 id-beta@beta-1",
        outcome: second,
        startedAt: 2,
      },
    ];
    const told = (...outcomes: Parameters<typeof tries>) =>
      open(
        sourceOf({
          tries: tries(...outcomes),
          tracks: [trackOf({ cells: [cellOf("alpha", "beta", { outcome: "timeout" })] })],
        }),
      ).regressions;
    expect(told("pass", "timeout")).toEqual([
      {
        test: "C-1",
        variant: {},
        parties: [
          { role: "uac", entry: "alpha", from: "1.0", to: "2.0" },
          { role: "uas", entry: "beta", from: "1.0", to: "1.0" },
        ],
        outcome: "timeout",
        page: "/events/e/tracks/calls/cells/alpha-beta-C-1",
      },
    ]);
    expect(told("fail", "timeout")).toEqual([]);
    expect(told("pass", "pass")).toEqual([]);
  });

  it("leaves out of an issue what would tell whose it is", () => {
    const issue = (slug: string) => ({
      number: 7,
      title: "Beta accepts anything",
      kind: "bug",
      severity: "major",
      state: "fixedLive" as const,
      track: "calls",
      project: { slug, name: slug },
      targetName: null,
      links: [{ kind: "commit", label: "75a168a9", url: "https://example.org/x/75a168a9" }],
      credits: [{ deed: "fixed" as const, name: "Ann" }],
    });
    const entries = [
      entryOf("alpha"),
      entryOf("beta", { consent: { named: false, passing: true, failing: true } }),
    ];
    const told = (slug: string) => open(sourceOf({ entries, issues: [issue(slug)] }));
    expect(told("beta").issues[0]).toMatchObject({
      title: "a participant accepts anything",
      project: null,
      links: [],
    });
    expect(told("alpha").issues[0]).toMatchObject({
      project: "alpha",
      links: [{ label: "75a168a9" }],
    });
    expect(told("alpha").issueFigures.map(({ key, value }) => [key, value])).toEqual([
      ["issues", 1],
      ["fixedLive", 1],
      ["fixedAfter", 0],
      ["open", 0],
    ]);
  });
});
