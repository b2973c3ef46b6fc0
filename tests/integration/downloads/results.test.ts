import { describe, expect, it } from "vitest";
import { GET as ctrf } from "@/app/api/v1/events/[eventSlug]/tracks/[trackSlug]/results.ctrf.json/route";
import { GET as junit } from "@/app/api/v1/events/[eventSlug]/tracks/[trackSlug]/results.junit.xml/route";
import { GET as ndjson } from "@/app/api/v1/events/[eventSlug]/tracks/[trackSlug]/results.ndjson/route";
import { loadActor } from "@/lib/auth/actor";
import { grant } from "@/lib/auth/permit";
import { loadScope } from "@/lib/auth/scope";
import { db } from "@/lib/db/client";
import { findResults } from "@/lib/downloads/read";
import { downloadQuerySchema } from "@/lib/downloads/schema";
import { type MadeEvent, makeEvent } from "@/tests/factories/event";
import { between, declareRun, params, postBatch, push, request } from "@/tests/factories/push";

const entries = ["alpha", "beta", "gamma"].map((slug) => ({ slug }));
const ask = (get: typeof ndjson, event: MadeEvent, token: string | null, query = "") =>
  get(
    request(`events/${event.slug}/tracks/calls/results${query}`, "GET", { token }),
    params({ eventSlug: event.slug, trackSlug: "calls" }),
  );

/** The items of the NDJSON download, without its first and last line. */
async function listed(event: MadeEvent, token: string | null, query = "") {
  const response = await ask(ndjson, event, token, query);
  expect(response.status).toBe(200);
  const lines = (await response.text()).trimEnd().split("\n");
  return lines.slice(1, -1).map((line) => JSON.parse(line) as Record<string, unknown>);
}

/** What somebody without an account would be told. */
async function asVisitor(event: MadeEvent) {
  const renew = async () =>
    grant(await loadActor(undefined), "matrix.view", await loadScope(event.slug, "calls"));
  const query = downloadQuerySchema.parse({});
  const pages = await findResults({
    ...{ permit: await renew(), trackSlug: "calls", query, cells: null, renew },
  });
  const items: { id: string }[] = [];
  for await (const page of pages) items.push(...page.map((told) => told.item));
  return items;
}

const ids = (items: readonly { id?: unknown }[]) => items.map(({ id }) => id).sort();

