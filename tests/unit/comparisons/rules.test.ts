import { expect, it } from "vitest";
import { compareSettings, likelyPair, settingsOf } from "@/lib/comparisons/rules";
import type { Figure, Reading } from "@/lib/measurements/schema";

type Told = { conditions: Record<string, string>; value: number } & Partial<Reading>;

const partyOf = (role: string, entry: string, kind: "participant" | "tool") => ({
  ...{ role, entry, name: entry, kind, build: null },
});
const sipp = partyOf("generator", "sipp", "tool");
const sink = partyOf("sink", "sipp", "tool");
const kamailio = partyOf("target", "kamailio", "participant");
const opensips = partyOf("target", "opensips", "participant");

const readingOf = ({ value, ...told }: Told): Reading => ({
  test: "P-1",
  variant: {},
  parties: [sipp, kamailio],
  details: {},
  vantage: "generator",
  statistics: [{ name: "value", value, repeats: null, deviation: null }],
  attempt: 1,
  startedAt: "2026-11-20T10:00:00.000Z",
  outcome: "pass",
  measured: true,
  reporter: null,
  late: false,
  url: "/",
  ...told,
});
const figureOf = (name: string, ...told: Told[]): Figure => ({
  name,
  unit: "ms",
  plan: null,
  readings: told.map(readingOf),
});

const none = { rate: "20" };
const loss = { rate: "20", loss: "5 %" };
const fast = { rate: "100" };

const figures = [
  figureOf(
    "delay",
    { conditions: none, value: 1, test: "P-3", parties: [sipp, kamailio, sink] },
    { conditions: loss, value: 9 },
    { conditions: loss, value: 8, attempt: 2 },
    { conditions: loss, value: 7, vantage: "capture" },
    { conditions: loss, value: 6, parties: [sipp, opensips] },
    { conditions: fast, value: 2, parties: [sipp, opensips] },
  ),
  figureOf("calls", { conditions: none, value: 400 }, { conditions: loss, value: 200 }),
];
const pairOf = (one: string, other: string) => {
  const settings = settingsOf(figures);
  const found = [one, other].map((key) => settings.find((setting) => setting.key === key));
  const [left, right] = found;
  if (!left || !right) throw new Error(`${settings.map(({ key }) => key).join(", ")}`);
  return [left, right] as const;
};

it("two conditions are compared by what was measured of the same at the same place", () => {
  const { rows, differ } = compareSettings(figures, pairOf("rate=20", "rate=20; loss=5 %"));
  expect(differ).toEqual([{ name: "loss", values: [null, "5 %"] }]);
  expect(
    rows.map(({ name, measured, sides }) => [
      name,
      measured.map(({ entry }) => entry),
      ...sides.map((side) => side.map(({ statistics }) => statistics[0]?.value)),
    ]),
  ).toEqual([
    // What drove it, and in which test, may differ; whom it was measured of, and where, may not.
    ["delay", ["kamailio"], [1], [9, 8]],
    ["calls", ["kamailio"], [400], [200]],
  ]);
});

it("the pair that is shown first differs in least; there is none where nothing was measured twice", () => {
  expect(likelyPair(figures)?.map(({ key }) => key)).toEqual(["rate=20", "rate=20; loss=5 %"]);
  expect(likelyPair([figureOf("delay", { conditions: none, value: 1 })])).toBeNull();
  expect(likelyPair([])).toBeNull();
});
