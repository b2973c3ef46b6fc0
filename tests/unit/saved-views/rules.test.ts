import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  MOST_VIEWS,
  mayChange,
  nameKeyOf,
  whyNotNamed,
  whyNotOneMore,
} from "@/lib/saved-views/rules";
import { newViewSchema, pageQueryOf } from "@/lib/saved-views/schema";

const queryOf = (text: string) => pageQueryOf(new URLSearchParams(text));

describe("the query of a saved view", () => {
  it("is what the page reads in it, in the page's own order and writing", () => {
    expect(queryOf("?test=C-1&entry=alpha&entry=beta&state=disputed")).toBe(
      "?entry=alpha,beta&test=C-1&state=disputed",
    );
    expect(queryOf("q=outcome:fail+-known&asOf=9")).toBe("?q=outcome:fail+-known&asOf=9");
  });

  it("is nothing else: unknown fields, wrong values and the cell that is open are left out", () => {
    expect(queryOf("state=great&cell=1&answer=x&next=//evil.example&flip=1")).toBe("?flip=1");
    expect(queryOf("entry=%3Cscript%3E&sort=up")).toBe("?");
  });

  it("stays the same when it is read again, whatever was sent", () => {
    const names = fc.constantFrom("q", "entry", "test", "state", "hide", "pin", "asOf", "x");
    const pairs = fc.array(fc.tuple(names, fc.string({ unit: "binary" })));
    fc.assert(
      fc.property(pairs, (all) => {
        const once = pageQueryOf(new URLSearchParams(all));
        expect(queryOf(once)).toBe(once);
        expect(once).toMatch(/^\?[^?#<>"\s]*$/);
      }),
    );
  });

  it("of the whole matrix is none", () => {
    const { error } = newViewSchema.safeParse({ name: "All", query: "?state=great" });
    expect(error?.issues.map(({ path, message }) => [path.join("."), message])).toEqual([
      ["query", expect.stringMatching(/^This is the whole matrix/)],
    ]);
  });

  it("has an address that browsers take", () => {
    const many = Array.from({ length: 200 }, (_, at) => `an-entry-with-a-long-name-${at}`).join();
    const { error } = newViewSchema.safeParse({ name: "Many", query: `?entry=${many}` });
    expect(error?.issues[0]?.message).toMatch(/longer than 4000 characters/);
  });
});

describe("the name of a saved view", () => {
  it("is one line that says something", () => {
    const named = (name: string) => newViewSchema.safeParse({ name, query: "?flip=1" }).data?.name;
    expect(named("  Disputed\n with  us ")).toBe("Disputed with us");
    expect(named(" \n ")).toBeUndefined();
    expect(named("x".repeat(81))).toBeUndefined();
  });

  it("is taken in whatever case, and in whatever encoding of its letters", () => {
    const others = [nameKeyOf("Ärger")];
    const tries = (name: string) => whyNotNamed(name, { others, isShared: false });
    expect(tries("ÄRGER")).toMatch(/^You have a view named “ÄRGER” in this track already/);
    expect(tries("a\u0308rger")).not.toBeNull();
    expect(tries("Arger")).toBeNull();
    expect(whyNotNamed("ärger", { others, isShared: true })).toMatch(/^This track has a view/);
  });
});

describe("how many there are", () => {
  it("has a limit, told in words", () => {
    expect(whyNotOneMore(MOST_VIEWS - 1, false)).toBeNull();
    expect(whyNotOneMore(MOST_VIEWS, false)).toMatch(/^You have 50 saved views/);
    expect(whyNotOneMore(MOST_VIEWS, true)).toMatch(/^A track has at most 50 views for everybody/);
  });
});

describe("a saved view", () => {
  it("is changed by whom it belongs to: its person, or those who make the event's", () => {
    expect(mayChange("ann", { personId: "ann", mayShare: false })).toBe(true);
    expect(mayChange("ann", { personId: "bob", mayShare: true })).toBe(false);
    expect(mayChange(null, { personId: "bob", mayShare: true })).toBe(true);
    expect(mayChange(null, { personId: null, mayShare: false })).toBe(false);
  });
});
