import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { db } from "@/lib/db/client";
import { makeEvent } from "@/tests/factories/event";
import { declareRun, item, postBatch } from "@/tests/factories/push";

async function open() {
  const event = await makeEvent();
  const token = await event.tokenOf("alpha");
  const runId = await declareRun(event, token);
  const send = async (items: unknown[], key: string, more = {}) => {
    const sending = { token, body: { schema: "1", items }, headers: { "idempotency-key": key } };
    const response = await postBatch(event, runId, { ...sending, ...more });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  return { event, runId, send };
}

describe("an Idempotency-Key", () => {
  it("makes a repeat be answered as the first was, and counted once", async () => {
    const { runId, send } = await open();
    const [items, key] = [[item(), item({ outcome: "great" })], randomUUID()];
    const first = await send(items, key);
    expect(first).toMatchObject({ status: 207, body: { accepted: 1, rejected: 1 } });
    expect(await send(items, key)).toEqual(first);
    expect(await db.run.findFirst({ where: { id: runId } })).toMatchObject({ received: 2 });
  });

  it("stands for one request: another under it is refused, and in another run", async () => {
    const { send, event } = await open();
    const key = randomUUID();
    expect((await send([item()], key)).status).toBe(200);
    const other = await send([item()], key);
    expect(other).toMatchObject({ status: 422, body: { errors: [{ code: "key_reused" }] } });
    const gamma = await event.tokenOf("alpha");
    expect((await send([item()], key, { token: gamma })).status).toBe(200);
  });

  it("is a conflict while the first is under way, and free again when that was cut off", async () => {
    const { send } = await open();
    const [items, key] = [[item()], randomUUID()];
    expect((await send(items, key)).status).toBe(200);
    await db.keyedRequest.updateMany({ where: { key }, data: { status: null, answer: null } });
    const busy = await send(items, key);
    expect(busy).toMatchObject({ status: 409, body: { errors: [{ code: "under_way" }] } });
    const long = new Date(Date.now() - 61_000);
    await db.keyedRequest.updateMany({ where: { key }, data: { claimedAt: long } });
    expect(await send(items, key)).toMatchObject({ status: 200, body: { duplicate: 1 } });
  });

  it("lets two that come at once be one", async () => {
    const { runId, send } = await open();
    const [items, key] = [[item()], randomUUID()];
    const both = await Promise.all([send(items, key), send(items, key)]);
    for (const { status } of both) expect([200, 409]).toContain(status);
    expect(await db.run.findFirst({ where: { id: runId } })).toMatchObject({ received: 1 });
  });

  it("is forgotten after a day, and given back by a request that was refused", async () => {
    const { event, send } = await open();
    const [items, key] = [[item()], randomUUID()];
    const setPhase = (phase: string) =>
      db.interopEvent.update({ where: { id: event.eventId }, data: { phase } });
    await setPhase("published");
    expect((await send(items, key)).status).toBe(409);
    await setPhase("testing");
    expect((await send(items, key)).status).toBe(200);
    const past = new Date(Date.now() - 1000);
    await db.keyedRequest.updateMany({ where: { key }, data: { expiresAt: past } });
    expect(await send(items, key)).toMatchObject({ status: 200, body: { duplicate: 1 } });
  });

  it.each(["", " ", "a b", "x".repeat(256)])("may not be %j", async (key) => {
    const { send } = await open();
    expect((await send([item()], key)).status).toBe(400);
  });
});
