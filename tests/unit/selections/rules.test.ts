import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isKnownPassing } from "@/lib/matrices/rules";
import type { Grid, MatrixCell } from "@/lib/matrices/schema";
import { OUTCOMES } from "@/lib/results/schema";
import { selectCells, setAside } from "@/lib/selections/rules";
import { axis, cell, pairGrid, test } from "@/tests/unit/components/matrices/grids";

// 23 November, 02:00 in Kathmandu.
const around = { now: "2026-11-22T20:15:00.000Z", zone: "Asia/Kathmandu", own: ["gnutls"] };

const grid = pairGrid({
  rows: [axis("OpenSSL"), axis("GnuTLS"), axis("Kamailio")],
  columns: [axis("OpenSSL"), axis("GnuTLS"), axis("Kamailio")],
  tests: [test("DTLS-01"), { ...test("DTLS-05", { transport: ["udp", "tls"] }), level: "may" }],
  cells: [
    cell({ id: "a", row: 0, column: 1, outcome: "fail", attempts: 3, overlays: ["flaky"] }),
    cell({ id: "b", row: 1, column: 0, test: 1, variant: { transport: "tls" }, state: "reported" }),
    cell({
      id: "c",
      row: 2,
      column: 0,
      overlays: ["knownIssue"],
      latestAt: "2026-11-22T18:00:00.000Z",
    }),
    cell({ id: "d", row: 0, column: 2, outcome: "timeout", overlays: ["knownIssue", "stale"] }),
    cell({ id: "e", row: 1, column: 2, state: "disputed", outcome: null }),
    { row: 2, column: 1, test: 1, state: "withheld" },
  ],
});

const idOf = (one: MatrixCell) => ("id" in one ? one.id : "*");
const found = (q: string, of: Grid = grid) =>
  selectCells(of, { q }, around).cells.map(idOf).join("");

describe("a query of a matrix", () => {
  it.each([
    ["", "abcde*"],
    ["outcome:fail,timeout", "ad"],
    ["-outcome:fail", "bcde*"],
    ["state:disputed,withheld", "e*"],
    ["project:kamailio", "cde*"],
    ["role:client project:kamailio", "c*"],
    ["role:server project:kamailio", "de"],
    ["-role:server project:kamailio", "c*"],
    ["project:kamailio project:openssl", "cd"],
    ["role:uac", ""],
    ["test:dtls-05", "b*"],
    ["level:may", "b*"],
    ["required", "acde"],
    ["variant:transport=tls", "b"],
    ["attempts:>1", "a"],
    ["attempts:<=1 -state:withheld", "bcde"],
    ["changed:today", "abde"],
    ["changed:3h", "abcde"],
    ["changed:30m", "abde"],
    ["changed:2026-11-24", ""],
    ["mine", "abe*"],
    ["is:known", "cd"],
    ["known-passes", "c"],
    ["known -known-passes", "d"],
    ["flaky", "a"],
    ["stale", "d"],
    ["untested", ""],
    ["kama", "cde*"],
    ["'about", ""],
    ['"About DTLS-05"', "b*"],
    ["outcome:nonsense", "abcde*"],
  ])("%s finds %s", (q, ids) => {
    expect(found(q)).toBe(ids);
  });

  it("counts what it finds", () => {
    expect(selectCells(grid, { q: "outcome:fail" }, around).counts.executed).toBe(1);
  });

  it("tells nothing of a withheld cell but its place", () => {
    for (const outcome of OUTCOMES) expect(found(`outcome:${outcome}`)).not.toContain("*");
  });

  it("sets aside on a page what it leaves out of an export", () => {
    const aside = setAside(grid, { q: "outcome:fail" }, around).cells.filter(
      (one: MatrixCell) => one.aside,
    );
    expect(aside.map(idOf).join("")).toBe("bcde*");
  });

  it("knows a known issue that passes now, and not one that is in dispute", () => {
    expect(isKnownPassing(cell({ overlays: ["knownIssue"], outcome: "degraded" }))).toBe(true);
    expect(isKnownPassing(cell({ overlays: ["knownIssue"], state: "disputed" }))).toBe(false);
    expect(isKnownPassing(cell({ overlays: ["knownIssue"], outcome: "fail" }))).toBe(false);
    expect(isKnownPassing(cell())).toBe(false);
  });

  const term = fc.constantFrom(
    ..."outcome:fail state:reported level:may test:DTLS-01 attempts:>1 changed:1h mine known stale kama role:client variant:transport=tls".split(
      " ",
    ),
  );
  const sets = (q: string) => new Set(found(q));

  it("is divided by a term and its opposite, whatever else it asks for", () => {
    fc.assert(
      fc.property(fc.array(term), term, (rest, one) => {
        const all = rest.join(" ");
        const [yes, no] = [sets(`${all} ${one}`), sets(`${all} -${one}`)];
        expect([...yes].some((id) => no.has(id))).toBe(false);
        expect(new Set([...yes, ...no])).toEqual(sets(all));
      }),
    );
  });

  it("holds all its terms at once, and any of a term's values", () => {
    fc.assert(
      fc.property(term, term, (a, b) => {
        const other = sets(b);
        expect(sets(`${a} ${b}`)).toEqual(new Set([...sets(a)].filter((id) => other.has(id))));
        expect(sets(`${a} ${b}`)).toEqual(sets(`${b} ${a}`));
      }),
    );
    fc.assert(
      fc.property(fc.constantFrom(...OUTCOMES), fc.constantFrom(...OUTCOMES), (a, b) => {
        expect(sets(`outcome:${a},${b}`)).toEqual(
          new Set([...sets(`outcome:${a}`), ...sets(`outcome:${b}`)]),
        );
      }),
    );
  });
});
