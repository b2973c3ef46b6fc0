import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { coupleHref } from "@/components/couples/couple-href";
import { coupleWords, turnsIn } from "@/lib/couples/rules";
import type { CoupleCell, CoupleEvent } from "@/lib/couples/schema";
import { EVERY_OUTCOME } from "@/lib/outcomes/rules";

const PLACE = {
  test: { key: "T-1", title: "Test" },
  parties: ["a", "b"].map((project) => ({
    role: project,
    roleLabel: project.toUpperCase(),
    project,
    entry: project,
    name: project,
    build: "1.0",
  })),
};

const told = fc.record({
  lineage: fc.constantFrom("l1", "l2"),
  state: fc.constantFrom("planned", "reported", "confirmed", "disputed", "settled", "withheld"),
  outcome: fc.constantFrom(...EVERY_OUTCOME),
  id: fc.uuid(),
});

const cell = told.map(({ lineage, state, outcome, id }): CoupleCell => {
  if (state === "withheld") return { ...PLACE, lineage, state };
  const said = state === "planned" ? null : outcome;
  const rest = { id, url: `/${id}`, variant: {}, latestAt: null, overlays: [] };
  return { ...PLACE, ...rest, lineage, state, outcome: said } as CoupleCell;
});

const eventOf = (label: string, cells: CoupleCell[]): CoupleEvent => ({
  slug: label,
  label,
  zone: "UTC",
  tracks: [{ slug: "t", title: "T", cells }],
});

const events = fc
  .array(fc.array(cell, { maxLength: 8 }), { maxLength: 4 })
  .map((all) => all.map((cells, at) => eventOf(`e${at}`, cells)));

const cellsIn = (all: readonly CoupleEvent[]) =>
  all.flatMap(({ tracks }) => tracks.flatMap(({ cells }) => cells));

const numbersOf = (text: string) => [...text.matchAll(/\d+/g)].map(([number]) => Number(number));
const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);

describe("the answer in a sentence", () => {
  it("has every cell in it once: run is what it is made of, the rest is told beside it", () => {
    fc.assert(
      fc.property(events, (all) => {
        const [inside = "", outside = ""] = coupleWords({ events: all }).split("; not counted: ");
        const [run = 0, , , ...parts] = numbersOf(inside);
        expect(sum(parts)).toBe(run);
        expect(run + sum(numbersOf(outside))).toBe(cellsIn(all).length);
      }),
    );
  });

  it("says nothing else when the cells come in another order", () => {
    fc.assert(
      fc.property(events, (all) => {
        const turned = all.map((event) => eventOf(event.label, cellsIn([event]).toReversed()));
        expect(coupleWords({ events: turned })).toBe(coupleWords({ events: all }));
      }),
    );
  });
});

describe("what turned between editions", () => {
  const says = (outcome: string, over: object = {}) =>
    ({
      ...PLACE,
      lineage: "l1",
      id: outcome,
      url: `/${outcome}`,
      variant: {},
      latestAt: null,
      overlays: [],
      state: "confirmed",
      outcome,
      ...over,
    }) as CoupleCell;
  const between = (newest: CoupleCell[], before: CoupleCell[]) =>
    turnsIn({ events: [eventOf("new", newest), eventOf("old", before)] }).map(({ kind }) => kind);

  it("is fixed or regressed, and turned round the other", () => {
    expect(between([says("pass")], [says("fail")])).toEqual(["fixed"]);
    expect(between([says("fail")], [says("pass")])).toEqual(["regressed"]);
    expect(between([says("pass")], [says("pass")])).toEqual([]);
  });

  it("takes the worst of several entries of a project, and no dispute for either", () => {
    expect(between([says("pass"), says("timeout")], [says("fail")])).toEqual([]);
    expect(between([says("pass", { state: "disputed" })], [says("fail")])).toEqual([]);
  });

  it("tells nothing of a test that is withheld in any edition", () => {
    fc.assert(
      fc.property(events, (all) => {
        const withheld = cellsIn(all).filter(({ state }) => state === "withheld");
        const hidden = new Set(withheld.map(({ lineage }) => lineage));
        for (const turn of turnsIn({ events: all }))
          expect(hidden.has(turn.cell.lineage)).toBe(false);
      }),
    );
  });
});

it("two projects have one address, whichever is named first", () => {
  expect(coupleHref("b", "a")).toBe("/projects/a/with/b");
  expect(coupleHref("a", "b")).toBe("/projects/a/with/b");
});
