import { expect, it } from "vitest";
import { seed } from "@/lib/admin/seed";
import { db } from "@/lib/db/client";
import { callAs } from "@/tests/factories/caller";

it("OpenSIPIt'03 is loaded with its statements and sponsor, and published with its summary, once", async () => {
  expect(await seed()).toBe("Loopback plugfest: made\nOpenSIPIt'03: made");
  expect(await seed()).toBe("Loopback plugfest: there\nOpenSIPIt'03: there");
  const visitor = await callAs(null);
  const where = { eventSlug: "opensipit-03" };
  const event = await visitor.events.byName(where);
  expect(event).toMatchObject({
    phase: "published",
    sponsors: [{ name: "Sippy Software", url: "", note: "" }],
  });
  expect(event.statements.find(({ figure }) => figure?.value === 8)).toMatchObject({
    figure: { value: 8, unit: "projects" },
    source: expect.stringContaining("OpenSIPS blog"),
  });
  expect(event.entryLines.map(({ name }) => name)).toContain("Asterisk");
  const summary = await visitor.summaries.latest(where);
  expect(summary).toMatchObject({ version: 1, changelog: "", versions: [{ version: 1 }] });
  const body = summary?.body;
  expect(body?.texts.map(({ title }) => title)).toEqual(["Overview", "Hackathon"]);
  expect(body?.tracks.map(({ slug, texts }) => [slug, texts.length])).toEqual([
    ["siprec", 1],
    ["stir-shaken", 1],
    ["dtls", 1],
    ["performance", 1],
    ["security", 1],
    ["rfc8760", 1],
  ]);
  expect(body?.unnamed).toBe(0);
  expect(JSON.stringify(body)).not.toContain("a participant");
  expect(body?.thanks.sponsors.map(({ name }) => name)).toEqual(["Sippy Software"]);
  const { lines } = await visitor.issues.list({ ...where, view: { target: "opensips" } });
  expect(lines.map(({ state, links }) => [state, links[0]?.label])).toEqual([
    ["fixedLive", "e2977a4f"],
    ["fixedLive", "75a168a9"],
  ]);
  expect(await db.cell.count({ where: { event: { slug: "opensipit-03" } } })).toBe(0);
  expect(await db.interopEvent.count()).toBe(2);
});
