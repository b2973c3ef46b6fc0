import sax from "sax";
import { describe, expect, it } from "vitest";
import { GET as badge } from "@/app/api/v1/events/[eventSlug]/tracks/[trackSlug]/badge.svg/route";
import { GET as atom } from "@/app/api/v1/events/[eventSlug]/tracks/[trackSlug]/changes.atom/route";
import { GET as csv } from "@/app/api/v1/events/[eventSlug]/tracks/[trackSlug]/matrix.csv/route";
import { GET as ndjson } from "@/app/api/v1/events/[eventSlug]/tracks/[trackSlug]/matrix.ndjson/route";
import { GET as svg } from "@/app/api/v1/events/[eventSlug]/tracks/[trackSlug]/matrix.svg/route";
import { GET as embed } from "@/app/embed/events/[eventSlug]/tracks/[trackSlug]/route";
import { db } from "@/lib/db/client";
import { type MadeEvent, makeEvent } from "@/tests/factories/event";
import { item, params, push, request } from "@/tests/factories/push";

type Door = typeof svg;

const ask = (door: Door, event: MadeEvent, token: string, query = "", headers = {}) =>
  door(
    request(`events/${event.slug}/tracks/calls/twin${query}`, "GET", { token, headers }),
    params({ eventSlug: event.slug, trackSlug: "calls" }),
  );
const textOf = async (response: Response) => {
  expect(response.status).toBe(200);
  return response.text();
};

/** All text and attribute values of a document; throws where it is no XML. */
function wordsOf(document: string): string[] {
  const words: string[] = [];
  const parser = sax.parser(true);
  parser.onerror = (error) => {
    throw error;
  };
  parser.ontext = (text) => words.push(text);
  parser.oncdata = (text) => words.push(text);
  parser.onopentag = ({ name, attributes }) => {
    words.push(`<${name}>`, ...Object.values(attributes).map(String));
  };
  parser.write(document).close();
  return words.map((word) => word.trim()).filter((word) => word !== "");
}

const NASTY = `"><script>alert(1)</script>\u0007&`;

