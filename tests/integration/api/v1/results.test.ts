import { describe, expect, it } from "vitest";
import { db } from "@/lib/db/client";
import { makeEvent } from "@/tests/factories/event";
import { declareRun, item, postBatch, push } from "@/tests/factories/push";

const cellsOf = (eventId: string) =>
  db.cell.findMany({ where: { eventId }, omit: { id: true }, orderBy: { testNumber: "asc" } });

describe("a batch of results", () => {
  it("is stored, answered item by item, and seen in its cell", async () => {
    const event = await makeEvent();
    const token = await event.tokenOf("alpha");
    const items = [item(), item({ test: "C-2", outcome: "fail" })];
    const reply = await push(event, token, items);
    expect(reply).toEqual({
      status: 200,
      received: 2,
      accepted: 2,
      duplicate: 0,
      rejected: 0,
      conflict: 0,
      unmapped: 0,
      items: items.map(({ id }) => ({ id, status: "accepted" })),
    });
    expect(await cellsOf(event.eventId)).toMatchObject([
      {
        state: "reported",
        outcome: "pass",
        sides: 1,
        sidesOf: 2,
        attempts: 1,
        signature: "uac+uas",
      },
      { state: "reported", outcome: "fail", sides: 1, sidesOf: 2, attempts: 1 },
    ]);
  });

  it("is the same when it comes again, zipped, and in another order", async () => {
    const event = await makeEvent();
    const token = await event.tokenOf("alpha");
    const runId = await declareRun(event, token);
    const items = [item({ labels: { b: "2", a: "1" } }), item({ test: "C-2" })];
    const again = items.map(({ labels, ...rest }) => ({
      ...(labels ? { labels: { a: "1", b: "2" } } : {}),
      ...rest,
    }));
    await postBatch(event, runId, { token, body: { schema: "1", items } });
    const response = await postBatch(event, runId, {
      token,
      zipped: true,
      body: { schema: "1", items: again.toReversed() },
    });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ received: 2, accepted: 0, duplicate: 2 });
    expect((await cellsOf(event.eventId)).map(({ attempts }) => attempts)).toEqual([1, 1]);
  });

  it("keeps the earlier result when an id comes back with other content", async () => {
    const event = await makeEvent();
    const token = await event.tokenOf("alpha");
    const runId = await declareRun(event, token);
    const first = item();
    const items = [first, { ...first, outcome: "fail" }, item({ test: "C-2" })];
    const response = await postBatch(event, runId, { token, body: { schema: "1", items } });
    expect(response.status).toBe(207);
    expect(await response.json()).toMatchObject({
      accepted: 2,
      conflict: 1,
      items: [
        { status: "accepted" },
        { status: "conflict", problem: { code: "id_in_use", pointer: "/items/1/id" } },
        {},
      ],
    });
    expect(await cellsOf(event.eventId)).toMatchObject([{ outcome: "pass" }, { outcome: "pass" }]);
  });

  it("does not mistake one side's ids for the other's", async () => {
    const event = await makeEvent();
    const same = item();
    await push(event, await event.tokenOf("alpha"), [same]);
    const reply = await push(event, await event.tokenOf("beta"), [same]);
    expect(reply).toMatchObject({ status: 200, accepted: 1 });
    expect(await cellsOf(event.eventId)).toMatchObject([
      { state: "confirmed", sides: 2, attempts: 2 },
    ]);
  });

  it("loses none of the good items for the bad ones beside them", async () => {
    const event = await makeEvent();
    const reply = await push(event, await event.tokenOf("alpha"), [
      item(),
      item({
        parties: [
          { role: "uac", entry: "alpha" },
          { role: "uas", entry: "beto" },
        ],
      }),
      item({ message: "a\u0000b" }),
      item({ message: "\ud800" }),
      { ...item(), colour: "red" },
      item({ outcome: "unsupported" }),
      item({ outcome: "unsupported", unsupportedBy: ["proxy"] }),
      item({ outcome: "unsupported", unsupportedBy: ["uas"] }),
      item({ parties: [{ role: "uac", entry: "alpha" }] }),
      item({
        parties: [
          { role: "uac", entry: "alpha" },
          { role: "proxy", entry: "beta" },
        ],
      }),
      item({ startedAt: "2999-01-01T00:00:00Z" }),
      item({ startedAt: "0000-01-01T00:00:00Z" }),
      item({
        parties: [
          { role: "uac", entry: "beta" },
          { role: "uas", entry: "beta" },
        ],
      }),
      "no item",
      item({ id: "no uuid" }),
      item({ durationMs: -1 }),
      item({ metrics: [{ name: "pdd", value: "12" }] }),
    ]);
    expect(reply.status).toBe(207);
    expect(reply.items.map(({ problem }) => problem && [problem.code, problem.pointer])).toEqual([
      undefined,
      ["unknown_entry", "/items/1/parties/1/entry"],
      ["unsafe_text", "/items/2/message"],
      ["unsafe_text", "/items/3/message"],
      ["unknown_field", "/items/4/colour"],
      ["unsupported_by_missing", "/items/5/unsupportedBy"],
      ["unknown_role", "/items/6/unsupportedBy"],
      undefined,
      ["wrong_parties", "/items/8/parties"],
      ["role_not_in_test", "/items/9/parties/1/role"],
      ["in_the_future", "/items/10/startedAt"],
      ["custom", "/items/11/startedAt"],
      ["reporter_not_a_party", "/items/12/parties"],
      ["invalid_type", "/items/13"],
      ["invalid_format", "/items/14/id"],
      ["too_small", "/items/15/durationMs"],
      ["invalid_type", "/items/16/metrics/0/value"],
    ]);
    expect(reply.items[1]?.problem?.detail).toBe(
      "No entry 'beto' in this event. Did you mean 'beta'?",
    );
    expect(reply).toMatchObject({ received: 17, accepted: 2, rejected: 15 });
    expect(await db.result.count({ where: { trackId: event.trackId } })).toBe(2);
  });

  it("of which none is valid is answered in the same form, with 422", async () => {
    const event = await makeEvent();
    const reply = await push(event, await event.tokenOf("alpha"), [{ id: 7 }, null]);
    expect(reply).toMatchObject({ status: 422, received: 2, accepted: 0, rejected: 2 });
  });

  it("stores every documented field as it was told", async () => {
    const event = await makeEvent();
    const full = item({
      attempt: 3,
      outcome: "fail",
      rawStatus: "TOUT",
      durationMs: 5012.5,
      message: "expected 437, got 200 OK",
      log: { excerpt: "INVITE …", truncated: true },
      metrics: [
        {
          name: "pdd",
          value: 183.2,
          unit: "ms",
          repeats: 5,
          deviation: 4.1,
          conditions: { loss: "5 %" },
          vantage: "generator",
        },
      ],
      labels: { ticket: "KAM-12" },
      evidence: [{ sha256: "0".repeat(64), kind: "pcap", name: "capture.pcap" }],
      exchange: "call-1",
      parties: [
        { role: "uas", entry: "beta", build: "1.0" },
        {
          role: "uac",
          entry: "alpha",
          build: "1.0",
          stage: "answered",
          expected: "437",
          observed: "200",
        },
      ],
    });
    await push(event, await event.tokenOf("alpha"), [full]);
    const row = await db.result.findFirstOrThrow({ where: { id: full.id } });
    expect(row).toMatchObject({
      attempt: 3,
      rawStatus: "TOUT",
      durationMs: 5012.5,
      message: full.message,
      log: { excerpt: "INVITE …", truncated: true },
      labels: { ticket: "KAM-12" },
      exchange: "call-1",
      origin: "agent",
      backfilled: false,
      late: false,
    });
    expect(row.metrics).toEqual([
      {
        name: "pdd",
        value: 183.2,
        unit: "ms",
        repeats: 5,
        deviation: 4.1,
        conditions: { loss: "5 %" },
        vantage: "generator",
      },
    ]);
    expect(row.parties).toMatchObject([
      {
        role: "uac",
        entry: event.entryIds.alpha,
        stage: "answered",
        expected: "437",
        observed: "200",
      },
      { role: "uas", entry: event.entryIds.beta },
    ]);
  });

  it("marks what is older than seven days as backfilled", async () => {
    const event = await makeEvent();
    const old = item({ startedAt: "2001-01-01T00:00:00Z" });
    await push(event, await event.tokenOf("alpha"), [old]);
    expect(await db.result.findFirst({ where: { id: old.id } })).toMatchObject({
      backfilled: true,
    });
  });

  it("takes the run's parties for an item that names none", async () => {
    const event = await makeEvent();
    const token = await event.tokenOf(null);
    const { parties, ...bare } = item();
    const runId = await declareRun(event, token, { parties });
    const response = await postBatch(event, runId, { token, body: { schema: "1", items: [bare] } });
    expect(await response.json()).toMatchObject({ accepted: 1 });
    expect(await cellsOf(event.eventId)).toMatchObject([
      { state: "confirmed", outcome: "pass", sides: 2 },
    ]);
  });

  it("in review takes only what started before the end of testing, and marks it late", async () => {
    const event = await makeEvent();
    const token = await event.tokenOf("alpha");
    await db.interopEvent.update({
      where: { id: event.eventId },
      data: {
        phase: "review",
        testingEndedAt: new Date("2026-11-20T11:00:00Z"),
        catalogueVersion: { increment: 1 },
      },
    });
    const late = item();
    const reply = await push(event, token, [late, item({ startedAt: "2026-11-20T11:00:01Z" })]);
    expect(reply.items.map(({ status, problem }) => [status, problem?.code])).toEqual([
      ["accepted", undefined],
      ["rejected", "wrong_phase"],
    ]);
    expect(await db.result.findFirst({ where: { id: late.id } })).toMatchObject({ late: true });
  });

  it("holds a thousand items and no more", async () => {
    const event = await makeEvent();
    const token = await event.tokenOf("alpha");
    const items = Array.from({ length: 1000 }, () => item());
    expect(await push(event, token, items)).toMatchObject({ status: 200, accepted: 1000 });
    const runId = await declareRun(event, token);
    const response = await postBatch(event, runId, {
      token,
      body: { schema: "1", items: [...items, item()] },
    });
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({
      errors: [{ pointer: "/items", code: "too_big" }],
    });
  });
});
