import { describe, expect, it } from "vitest";
import { GET as json } from "@/app/api/v1/events/[eventSlug]/tracks/[trackSlug]/matrix.json/route";
import { grant } from "@/lib/auth/permit";
import { loadScope } from "@/lib/auth/scope";
import { db } from "@/lib/db/client";
import { type CompactGrid, compactGrid } from "@/lib/exports/rules";
import { lookAtMatrix } from "@/lib/matrices/read/tag";
import type { Matrix } from "@/lib/matrices/schema";
import { drawSheets } from "@/lib/sheets/rules";
import { applyView } from "@/lib/views/rules";
import type { View } from "@/lib/views/schema";
import { type MadeEvent, makeEvent, makeTest } from "@/tests/factories/event";
import { item, params, push, request } from "@/tests/factories/push";
import { queriesOf } from "@/tests/factories/queries";

const ask = async (event: MadeEvent, token: string, query: string) => {
  const response = await json(
    request(`events/${event.slug}/tracks/calls/matrix.json?${query}`, "GET", { token }),
    params({ eventSlug: event.slug, trackSlug: "calls" }),
  );
  expect(response.status).toBe(200);
  return response.json() as Promise<unknown>;
};
const full = async (event: MadeEvent, token: string, query = "") =>
  ((await ask(event, token, query)) as Matrix).grids.map(compactGrid);
const compact = async (event: MadeEvent, token: string, query = "") =>
  ((await ask(event, token, `${query}&encoding=compact`)) as { grids: CompactGrid[] }).grids;

const one = (key: string, min = 1, max = 1) => ({ key, min, max });
const PAIR = [one("uac"), one("uas")];
const TESTS = [
  makeTest("C-1", { variants: { over: ["udp", "tcp"] } }),
  makeTest("C-2", { directional: false }),
  makeTest("C-3", { kind: "solo", roles: [one("uas")] }),
  makeTest("C-4", { kind: "group", roles: [...PAIR, one("proxy")] }),
  makeTest("C-5", { kind: "group", roles: [...PAIR, one("proxy", 0)] }),
];
const ENTRIES = [
  { slug: "alpha" },
  { slug: "beta" },
  { slug: "gamma", roles: ["proxy"] },
  { slug: "sipp", kind: "tool" as const },
];
const OUTCOMES = ["pass", "fail", "degraded", "timeout", "error", "inconclusive"];

const party = (role: string, entry: string) => ({ role, entry });
const pair = (uac: string, uas: string) => [party("uac", uac), party("uas", uas)];

/** Cells of every shape that tests and parties make, with different words in them. */
const ITEMS = [
  ...["udp", "tcp"].map((over) => ({
    test: "C-1",
    parties: pair("alpha", "beta"),
    variant: { over },
  })),
  { test: "C-1", parties: pair("alpha", "alpha"), variant: { over: "udp" } },
  { test: "C-1", parties: pair("gamma", "sipp"), variant: { over: "udp" } },
  { test: "C-2", parties: pair("beta", "alpha") },
  { test: "C-2", parties: pair("alpha", "sipp") },
  { test: "C-3", parties: [party("uas", "alpha")] },
  { test: "C-3", parties: [party("uas", "beta")] },
  { test: "C-4", parties: [...pair("alpha", "beta"), party("proxy", "gamma")] },
  { test: "C-4", parties: [...pair("alpha", "beta"), party("proxy", "alpha")] },
  { test: "C-5", parties: pair("alpha", "beta") },
  { test: "C-5", parties: [...pair("alpha", "beta"), party("proxy", "gamma")] },
];
const QUERIES = [
  "",
  "test=C-1,C-5",
  "rows=alpha,beta&columns=alpha",
  "entry=gamma",
  "entry=sipp&state=confirmed",
  "outcome=pass,timeout",
  "state=planned,disputed,withheld",
];

const VIEWS: View[] = [
  {},
  { entry: ["withheld-1"] },
  { rows: ["alpha"] },
  { state: ["withheld"] },
  { outcome: ["pass"] },
];

async function filled(over: Parameters<typeof makeEvent>[0] = {}) {
  const event = await makeEvent({ tests: TESTS, entries: ENTRIES, ...over });
  const items = ITEMS.map((said, at) => item({ ...said, outcome: OUTCOMES[at % OUTCOMES.length] }));
  await push(event, await event.tokenOf(null), items);
  await push(event, await event.tokenOf("alpha"), [
    item({ ...ITEMS[0], outcome: "fail", startedAt: "2026-11-20T11:00:00.000Z" }),
    item({ test: "C-2", parties: pair("alpha", "alpha") }),
  ]);
  return event;
}

