import { describe, expect, it } from "vitest";
import { keepDraft, saysSomething } from "@/components/results/drafts";
import { OUTCOME_KEYS, outcomeOfKey } from "@/components/results/outcome-keys";
import {
  answeredIn,
  buildField,
  type LogSheet,
  loggedIn,
  partyField,
  seqIn,
} from "@/components/results/sheet";
import { OUTCOMES } from "@/lib/results/schema";
import { logSchema } from "@/lib/words/schema";

const uac = { role: "uac", roleLabel: "UAC", entry: "alpha", name: "Alpha", builds: ["1.0"] };
const sheet: LogSheet = {
  eventSlug: "e",
  zone: "Europe/Berlin",
  track: { slug: "calls", restricted: false },
  test: "C-1",
  variant: {},
  parties: [uac],
  own: [],
  about: [],
  isReview: false,
  page: "/events/e/log",
  hasCell: false,
  personId: "p",
};

const form = (fields: [string, string][]) => {
  const data = new FormData();
  for (const [name, value] of fields) data.append(name, value);
  return data;
};

const FILLED: [string, string][] = [
  ["result.id", "0197a1c3-7b1e-7000-8000-000000000000"],
  ["result.test", "C-1"],
  ["variant", "mtu=300"],
  ["party", partyField(uac)],
  [buildField(uac), "1.0"],
  ["result.outcome", ""],
  ["result.outcome", "unsupported"],
  ["result.unsupportedBy", ""],
  ["result.unsupportedBy", "uac"],
  ["result.note", " why \n"],
  ["result.startedAt", "2026-11-21T11:59"],
];

describe("a form to log a result", () => {
  it("says what the router takes, with the time as a clock of the event shows it", () => {
    expect(logSchema.parse(loggedIn(form(FILLED), sheet.zone))).toEqual({
      id: "0197a1c3-7b1e-7000-8000-000000000000",
      test: "C-1",
      variant: { mtu: "300" },
      parties: [{ role: "uac", entry: "alpha", build: "1.0" }],
      outcome: "unsupported",
      unsupportedBy: ["uac"],
      note: "why",
      startedAt: "2026-11-21T10:59:00.000Z",
    });
  });

  it("without an outcome is refused at that field", () => {
    const parsed = logSchema.safeParse(
      loggedIn(form(FILLED.filter(([, value]) => value !== "unsupported")), "UTC"),
    );
    expect(parsed.error?.issues.map(({ path }) => path.join("."))).toEqual(["outcome"]);
  });

  it("tells which result it answers", () => {
    const answer = form([...FILLED, ["result.seq", "77"]]);
    expect([seqIn(answer), answeredIn(answer, "77").outcome]).toEqual(["77", "unsupported"]);
    expect(seqIn(form(FILLED))).toBe("");
  });

  it("drops a role that was ticked before another outcome was chosen", () => {
    const fields = FILLED.map(([name, value]): [string, string] => [
      name,
      value === "unsupported" ? "pass" : value,
    ]);
    expect(logSchema.parse(loggedIn(form(fields), "UTC")).unsupportedBy).toEqual([]);
  });
});

describe("the keys", () => {
  it("are one for each outcome, and none is the one that takes back", () => {
    expect(new Set(Object.values(OUTCOME_KEYS)).size).toBe(OUTCOMES.length);
    expect(OUTCOMES.map((outcome) => outcomeOfKey(OUTCOME_KEYS[outcome]))).toEqual([...OUTCOMES]);
    expect(outcomeOfKey("z")).toBeUndefined();
  });
});

describe("a draft", () => {
  it("is kept of nothing that is restricted: the browser's store is not even asked", () => {
    const restricted = { ...sheet, track: { slug: "security", restricted: true } };
    expect(saysSomething(form(FILLED))).toBe(true);
    expect(keepDraft(restricted, form(FILLED))).toBe(false);
  });

  it("is there once something was chosen or typed", () => {
    expect(
      saysSomething(
        form([
          ["result.outcome", ""],
          ["result.note", ""],
        ]),
      ),
    ).toBe(false);
    expect(
      saysSomething(
        form([
          ["result.outcome", ""],
          ["result.note", "x"],
        ]),
      ),
    ).toBe(true);
  });
});
