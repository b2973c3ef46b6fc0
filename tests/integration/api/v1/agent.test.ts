import { describe, expect, it } from "vitest";
import { GET as identify } from "@/app/api/v1/agent/route";
import { GET as catalogue } from "@/app/api/v1/events/[eventSlug]/catalogue/route";
import { POST as finish } from "@/app/api/v1/events/[eventSlug]/runs/[runId]/finish/route";
import { GET as receipt } from "@/app/api/v1/events/[eventSlug]/runs/[runId]/route";
import { db } from "@/lib/db/client";
import { type MadeEvent, makeEvent } from "@/tests/factories/event";
import { declareRun, item, params, postBatch, request } from "@/tests/factories/push";

const batch = (items: unknown[] = [item()]) => ({ schema: "1", items });

describe("an agent", () => {
  const get = async (event: MadeEvent, token: string) =>
    (
      await catalogue(
        request(`events/${event.slug}/catalogue`, "GET", { token }),
        params({ eventSlug: event.slug }),
      )
    ).json();

  it("learns who it is", async () => {
    const event = await makeEvent();
    const response = await identify(
      request("agent", "GET", { token: await event.tokenOf("alpha") }),
      params({}),
    );
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      event: { slug: event.slug, phase: "testing" },
      entry: "alpha",
      neutral: false,
      scopes: ["results:write", "evidence:write", "runs:read", "catalogue:read"],
      limits: { items: 1000, bytes: 1_048_576 },
      schemas: ["1"],
    });
  });

  it("learns the tests, the entries, and what nobody has tried with it", async () => {
    const event = await makeEvent();
    const token = await event.tokenOf("alpha");
    const runId = await declareRun(event, token);
    await postBatch(event, runId, { token, body: batch() });
    expect(await get(event, token)).toMatchObject({
      event: event.slug,
      tracks: [{ slug: "calls", tests: [{ key: "C-1", kind: "pair" }, { key: "C-2" }] }],
      entries: [
        { entry: "alpha", builds: ["1.0"], currentBuild: "1.0", tracks: ["calls"] },
        { entry: "beta" },
      ],
      pairings: [
        {
          track: "calls",
          test: "C-1",
          parties: [
            { role: "uac", entry: "beta" },
            { role: "uas", entry: "alpha" },
          ],
        },
        {
          track: "calls",
          test: "C-2",
          parties: [
            { role: "uac", entry: "alpha" },
            { role: "uas", entry: "beta" },
          ],
        },
        {
          track: "calls",
          test: "C-2",
          parties: [
            { role: "uac", entry: "beta" },
            { role: "uas", entry: "alpha" },
          ],
        },
      ],
    });
  });

  it("is told at the end what is missing", async () => {
    const event = await makeEvent();
    const token = await event.tokenOf(null);
    const { parties } = item();
    const runId = await declareRun(event, token, {
      parties,
      plan: { items: 2, tests: ["C-1", "C-2"] },
    });
    expect(
      await db.cell.findMany({ where: { eventId: event.eventId }, select: { state: true } }),
    ).toEqual([{ state: "planned" }, { state: "planned" }]);
    await postBatch(event, runId, { token, body: batch([item(), { bad: true }]) });
    const body = { state: "complete", counts: { items: 3 } };
    const where = params({ eventSlug: event.slug, runId });
    const finished = await finish(
      request(`events/${event.slug}/runs/${runId}/finish`, "POST", { token, body }),
      where,
    );
    const expected = {
      run: runId,
      state: "complete",
      received: 2,
      accepted: 1,
      duplicate: 0,
      conflict: 0,
      rejected: 1,
      unmapped: 0,
      missing: ["C-2", "2 of the 3 items that the agent holds as accepted"],
      evidencePending: [],
      planned: 2,
      truncated: true,
    };
    expect(await finished.json()).toEqual(expected);
    const read = await receipt(
      request(`events/${event.slug}/runs/${runId}`, "GET", { token }),
      where,
    );
    expect(await read.json()).toEqual(expected);
  });
});
