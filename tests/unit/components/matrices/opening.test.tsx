import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { openingAt, openingWith } from "@/components/matrices/look";
import { SlotMark } from "@/components/matrices/matrix-cell";
import { tallyOf } from "@/components/matrices/slots";
import { rollUpName } from "@/components/matrices/wording";
import { cell, look, pairGrid, test } from "./grids";

const log = { path: "/events/e/log", track: "t", own: ["gnutls"] };
const grid = pairGrid();
const place = { row: 0, column: 1, test: 1 };

describe("an empty square", () => {
  it("of the reader's own entry leads to the log page with all of it chosen", () => {
    expect(
      openingAt(look({ log }), grid, { ...place, variant: { server: "both-profiles" } }),
    ).toEqual({
      name: "DTLS-05, client OpenSSL, server GnuTLS: untested, log it",
      href: "/events/e/log?track=t&test=DTLS-05&client=openssl&server=gnutls&v.server=both-profiles",
    });
    expect(openingWith(look({ log }), ["openssl", "gnutls"])?.href).toBe(
      "/events/e/log?track=t&with=openssl",
    );
  });

  it("leads nowhere for others, for a pair with itself, and where nobody logs", () => {
    const others = look({ log: { ...log, own: ["botan"] } });
    expect(openingAt(others, grid, place)).toBeNull();
    expect(openingWith(others, ["openssl", "gnutls"])).toBeNull();
    expect(openingAt(look({ log }), grid, { ...place, row: 1 })).toBeNull();
    expect(openingWith(look({ log }), ["gnutls", "gnutls"])).toBeNull();
    expect(openingAt(look(), grid, place)).toBeNull();
  });

  it("is drawn as a link with its name", () => {
    const html = renderToStaticMarkup(
      <SlotMark {...{ grid, place, cells: [], detailsHref: "?" }} look={look({ log })} />,
    );
    expect(html).toContain("untested, log it</span></a>");
  });
});

describe("a square of several constellations", () => {
  const [one, other] = [
    cell({ others: { third: "botan" }, test: 0 }),
    cell({ others: { third: "nss" }, test: 0, id: "c2", outcome: "fail" }),
  ];

  it("says how many", () => {
    expect(tallyOf(test("T-1"), [one, other])).toBe("any 2");
    expect(rollUpName(grid, { ...place, test: 0 }, [one, other])).toContain(
      "2 cells of 2 constellations with any third party",
    );
  });
});
