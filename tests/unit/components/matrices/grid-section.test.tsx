import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { GridSection } from "@/components/matrices/grid-section";
import { drawGrids } from "@/lib/drawings/rules";
import { layoutsOf } from "@/lib/layouts/rules";
import type { Grid } from "@/lib/matrices/schema";
import { readView } from "@/lib/views/schema";
import { axis, cell, look, pairGrid, soloGrid, test } from "./grids";

const labels = { client: "DTLS client", server: "DTLS server", vs: "Verification service" };
const drawn = (grid: Grid, query: Record<string, string> = {}) => {
  const view = readView(query);
  return drawGrids([grid], layoutsOf([grid], view), view)
    .map((one) =>
      renderToStaticMarkup(<GridSection drawn={one} labels={labels} look={look({ view })} />),
    )
    .join("");
};
const count = (html: string, part: string) => html.split(part).length - 1;

describe("a pair grid", () => {
  const html = drawn(pairGrid({ cells: [cell()] }));

  it("is a named region that the keyboard reaches", () => {
    expect(html).toContain('aria-label="Matrix, DTLS client × DTLS server" tabindex="0"');
  });

  it("has heads for rows, columns and the group of columns", () => {
    expect(count(html.split("</table>")[0] ?? "", 'scope="row"')).toBe(2);
    expect(count(html.split("</table>")[0] ?? "", 'scope="col"')).toBe(2);
    expect(html).toContain(`scope="colgroup" colSpan="2"`);
  });

  it("says its numbers with their denominators", () => {
    expect(html).toContain(
      "31 of 40 applicable combinations tried, 22 confirmed, 19 of those passed; 2 do not apply.",
    );
  });

  it("says of one entry with whom it has been in each role", () => {
    const sheets = drawn(pairGrid({ cells: [cell()] }), { entry: "openssl" });
    expect(sheets).toContain(
      "In this role: with 1 of 1 other as DTLS server, 1 tried, 1 confirmed, 1 of those passed.",
    );
    expect(sheets).toContain("In this role: nothing yet with any of 1 other as DTLS client.");
  });

  it("marks the diagonal", () => {
    expect(count(html, 'data-self="true"')).toBe(2);
    expect(count(html, ">self-pair<")).toBe(2);
  });

  it("says what is untested of a pair", () => {
    expect(html).toContain("Untested: DTLS-05");
    expect(html).toContain("Untested: DTLS-01, DTLS-05");
  });

  it("shows one mark for all tests of a pair when there are very many", () => {
    const tests = Array.from({ length: 30 }, (_, at) => test(`T-${at}`));
    const many = drawn(pairGrid({ tests, cells: [cell(), cell({ test: 7, id: "c2" })] }));
    expect(many).toContain("client OpenSSL, server GnuTLS: 2 of 30 tests, 2 confirmed pass");
    expect(many).toContain("/events/e/tracks/t?rows=openssl&amp;columns=gnutls");
  });
});

describe("one test of a grid", () => {
  const variant = { server: "aes128-cm-only" };
  const html = drawn(pairGrid({ cells: [cell({ test: 1, variant }), cell({ id: "c2" })] }), {
    test: "DTLS-05",
  });

  it("shows each declared variant in its place, told or not", () => {
    expect(count(html, "server aes128-cm-only")).toBeGreaterThanOrEqual(2);
    expect(html.indexOf("server both-profiles")).toBeLessThan(
      html.indexOf("server aes128-cm-only"),
    );
    expect(html).toContain(": untested");
  });

  it("tells that the numbers are the whole grid's", () => {
    expect(html).toContain("Showing 1 of 2 cells. The whole grid: 31 of 40");
  });
});

describe("a solo grid", () => {
  it("has a row for each test and a column for each entry", () => {
    const html = drawn(soloGrid({ cells: [cell({ column: null, sides: 0, sidesOf: 0 })] }));
    expect(html).toContain('aria-label="DTLS-01, vs OpenSSL: confirmed pass"');
    expect(count(html, 'scope="row"')).toBe(2);
    expect(count(html, 'scope="col"')).toBe(2);
  });

  it("of one test has a row for each variant", () => {
    const html = drawn(soloGrid(), { test: "DTLS-05" });
    expect(count(html, 'scope="row"')).toBe(2);
  });
});

describe("a grid that nobody can play", () => {
  const none = { possible: 2, applicable: 0, executed: 0, confirmed: 0, passed: 0 };

  it("says so instead of showing an empty table", () => {
    const html = drawn(pairGrid({ columns: [], counts: none }));
    expect(html).toContain("No entry here plays DTLS server");
    expect(html).toContain("DTLS-05 About DTLS-05");
    expect(html).not.toContain("<table");
  });

  it("names the third role when that is the one missing", () => {
    const roles = { rows: "client", columns: "server", others: ["vs"] };
    expect(drawn(pairGrid({ roles, counts: none }))).toContain(
      "No entry here plays Verification service",
    );
  });

  it("with a single entry in both roles needs a second one", () => {
    const alone = [axis("OpenSSL")];
    expect(drawn(pairGrid({ rows: alone, columns: alone, counts: none }))).toContain(
      "No two different entries play these roles",
    );
  });
});