describe("the results of a track as a file", () => {
  it("tell what was pushed, so that it is the same when it is sent to its run again", async () => {
    const event = await makeEvent({ entries });
    const token = await event.tokenOf("alpha");
    const one = between("alpha", "beta", {
      outcome: "fail",
      message: "expected 437 <&>",
      rawStatus: "exit=1",
      durationMs: 12.5,
      log: { excerpt: "a\u0001b\n", truncated: true },
      labels: { ticket: "K-1" },
      metrics: [{ name: "pdd", value: 12.25, unit: "ms", repeats: 3 }],
      exchange: "call-1",
    });
    const runId = await declareRun(event, token);
    const send = async (items: unknown[]) => {
      const answer = await postBatch(event, runId, { token, body: { schema: "1", items } });
      return { status: answer.status, ...((await answer.json()) as object) };
    };
    await send([one, between("alpha", "gamma", { test: "C-2" })]);
    const back = await listed(event, token);
    expect(back.find(({ id }) => id === one.id)).toMatchObject({
      ...one,
      kept: { reporter: "alpha", origin: "agent" },
    });
    const again = await send(back.map(({ kept: _, ...said }) => said));
    expect(again).toMatchObject({ status: 200, duplicate: 2, accepted: 0 });
  });

  it("come by entry, test, outcome and moment of arrival", async () => {
    const event = await makeEvent({ entries });
    const token = await event.tokenOf(null);
    const [a, b] = [
      between("alpha", "beta"),
      between("beta", "gamma", { test: "C-2", outcome: "fail" }),
    ];
    await push(event, token, [a, b]);
    expect(ids(await listed(event, token, "?entry=alpha"))).toEqual([a.id]);
    expect(ids(await listed(event, token, "?test=C-2"))).toEqual([b.id]);
    expect(ids(await listed(event, token, "?outcome=pass,timeout"))).toEqual([a.id]);
    expect(await listed(event, token, "?since=2999-01-01T00:00:00Z")).toEqual([]);
    expect((await ask(ndjson, event, token, "?outcome=good")).status).toBe(422);
  });

  it("come by what the matrix is filtered by, as its page links to them", async () => {
    const event = await makeEvent({ entries });
    const [alpha, beta] = [await event.tokenOf("alpha"), await event.tokenOf("beta")];
    const said = between("alpha", "beta");
    const denied = between("alpha", "beta", { outcome: "fail" });
    const other = between("beta", "gamma", { test: "C-2" });
    await push(event, alpha, [said]);
    await push(event, beta, [denied, other]);
    const found = async (query: string) => ids(await listed(event, alpha, query));
    expect(await found("?state=disputed")).toEqual(ids([said, denied]));
    expect(await found("?q=state:disputed&outcome=fail")).toEqual([denied.id]);
    expect(await found("?q=-state:disputed")).toEqual([other.id]);
    expect(await found("?q=is:mine")).toEqual(ids([said, denied]));
    expect(await found("?rows=beta&columns=gamma")).toEqual([other.id]);
    expect(await found("?state=confirmed")).toEqual([]);
    // What a page may overlook, a program is told.
    expect((await ask(ndjson, event, alpha, "?q=state:good")).status).toBe(422);
    expect((await ask(ndjson, event, alpha, "?state=good")).status).toBe(422);
    const mine = await ask(ndjson, event, alpha, "?q=is:mine");
    expect(mine.headers.get("etag")).toBeNull();
  });

  it("leave out what was corrected or retracted, unless all is asked for", async () => {
    const event = await makeEvent({ entries });
    const token = await event.tokenOf("alpha");
    const wrong = between("alpha", "beta");
    const right = between("alpha", "beta", { outcome: "fail", supersedes: wrong.id });
    await push(event, token, [wrong]);
    await push(event, token, [right]);
    expect(ids(await listed(event, token))).toEqual([right.id]);
    const all = await listed(event, token, "?history=all");
    expect(ids(all)).toEqual(ids([wrong, right]));
    expect(all.find(({ id }) => id === wrong.id)).toMatchObject({ kept: { superseded: true } });
  });

  it("go on beyond a page, each once", async () => {
    const event = await makeEvent({ entries });
    const token = await event.tokenOf(null);
    const many = Array.from({ length: 501 }, (_, at) =>
      between("alpha", "beta", { attempt: at + 1 }),
    );
    await push(event, token, many);
    expect(ids(await listed(event, token))).toEqual(ids(many));
  });

  it("are files of their types", async () => {
    const event = await makeEvent({ entries });
    const token = await event.tokenOf(null);
    await push(event, token, [between("alpha", "beta")]);
    const [asCtrf, asJunit] = [await ask(ctrf, event, token), await ask(junit, event, token)];
    expect(asCtrf.headers.get("content-disposition")).toContain(
      `${event.slug}-calls-results.ctrf.json`,
    );
    expect(await asCtrf.json()).toMatchObject({
      reportFormat: "CTRF",
      results: { summary: { tests: 1, passed: 1 } },
    });
    expect(asJunit.headers.get("content-type")).toContain("application/xml");
    expect(await asJunit.text()).toContain('<testcase classname="calls" name="C-1"');
  });
});

