import { describe, expect, it } from "vitest";
import { GET as csv } from "@/app/api/v1/events/[eventSlug]/agents/[agentId]/rejected.csv/route";
import { GET as ndjson } from "@/app/api/v1/events/[eventSlug]/agents/[agentId]/rejected.ndjson/route";
import { db } from "@/lib/db/client";
import { makeOwn } from "@/tests/factories/own-entry";
import { declareRun, item, params, postBatch, request } from "@/tests/factories/push";

async function open() {
  const own = await makeOwn();
  const token = await own.event.tokenOf("alpha");
  const runId = await declareRun(own.event, token);
  const { id: agentId } = await db.agent.findFirstOrThrow({
    where: { eventId: own.event.eventId },
  });
  const send = (items: unknown[]) =>
    postBatch(own.event, runId, { token, body: { schema: "1", items } });
  const page = () => own.me.agents.byId({ eventSlug: own.event.slug, agentId });
  return { ...own, token, runId, agentId, send, page };
}

describe("what was not taken", () => {
  it("is kept with its reason and as it was sent, once, however often it is sent", async () => {
    const { send, page, runId } = await open();
    const taken = item();
    const bad = item({ outcome: "great" });
    const batch = [taken, bad, item({ parties: [{ role: "uac", entry: "alfa" }] })];
    await send(batch);
    await send(batch);
    await send([{ ...taken, outcome: "fail" }]);
    const { agent, turnedDown } = await page();
    expect(agent.turnedDown).toBe(3);
    expect(turnedDown.map(({ status, code, pointer }) => [status, code, pointer])).toEqual([
      ["conflict", "id_in_use", "/items/0/id"],
      ["rejected", "unknown_entry", "/items/2/parties/0/entry"],
      ["rejected", "invalid_value", "/items/1/outcome"],
    ]);
    const [, , last] = turnedDown;
    expect(last).toMatchObject({ run: runId, track: "calls", id: bad.id, at: expect.any(String) });
    expect(JSON.parse(last?.raw ?? "")).toEqual(bad);
  });

  it("may be of any shape and size: text that no database holds, depth, length", async () => {
    const { send, page, event, token, runId } = await open();
    await send([{ id: "\u0000\ud800", message: "x".repeat(10_000) }, null, 7]);
    const deep = `${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}`;
    await postBatch(event, runId, { token, body: `{"schema":"1","items":[${deep}]}` });
    const lines = "\u0000 no json\n";
    await postBatch(event, runId, {
      token,
      body: lines,
      headers: { "content-type": "application/x-ndjson" },
    });
    const { turnedDown } = await page();
    expect(turnedDown).toHaveLength(5);
    expect(turnedDown.every(({ raw }) => raw.length <= 4096 && !raw.includes("\u0000"))).toBe(true);
    expect(turnedDown[0]).toMatchObject({ code: "malformed", raw: "\uFFFD no json" });
  });

  it("is a thousand items of a run and no more", async () => {
    const { send, page } = await open();
    const odd = (from: number) => Array.from({ length: 600 }, (_, at) => ({ id: from + at }));
    await send(odd(0));
    await send(odd(1000));
    expect((await page()).agent.turnedDown).toBe(1000);
  });

  it("is downloaded as lines and as a table, by nobody without a part in it", async () => {
    const { send, event, token, agentId } = await open();
    await send([item({ outcome: "great", message: "=1+1" })]);
    const path = `events/${event.slug}/agents/${agentId}/rejected`;
    const where = params({ eventSlug: event.slug, agentId });
    for (const [door, name] of [
      [ndjson, "ndjson"],
      [csv, "csv"],
    ] as const) {
      // An agent's token opens no page of people's.
      const asAgent = await door(request(`${path}.${name}`, "GET", { token }), where);
      expect(asAgent.status).toBe(403);
    }
  });
});