describe("the twins of a matrix", () => {
  const between = (uac: string, uas: string, over = {}) =>
    item({
      parties: [
        { role: "uac", entry: uac },
        { role: "uas", entry: uas },
      ],
      ...over,
    });
  async function tested() {
    const event = await makeEvent();
    const token = await event.tokenOf(null);
    await push(event, token, [
      between("alpha", "beta"),
      between("alpha", "beta", { test: "C-2", outcome: "fail" }),
      between("beta", "alpha", { outcome: "timeout" }),
    ]);
    return { event, token };
  }

  it("a picture is well-formed, whatever an entry is called, and tells its counts", async () => {
    const { event, token } = await tested();
    await db.entry.update({ where: { id: event.entryIds.alpha ?? "" }, data: { name: NASTY } });
    const response = await ask(svg, event, token);
    expect(response.headers.get("content-type")).toBe("image/svg+xml; charset=utf-8");
    const words = wordsOf(await textOf(response));
    expect(words).toContain(NASTY.replace("\u0007", "\ufffd"));
    expect(words).not.toContain("<script>");
    expect(words.join(" ")).toContain(
      "of 4 possible 4 applicable, of these 3 executed, of these 3 confirmed, of these 1 passed.",
    );
  });

  it("a picture has a sign for each cell, and only those that were asked for", async () => {
    const { event, token } = await tested();
    const letters = async (query: string) =>
      wordsOf(await textOf(await ask(svg, event, token, query))).filter((word) =>
        ["P", "F", "T"].includes(word),
      ).length;
    // The legend has one of each, and four more with a P.
    const inLegend = 7;
    expect(await letters("")).toBe(inLegend + 3);
    expect(await letters("?test=C-1")).toBe(inLegend + 2);
    expect(await letters("?outcome=fail")).toBe(inLegend + 1);
  });

  it("an unchanged picture is not sent again", async () => {
    const { event, token } = await tested();
    const etag = (await ask(svg, event, token)).headers.get("etag") ?? "";
    const again = () => ask(svg, event, token, "", { "if-none-match": etag });
    expect((await again()).status).toBe(304);
    await push(event, token, [between("beta", "alpha", { test: "C-2" })]);
    expect((await again()).status).toBe(200);
  });

  it("lines of JSON say what the table says", async () => {
    const { event, token } = await tested();
    const lines = (await textOf(await ask(ndjson, event, token))).trimEnd().split("\n");
    const rows = lines.map((line) => JSON.parse(line) as Record<string, string | number>);
    const [head = "", ...table] = (await textOf(await ask(csv, event, token)))
      .trimEnd()
      .split("\r\n");
    const columns = head.split(",");
    expect(Object.keys(rows[0] ?? {}).sort()).toEqual(columns.toSorted());
    expect(rows.map((row) => columns.map((name) => row[name]).join(","))).toEqual(table);
    expect(rows.map(({ test, outcome }) => [test, outcome])).toEqual([
      ["C-1", "pass"],
      ["C-1", "timeout"],
      ["C-2", "fail"],
    ]);
  });

  it("the feed tells the newest first, and a cell's change is a new item", async () => {
    const { event, token } = await tested();
    const titles = async () =>
      wordsOf(await textOf(await ask(atom, event, token))).filter((word) => word.startsWith("C-"));
    expect((await titles()).length).toBe(3);
    await push(event, token, [
      between("beta", "alpha", { test: "C-2", startedAt: "2026-11-21T10:00:00.000Z" }),
    ]);
    expect((await titles())[0]).toBe("C-2, uac beta, uas alpha: confirmed pass");
    // Readers take a title for HTML.
    await db.entry.update({ where: { id: event.entryIds.alpha ?? "" }, data: { name: NASTY } });
    expect((await titles())[0]).toContain("uas &quot;&gt;&lt;script&gt;");
  });

  it("a badge says how many of how many, for an entry and for two together", async () => {
    const { event, token } = await tested();
    const said = async (query: string) =>
      wordsOf(await textOf(await ask(badge, event, token, query))).find((word) =>
        word.includes(": "),
      );
    expect(await said("?entry=alpha")).toBe("Calls: 1 of 3 passed, confirmed");
    expect(await said("?entry=alpha&with=beta")).toBe(
      "alpha and beta, Calls: 1 of 3 passed, confirmed",
    );
    expect((await ask(badge, event, token, "?entry=nobody")).status).toBe(404);
    expect((await ask(badge, event, token, "")).status).toBe(422);
  });

  it("a frame on any page may show the picture with its numbers, and nothing that runs", async () => {
    const { event, token } = await tested();
    await db.track.update({ where: { id: event.trackId }, data: { title: NASTY } });
    const response = await ask(embed, event, token, "?test=C-1");
    expect(response.headers.get("content-security-policy")).toMatch(
      /^default-src 'none'; img-src 'self';.* frame-ancestors \*$/,
    );
    const html = await textOf(response);
    expect(html).toContain(`/events/${event.slug}/tracks/calls?test=C-1"`);
    expect(html).toContain("of these 2 executed");
    expect(html).not.toContain("<script");
  });

  it.each([
    ["picture", svg],
    ["lines", ndjson],
    ["feed", atom],
    ["badge", badge],
  ])("a %s of a restricted track shows an entry's agent its own cells only", async (_, door) => {
    const event = await makeEvent({
      restricted: true,
      entries: [{ slug: "alpha" }, { slug: "beta" }, { slug: "gamma" }],
    });
    await push(event, await event.tokenOf(null), [between("alpha", "beta", { outcome: "fail" })]);
    const seen = await textOf(await ask(door, event, await event.tokenOf("alpha"), "?entry=alpha"));
    const unseen = await textOf(
      await ask(door, event, await event.tokenOf("gamma"), "?entry=alpha"),
    );
    expect(unseen.length).toBeLessThan(seen.length);
    const other = await makeEvent();
    expect((await ask(door, event, await other.tokenOf(null), "?entry=alpha")).status).toBe(404);
  });
});
