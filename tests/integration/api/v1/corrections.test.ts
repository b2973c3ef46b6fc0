import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { db } from "@/lib/db/client";
import { makeEvent } from "@/tests/factories/event";
import { item, push } from "@/tests/factories/push";

const cellsOf = (eventId: string) =>
  db.cell.findMany({ where: { eventId }, omit: { id: true }, orderBy: { testNumber: "asc" } });

describe("a correction", () => {
  it.each(["before", "after"])(
    "counts instead of what it supersedes, when it arrives %s it",
    async (when) => {
      const event = await makeEvent();
      const token = await event.tokenOf("alpha");
      const wrong = item({ outcome: "fail" });
      const right = item({
        outcome: "pass",
        supersedes: wrong.id,
        startedAt: "2026-11-20T09:00:00Z",
      });
      for (const one of when === "after" ? [wrong, right] : [right, wrong])
        await push(event, token, [one]);
      expect(await cellsOf(event.eventId)).toMatchObject([
        { state: "reported", outcome: "pass", attempts: 1 },
      ]);
      expect(await db.result.count({ where: { trackId: event.trackId } })).toBe(2);
    },
  );

  it("may move a result to another test", async () => {
    const event = await makeEvent();
    const token = await event.tokenOf("alpha");
    const wrong = item();
    await push(event, token, [wrong]);
    await push(event, token, [item({ test: "C-2", supersedes: wrong.id })]);
    expect(await cellsOf(event.eventId)).toMatchObject([
      { state: "untested", attempts: 0 },
      { state: "reported" },
    ]);
  });

  it("may retract one's own result and nobody else's", async () => {
    const event = await makeEvent();
    const mine = item();
    await push(event, await event.tokenOf("alpha"), [mine]);
    const retraction = () => item({ supersedes: mine.id, void: true, outcome: "skipped" });
    await push(event, await event.tokenOf("beta"), [retraction()]);
    expect(await cellsOf(event.eventId)).toMatchObject([{ state: "reported", outcome: "pass" }]);
    await push(event, await event.tokenOf("alpha"), [retraction()]);
    expect(await cellsOf(event.eventId)).toMatchObject([{ state: "untested", outcome: null }]);
  });

  it("names what it retracts", async () => {
    const event = await makeEvent();
    const reply = await push(event, await event.tokenOf("alpha"), [
      item({ void: true, id: randomUUID() }),
    ]);
    expect(reply.items[0]?.problem?.code).toBe("supersedes_missing");
  });
});
