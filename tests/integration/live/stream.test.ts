import { describe, expect, it } from "vitest";
import { GET as stream } from "@/app/api/v1/events/[eventSlug]/tracks/[trackSlug]/stream/route";
import { db } from "@/lib/db/client";
import { type MadeEvent, makeEvent } from "@/tests/factories/event";
import { item, params, push, request } from "@/tests/factories/push";

type Message = { id: string; event: string; data: unknown };

/** Opens the stream as an outsider does, and hands out its messages one by one. */
async function open(event: MadeEvent, token: string, headers = {}) {
  const path = `events/${event.slug}/tracks/calls/stream`;
  const where = params({ eventSlug: event.slug, trackSlug: "calls" });
  const response = await stream(request(path, "GET", { token, headers }), where);
  expect(response.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
  const messages = messagesOf(response.body as unknown as AsyncIterable<Uint8Array>);
  return async (): Promise<Message> => {
    const { value } = await messages.next();
    if (!value) throw new Error("The stream has ended.");
    return value;
  };
}

async function* messagesOf(body: AsyncIterable<Uint8Array>): AsyncGenerator<Message> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of body) {
    text += decoder.decode(chunk, { stream: true });
    const parts = text.split("\n\n");
    text = parts.pop() ?? "";
    for (const part of parts) {
      const [, id, event, data] = /^id: (.*)\nevent: (.*)\ndata: (.*)$/.exec(part) ?? [];
      if (id && event && data) yield { id, event, data: JSON.parse(data) as unknown };
    }
  }
}

describe("the stream for outsiders", () => {
  it("tells the matrix first, and then its cells as they change", async () => {
    const event = await makeEvent();
    const next = await open(event, await event.tokenOf(null));
    expect(await next()).toMatchObject({
      event: "matrix",
      data: { track: "calls", grids: [{ cells: [] }] },
    });
    await push(event, await event.tokenOf("alpha"), [item()]);
    expect(await next()).toMatchObject({
      event: "cells",
      data: { cells: [{ row: "alpha", column: "beta", test: "C-1", cell: { state: "reported" } }] },
    });
  });

  it("goes on where a reader was", async () => {
    const event = await makeEvent();
    const token = await event.tokenOf(null);
    const { id } = await (await open(event, token))();
    await push(event, await event.tokenOf("alpha"), [item()]);
    const next = await open(event, token, { "last-event-id": id });
    expect(await next()).toMatchObject({ event: "cells", data: { cells: [{ row: "alpha" }] } });
  });

  it.each(["090", "9".repeat(20), "x"])(
    "begins anew for a reader at %s, which is nowhere",
    async (id) => {
      const event = await makeEvent();
      const next = await open(event, await event.tokenOf(null), { "last-event-id": id });
      expect(await next()).toMatchObject({ event: "matrix", data: { track: "calls" } });
    },
  );

  it("ends for a token that is revoked while it is open", async () => {
    const event = await makeEvent();
    const next = await open(event, await event.tokenOf(null));
    await next();
    await db.agent.updateMany({
      where: { eventId: event.eventId },
      data: { revokedAt: new Date() },
    });
    const end = next().then(
      () => "told",
      (error: Error) => error.message,
    );
    await push(event, await event.tokenOf("alpha"), [item()]);
    expect(await end).toBe("The stream has ended.");
  });
});