describe("a file of results that is asked for again", () => {
  type Known = { token: string; etag: string };
  const again = (get: typeof ndjson, event: MadeEvent, { token, etag }: Known, query = "") =>
    get(
      request(`events/${event.slug}/tracks/calls/results${query}`, "GET", {
        token,
        headers: { "if-none-match": etag },
      }),
      params({ eventSlug: event.slug, trackSlug: "calls" }),
    );
  // While any older transaction is open, also one of another test, there is no tag to be sure of.
  const WEAK = /^W\/"[\w-]{27}"$/;
  async function tagOf(get: typeof ndjson, event: MadeEvent, token: string): Promise<string> {
    let etag = "";
    await expect
      .poll(async () => {
        etag = (await ask(get, event, token)).headers.get("etag") ?? "";
        return etag;
      })
      .toMatch(WEAK);
    return etag;
  }
  const isSame = (get: typeof ndjson, event: MadeEvent, known: Known) =>
    expect.poll(async () => (await again(get, event, known)).status).toBe(304);

  it("is told to be as it was, in any form, until a result comes, is corrected or is retracted", async () => {
    const event = await makeEvent({ entries });
    const token = await event.tokenOf("alpha");
    const first = between("alpha", "beta");
    await push(event, token, [first]);
    for (const get of [ndjson, ctrf, junit]) {
      const etag = await tagOf(get, event, token);
      await isSame(get, event, { token, etag });
      // As a proxy may spell it.
      await isSame(get, event, { token, etag: `"x", ${etag.slice(2)}` });
    }
    // One more of the same changes nothing in the matrix, and the file all the same.
    const corrected = between("alpha", "beta", { outcome: "fail", supersedes: first.id });
    for (const next of [between("alpha", "beta"), corrected]) {
      const etag = await tagOf(ndjson, event, token);
      await push(event, token, [next]);
      expect((await again(ndjson, event, { token, etag })).status).toBe(200);
    }
    const etag = await tagOf(ndjson, event, token);
    await push(event, token, [
      between("alpha", "beta", { outcome: "fail", supersedes: corrected.id, void: true }),
    ]);
    expect((await again(ndjson, event, { token, etag })).status).toBe(200);
    expect((await again(ndjson, event, { token, etag: '"nothing"' })).status).toBe(200);
  });

  it("has another tag with another filter, in another form, and for who sees something else", async () => {
    const event = await makeEvent({ entries });
    await db.track.updateMany({ where: { eventId: event.eventId }, data: { restricted: true } });
    const [all, alpha] = [await event.tokenOf(null), await event.tokenOf("alpha")];
    await push(event, all, [between("alpha", "beta"), between("beta", "gamma")]);
    const etag = await tagOf(ndjson, event, all);
    expect((await again(ndjson, event, { token: all, etag }, "?entry=alpha")).status).toBe(200);
    expect((await again(ndjson, event, { token: alpha, etag })).status).toBe(200);
  });

  it("is refused to who may not see it, whatever tag they name", async () => {
    const event = await makeEvent({ entries });
    const [all, gamma] = [await event.tokenOf(null), await event.tokenOf("gamma")];
    await push(event, all, [between("alpha", "beta")]);
    const known = { token: gamma, etag: await tagOf(ndjson, event, gamma) };
    await isSame(ndjson, event, known);
    await db.track.updateMany({ where: { eventId: event.eventId }, data: { restricted: true } });
    await db.entryTrack.deleteMany({ where: { entryId: event.entryIds.gamma ?? "" } });
    expect((await again(ndjson, event, known)).status).toBe(404);
    const open = await makeEvent({ entries });
    expect((await again(ndjson, open, known)).status).toBe(404);
  });
});

describe("who may see them", () => {
  it("finds by no filter what the matrix would not show them", async () => {
    const event = await makeEvent({ entries });
    await db.track.updateMany({ where: { eventId: event.eventId }, data: { restricted: true } });
    const [ab, bc] = [between("alpha", "beta"), between("beta", "gamma")];
    await push(event, await event.tokenOf(null), [ab, bc]);
    const token = await event.tokenOf("alpha");
    expect(ids(await listed(event, token, "?q=outcome:pass"))).toEqual([ab.id]);
    expect(await listed(event, token, "?rows=beta&columns=gamma")).toEqual([]);
  });

  it("sees of a restricted track only its own, and without a part in it nothing is there", async () => {
    const event = await makeEvent({ entries });
    await db.track.updateMany({ where: { eventId: event.eventId }, data: { restricted: true } });
    const [ab, bc] = [between("alpha", "beta"), between("beta", "gamma")];
    await push(event, await event.tokenOf(null), [ab, bc]);
    expect(ids(await listed(event, await event.tokenOf("alpha")))).toEqual([ab.id]);
    expect(ids(await listed(event, await event.tokenOf("beta")))).toEqual(ids([ab, bc]));
    await expect(asVisitor(event)).rejects.toThrow();
    const open = await makeEvent({ entries });
    expect((await ask(ndjson, open, await event.tokenOf("alpha"))).status).toBe(404);
  });

  it("sees of a published event what every party agreed to, by outcome", async () => {
    const event = await makeEvent({ entries });
    const token = await event.tokenOf(null);
    const good = between("alpha", "beta");
    await push(event, token, [
      good,
      between("alpha", "beta", { test: "C-2", outcome: "fail" }),
      between("alpha", "gamma"),
    ]);
    const agreed = { consentNamed: true, consentPassing: true, consentFailing: false };
    const where = { eventId: event.eventId, slug: { in: ["alpha", "beta"] } };
    await db.entry.updateMany({ where, data: agreed });
    await db.interopEvent.update({ where: { id: event.eventId }, data: { phase: "published" } });
    expect(ids(await asVisitor(event))).toEqual([good.id]);
    expect(await listed(event, token)).toHaveLength(3);
  });

  it("is not shown an event that is not open", async () => {
    const event = await makeEvent({ entries });
    await expect(asVisitor(event)).rejects.toThrow();
  });
});
