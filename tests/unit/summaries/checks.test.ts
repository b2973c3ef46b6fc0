import { describe, expect, it } from "vitest";
import { checksOf } from "@/lib/checks/rules";
import { concealing } from "@/lib/consents/rules";
import { percent } from "@/lib/figures/rules";
import type { SummarySource } from "@/lib/summaries/rules";
import { cellOf, entryOf, sourceOf, trackOf } from "@/tests/factories/summary";

const hidden = { named: false, passing: true, failing: true };
const ask = (source: SummarySource, over: Partial<Parameters<typeof checksOf>[0]> = {}) =>
  checksOf({ source, texts: [], unmapped: new Map(), ...over }).map(({ kind, says }) => [
    kind,
    says,
  ]);

describe("what is to be looked at before publishing", () => {
  it("is nothing when all is confirmed, consented and written", () => {
    expect(ask(sourceOf({ tracks: [trackOf({ cells: [cellOf("alpha", "beta")] })] }))).toEqual([]);
  });

  it("is what is unconfirmed, disputed or counts nowhere", () => {
    const cells = [
      cellOf("alpha", "beta", { state: "reported" }),
      cellOf("beta", "alpha", { state: "disputed", outcome: null }),
    ];
    const unmapped = new Map([["calls", 2]]);
    expect(ask(sourceOf({ tracks: [trackOf({ cells })] }), { unmapped })).toEqual([
      [
        "unconfirmed",
        "Calls: 1 cell rests on one side's word and counts as tried, not as confirmed.",
      ],
      ["disputed", "Calls: 1 cell is disputed and not settled."],
      ["unmapped", "Calls: results under 2 test names that the track does not know count nowhere."],
    ]);
  });

  it("is whoever has not agreed, and every number so small that it names a project", () => {
    const entries = [
      entryOf("alpha", { tracks: { calls: ["uac"] } }),
      entryOf("beta", { consent: hidden, tracks: { calls: ["uas"] } }),
      entryOf("gamma", {
        tracks: { calls: ["uac"] },
        consent: { named: true, passing: true, failing: false },
      }),
    ];
    expect(ask(sourceOf({ entries }))).toEqual([
      [
        "consent",
        "beta has not agreed to be named: it is counted, and all its cells are withheld.",
      ],
      ["consent", "gamma is named; its failing cells are withheld."],
      [
        "small",
        "Calls: only one implementation of Server, so that numbers of it are those of beta.",
      ],
      ["small", "Calls: just one of 3 participants is not named; who knows the list knows which."],
    ]);
    expect(ask(sourceOf({ entries: [entryOf("alpha")] }))).toEqual([
      [
        "small",
        "Only one project took part in Calls: whatever is said of the track is said of alpha.",
      ],
    ]);
  });

  it("is a text that is not ready, and one that names somebody without consent", () => {
    const source = sourceOf({ entries: [entryOf("alpha"), entryOf("beta", { consent: hidden })] });
    const text = { title: "Calls", page: "/x" };
    const says = ask(source, {
      texts: [
        { ...text, body: "", state: "todo" },
        { ...text, body: "Nearly.", state: "draft" },
        { ...text, body: "Thanks to Alpha and BETA.", state: "ready" },
      ],
    });
    expect(says.slice(0, 3)).toEqual([
      ["text", "“Calls” is not written, and stays out."],
      ["text", "“Calls” is not marked as ready, and stays out."],
      ["consent", "“Calls” names BETA without consent; the summary says “a participant” there."],
    ]);
  });

  it("is a restricted track, of which it tells no number", () => {
    const entries = [entryOf("alpha"), entryOf("beta")];
    expect(ask(sourceOf({ entries, tracks: [trackOf({ restricted: true })] }))).toEqual([
      ["restricted", expect.stringContaining("Calls is restricted")],
    ]);
  });
});

describe("concealing", () => {
  const entries = [
    entryOf("kam-gateway", { name: "Kam Gateway" }),
    entryOf("kam", {
      name: "Kam",
      consent: hidden,
      project: { slug: "kam", name: "C++ (Kam)", aliases: [] },
    }),
  ];
  const { hide, named } = concealing(entries);

  it("replaces whole names, in whatever letters and spacing, and leaves longer ones that may stay", () => {
    expect(hide("KAM, Kamilla and Kam\nGateway; c++  (kam)!")).toBe(
      "a participant, Kamilla and Kam\nGateway; a participant!",
    );
    expect(named("Kam and Kam Gateway")).toEqual(["Kam"]);
  });

  it("keeps the name of a project of which another entry agreed", () => {
    const both = [
      entryOf("kamailio", { name: "Kamailio" }),
      entryOf("kamailio-strict", {
        name: "Kamailio (strict)",
        consent: hidden,
        project: { slug: "kamailio", name: "Kamailio", aliases: [] },
      }),
    ];
    expect(concealing(both).hide("Kamailio, Kamailio (strict), kamailio-strict")).toBe(
      "Kamailio, a participant, a participant",
    );
  });
});

it("a percentage says none of none and all of all alone", () => {
  expect([percent(0, 0), percent(0, 9), percent(1, 999), percent(998, 999), percent(3, 3)]).toEqual(
    [0, 0, 1, 99, 100],
  );
});
