import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { CellMark, SlotMark } from "@/components/matrices/matrix-cell";
import type { MatrixCell } from "@/lib/matrices/schema";
import { cell, look, pairGrid, soloGrid } from "./grids";

const place = { row: 0, column: 1, test: 0 };
const drawn = (one: MatrixCell, grid = pairGrid(), at: typeof place | { column: null } = place) =>
  renderToStaticMarkup(
    <CellMark grid={grid} place={{ ...place, ...at }} cell={one} look={look()} />,
  );
const nameOf = (html: string) => /aria-label="([^"]*)"/.exec(html)?.[1];

describe("a mark", () => {
  it("is a link to its cell, named by test, parties, state and sides", () => {
    const html = drawn(cell());
    expect(nameOf(html)).toBe(
      "DTLS-01, client OpenSSL, server GnuTLS: confirmed pass, 2 of 2 sides",
    );
    expect(html).toContain('href="/events/e/tracks/t/cells/c1"');
  });

  it.each([
    [cell({ state: "reported", sides: 1 }), "reported pass, 1 of 2 sides"],
    [cell({ state: "disputed", outcome: null }), "disputed, 2 of 2 sides"],
    [cell({ state: "planned", outcome: null, sides: 0 }), "planned"],
    [cell({ state: "settled", outcome: "fail" }), "settled fail, 2 of 2 sides"],
    [cell({ sides: 1, sidesOf: 1 }), "confirmed pass, 1 of 1 side"],
    [cell({ overlays: ["stale", "flaky"] }), "confirmed pass, 2 of 2 sides, stale, flaky"],
    [{ row: 0, column: 1, test: 0, state: "withheld" as const }, "withheld"],
  ])("tells %o", (one, words) => {
    expect(nameOf(drawn(one))).toBe(`DTLS-01, client OpenSSL, server GnuTLS: ${words}`);
  });

  it("names the variant and every further party", () => {
    const one = cell({
      test: 1,
      variant: { server: "both-profiles" },
      others: { "media-relay": "rtpengine" },
    });
    expect(nameOf(drawn(one, pairGrid(), { ...place, test: 1 }))).toBe(
      "DTLS-05 (server both-profiles), client OpenSSL, server GnuTLS, media-relay rtpengine: confirmed pass, 2 of 2 sides",
    );
  });

  it("of a test with one party has no sides", () => {
    const one = cell({ column: null, sides: 0, sidesOf: 0 });
    expect(nameOf(drawn(one, soloGrid(), { column: null }))).toBe(
      "DTLS-01, vs OpenSSL: confirmed pass",
    );
  });

  it("of a withheld cell leads nowhere and tells nothing", () => {
    const html = drawn({ row: 0, column: 1, test: 0, state: "withheld" });
    expect(html).not.toContain("href");
    expect(html).not.toContain("pass");
  });

  it("is solid when confirmed and outlined when one side says so", () => {
    expect(drawn(cell())).toContain('class="sign-solid"');
    const reported = drawn(cell({ state: "reported" }));
    expect(reported).toContain('class="sign-outline"');
    expect(reported).not.toContain('class="sign-solid"');
  });

  it("carries no style attribute, which the page's policy would refuse", () => {
    expect(drawn(cell({ overlays: ["stale", "flaky"] }))).not.toContain("style=");
  });
});

describe("a slot", () => {
  const slot = (cells: MatrixCell[]) =>
    renderToStaticMarkup(
      <SlotMark
        grid={pairGrid()}
        place={{ ...place, test: 1 }}
        cells={cells}
        look={look()}
        detailsHref="?test=DTLS-05"
      />,
    );
  const pass = cell({ test: 1, variant: { server: "both-profiles" } });
  const other = { server: "aes128-cm-only" };

  it("with nothing in it is an empty socket", () => {
    expect(slot([])).toBe('<span class="mark mark-empty" aria-hidden="true"></span>');
  });

  it("of several variants leads to them, and says how many have been told", () => {
    const html = slot([pass, cell({ test: 1, variant: other, id: "c2", outcome: "fail" })]);
    expect(nameOf(html)).toBe(
      "DTLS-05, client OpenSSL, server GnuTLS: 2 of 2 variants, 1 confirmed fail, 1 confirmed pass",
    );
    expect(html).toContain('href="?test=DTLS-05"');
    expect(html).toContain(">2/2<");
  });

  it("never looks better than its worst cell", () => {
    const fail = cell({ test: 1, variant: other, id: "c2", outcome: "fail" });
    expect(slot([pass, fail])).toContain('data-sign="fail"');
    const disputed = cell({ test: 1, variant: other, id: "c3", state: "disputed", outcome: null });
    expect(slot([fail, disputed])).toContain('data-sign="disputed"');
  });

  it("is outlined as long as one of equal outcomes is one side's word", () => {
    const reported = cell({ test: 1, variant: other, id: "c2", state: "reported" });
    expect(slot([pass, reported])).toContain('data-state="reported"');
  });

  it("with one of two variants told is a roll-up still", () => {
    expect(slot([pass])).toContain(">1/2<");
  });
});
