import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isMoving, parseQuery, printQuery } from "@/lib/queries/rules";
import { KEYS, MARKS } from "@/lib/queries/schema";

const printed = (text: string) => printQuery(parseQuery(text));
const faultsIn = (text: string) => parseQuery(text).faults;

describe("a query", () => {
  it("is keys with values, marks and words, each of which may be turned round", () => {
    expect(parseQuery('outcome:fail,timeout -known "GnuTLS 3" -project:kamailio')).toEqual({
      terms: [
        { key: "outcome", values: ["fail", "timeout"], negated: false },
        { key: "is", values: ["known"], negated: true },
        { key: "text", values: ["GnuTLS 3"], negated: false },
        { key: "project", values: ["kamailio"], negated: true },
      ],
      faults: [],
    });
  });

  it("takes in quotes whatever would mean something else without", () => {
    expect(parseQuery('"known" variant:"name=a, ""b""" "x:y"').terms).toEqual([
      { key: "text", values: ["known"], negated: false },
      { key: "variant", values: ['name=a, "b"'], negated: false },
      { key: "text", values: ["x:y"], negated: false },
    ]);
  });

  it("says what is wrong, where, and what to use, and keeps the good terms", () => {
    const query = parseQuery("outcome:fial state:confirmed outcom:pass");
    expect(query.terms).toEqual([{ key: "state", values: ["confirmed"], negated: false }]);
    expect(query.faults.map(({ at, length, instead }) => ({ at, length, instead }))).toEqual([
      { at: 0, length: 12, instead: "outcome:fail" },
      { at: 29, length: 11, instead: "outcome:pass" },
    ]);
    expect(query.faults[0]?.message).toBe(
      '"fial" is no outcome; use pass, degraded, fail, timeout, error, unsupported, inconclusive, skipped.',
    );
  });

  it("takes a day that there is, a span or today, and a number of attempts with its sign", () => {
    expect(faultsIn("changed:today changed:2d changed:2026-11-23 attempts:>=2 attempts:3")).toEqual(
      [],
    );
    expect(faultsIn("changed:2026-02-30")[0]?.message).toContain("such as 30m, 1h, 2d or 1w");
    expect(faultsIn("attempts:many")[0]?.message).toContain("attempts:>1");
    expect(faultsIn("variant:tls")[0]?.message).toContain("variant:transport=tls");
    expect(faultsIn("role:")[0]?.message).toBe(
      "Say which role after the colon, such as role:server.",
    );
    expect(faultsIn('"never closed')).toHaveLength(1);
  });

  it("depends on who asks and when where it asks for mine or for what has changed", () => {
    expect(isMoving("outcome:fail")).toBe(false);
    expect(isMoving("changed:1h")).toBe(true);
    expect(isMoving("-mine")).toBe(true);
  });

  const pieces = fc.array(
    fc.oneof(
      fc.constantFrom(...KEYS, ...MARKS, ":", ",", '"', "-", " ", "\t", "fail", "today", ">1", "="),
      fc.string({ unit: "binary" }),
    ),
  );

  it("never fails to be read, and what is printed is read as the same", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: "binary" }),
          pieces.map((all) => all.join("")),
        ),
        (text) => {
          const { terms, faults } = parseQuery(text);
          const again = parseQuery(printQuery({ terms }));
          expect(again).toEqual({ terms, faults: [] });
          for (const { at, length } of faults) {
            expect(length).toBeGreaterThan(0);
            expect(at + length).toBeLessThanOrEqual(text.length);
          }
          expect(printed(printed(text))).toBe(printed(text));
        },
      ),
      { numRuns: 2000 },
    );
  });

  it("suggests only what is then read without a fault", () => {
    fc.assert(
      fc.property(pieces, (all) => {
        for (const { instead } of faultsIn(all.join(""))) {
          if (instead !== null) expect(parseQuery(instead).terms).not.toHaveLength(0);
        }
      }),
    );
  });
});
