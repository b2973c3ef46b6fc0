import { describe, expect, it } from "vitest";
import { complete, vocabularyOf } from "@/lib/completions/rules";
import { parseQuery } from "@/lib/queries/rules";
import { axis, cell, pairGrid } from "@/tests/unit/components/matrices/grids";

const fails = cell({ id: "c2", row: 1, column: 0, outcome: "fail", overlays: ["knownIssue"] });
const grid = pairGrid({
  rows: [axis("OpenSSL"), { ...axis("GnuTLS"), entry: "gnutls-strict", name: "GnuTLS strict" }],
  cells: [cell(), fails],
});
const vocabulary = vocabularyOf([grid], ["openssl"]);
const offered = (text: string, caret = text.length) => complete(text, caret, vocabulary);
const namesFor = (text: string) => offered(text).options.map(({ name }) => name);

describe("the completion of a query", () => {
  it("offers keys first, and then whatever has the word in its name", () => {
    expect(namesFor("")).toContain("outcome:");
    expect(namesFor("outc")).toEqual(["outcome:"]);
    expect(namesFor("-stri")).toEqual(["project:gnutls-strict"]);
    expect(namesFor("known")).toEqual(["is:known", "is:known-passes"]);
  });

  it("offers values with their counts in the grid, those that are there first", () => {
    const { options, from, to } = offered("state:confirmed outcome:");
    expect({ from, to }).toEqual({ from: 24, to: 24 });
    expect(options.slice(0, 2).map(({ name, count }) => [name, count])).toEqual([
      ["pass", 1],
      ["fail", 1],
    ]);
    expect(offered("is:mi").options[0]?.count).toBe(2);
    expect(offered("role:cl").options[0]?.count).toBe(2);
    expect(offered("variant:").options.map(({ name }) => name)).toEqual([
      "server=both-profiles",
      "server=aes128-cm-only",
    ]);
  });

  it("goes on after a comma and where the caret is", () => {
    expect(offered("outcome:pass,fa").from).toBe(13);
    expect(offered("outco state:confirmed", 5)).toMatchObject({ from: 0, to: 5 });
  });

  it("puts in what the parser reads", () => {
    for (const key of [
      "outcome",
      "state",
      "project",
      "test",
      "is",
      "changed",
      "attempts",
      "variant",
    ]) {
      for (const { insert } of offered(`${key}:`).options)
        expect(parseQuery(`${key}:${insert}`).faults).toEqual([]);
    }
  });

  it("knows no counts where the cells have not come yet", () => {
    const { outcome = [] } = vocabularyOf([{ ...grid, cells: [] }], []);
    expect(outcome.every(({ count }) => count === null)).toBe(true);
  });
});