describe("the compact matrix", () => {
  it("says the same of every cell as the full one, whatever is asked for", async () => {
    const event = await filled();
    const token = await event.tokenOf(null);
    for (const query of QUERIES) {
      expect([query, await compact(event, token, query)]).toEqual([
        query,
        await full(event, token, query),
      ]);
    }
    const letters = (await compact(event, token)).flatMap(({ cells }) => [...cells]);
    expect(letters.filter((letter) => letter !== ".").length).toBe(10);
  });

  it("and as it was at an earlier position, whatever has changed since", async () => {
    const event = await filled();
    const token = await event.tokenOf(null);
    const { asOf } = (await ask(event, token, "")) as Matrix;
    const before = await compact(event, token);
    await push(
      event,
      token,
      ITEMS.map((said) =>
        item({ ...said, outcome: "timeout", startedAt: "2026-11-21T10:00:00.000Z" }),
      ),
    );
    expect(await compact(event, token)).not.toEqual(before);
    expect(await compact(event, token, `asOf=${asOf}`)).toEqual(before);
    expect(await full(event, token, `asOf=${asOf}`)).toEqual(before);
  });

  it("marks what is stale, flaky, settled or a known issue, now and at an earlier position", async () => {
    const event = await filled();
    const token = await event.tokenOf(null);
    const built = (parties: ReturnType<typeof pair>) =>
      parties.map((one) => ({ ...one, build: "1.0" }));
    const again = (startedAt: string, outcome: string) =>
      item({ test: "C-2", parties: built(pair("beta", "alpha")), outcome, startedAt });
    await push(event, token, [
      item({ test: "C-1", parties: built(pair("alpha", "beta")), variant: { over: "tcp" } }),
      item({ test: "C-3", parties: built([party("uas", "beta")]) }),
      again("2026-11-21T10:00:00.000Z", "pass"),
      again("2026-11-21T11:00:00.000Z", "fail"),
      again("2026-11-21T12:00:00.000Z", "pass"),
    ]);
    const { asOf } = (await ask(event, token, "")) as Matrix;
    const before = await compact(event, token);
    await db.cell.updateMany({
      where: { trackId: event.trackId, testNumber: 3 },
      data: { knownIssue: true },
    });
    await db.cell.updateMany({
      where: { trackId: event.trackId, outcome: "timeout" },
      data: { state: "settled" },
    });
    const entryId = event.entryIds.alpha ?? "";
    const newer = await db.build.create({ data: { entryId, label: "2.0" } });
    await db.entry.update({ where: { id: entryId }, data: { currentBuildId: newer.id } });
    await db.testCase.updateMany({
      where: { trackId: event.trackId, key: "C-5" },
      data: { version: 2 },
    });
    const now = await compact(event, token);
    expect(now).toEqual(await full(event, token));
    const bits = now.flatMap(({ marks }) => [...marks]).map((digit) => Number.parseInt(digit, 16));
    expect(bits.reduce((all, one) => all | one, 0)).toBe(15);
    expect(await compact(event, token, `asOf=${asOf}`)).toEqual(
      await full(event, token, `asOf=${asOf}`),
    );
    expect(now).not.toEqual(before);
  });

  it("in a restricted track it has the reader's own cells", async () => {
    const event = await filled({ restricted: true });
    const seen = [];
    for (const entry of ["alpha", "beta", "sipp", null]) {
      const token = await event.tokenOf(entry);
      expect(await compact(event, token)).toEqual(await full(event, token));
      seen.push((await compact(event, token)).map(({ cells }) => cells).join(""));
    }
    expect(new Set(seen).size).toBe(4);
  });

  it("once published, what the entries have not agreed to show is withheld", async () => {
    const event = await filled();
    for (const [slug, consent] of [
      ["alpha", { consentNamed: true, consentPassing: true }],
      ["beta", { consentNamed: true, consentPassing: true, consentFailing: true }],
    ] as const) {
      await db.entry.update({ where: { id: event.entryIds[slug] ?? "" }, data: consent });
    }
    await db.interopEvent.update({ where: { id: event.eventId }, data: { phase: "published" } });
    const visitor = grant({ kind: "visitor" }, "matrix.view", await loadScope(event.slug, "calls"));
    const look = await lookAtMatrix(visitor, "calls");
    const { matrix } = await look.draw(undefined);
    const packed = await look.pack(undefined);
    for (const view of VIEWS) {
      const one = matrix.grids.map((grid) => compactGrid(applyView(grid, view)));
      expect(drawSheets(packed, view)).toEqual(one);
    }
    const letters = new Set(drawSheets(packed, {}).flatMap(({ cells }) => [...cells]));
    expect(letters.has("*")).toBe(true);
    expect(letters.has("P")).toBe(true);
  });

  it("takes the same number of queries for one cell as for many", async () => {
    const [small, large] = [await makeEvent(), await makeEvent()];
    await push(small, await small.tokenOf(null), [item()]);
    await push(large, await large.tokenOf(null), [
      item(),
      item({ test: "C-2" }),
      item({ parties: pair("beta", "alpha") }),
    ]);
    const counts = [];
    for (const event of [small, large]) {
      const token = await event.tokenOf(null);
      counts.push(await queriesOf(() => compact(event, token)));
    }
    expect(counts[0]).toBe(counts[1]);
  });
});
