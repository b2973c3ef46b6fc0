import { describe, expect, it } from "vitest";
import { GET as catalogue } from "@/app/api/v1/events/[eventSlug]/catalogue/route";
import { GET as matrix } from "@/app/api/v1/events/[eventSlug]/tracks/[trackSlug]/matrix.json/route";
import { problemSchema } from "@/lib/core/problem";
import { makeEvent } from "@/tests/factories/event";
import { declareRun, item, params, postBatch, request } from "@/tests/factories/push";

const deep = (levels: number) => "[".repeat(levels) + "]".repeat(levels);
const batchOf = (parties: string) => {
  const { parties: _, ...rest } = item();
  return `{"schema":"1","items":[${JSON.stringify(rest).slice(0, -1)},"parties":${parties}}]}`;
};

async function open() {
  const event = await makeEvent();
  const token = await event.tokenOf("alpha");
  return { event, token, runId: await declareRun(event, token) };
}

// Found by `npm run fault:malformed` and `npm run fault:bombs`.
describe("a request that no agent of ours would send", () => {
  it("is refused by name when its parties are nested deeper than anybody's stack", async () => {
    const { event, token, runId } = await open();
    const body = batchOf(deep(100_000));
    const answer = await postBatch(event, runId, { token, body });
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({
      rejected: 1,
      items: [{ status: "rejected", problem: { pointer: expect.stringMatching(/parties/) } }],
    });
    const headers = { "idempotency-key": "deep" };
    const keyed = await postBatch(event, runId, { token, body, headers });
    expect(keyed.status).toBe(400);
    expect(problemSchema.parse(await keyed.json()).detail).toContain("nested too deeply");
  });

  it("finds nothing under a name with a NUL in it", async () => {
    const { event, token } = await open();
    const odd = "calls\0";
    const of = (path: string) => request(path, "GET", { token });
    const twin = await matrix(
      of(`events/${event.slug}/tracks/${encodeURIComponent(odd)}/matrix.json`),
      params({ eventSlug: event.slug, trackSlug: odd }),
    );
    const elsewhere = await catalogue(of("events/%00/catalogue"), params({ eventSlug: "\0" }));
    expect([twin.status, elsewhere.status]).toEqual([404, 404]);
  });

  it("is told of a hundred fields that nobody knows, and not of all 60,000", async () => {
    const { event, token, runId } = await open();
    const fields = Array.from({ length: 60_000 }, (_, at) => [`k${at}`, 0]);
    const body = JSON.stringify(Object.fromEntries(fields));
    const answer = await postBatch(event, runId, { token, body });
    expect(answer.status).toBe(422);
    expect(problemSchema.parse(await answer.json()).errors).toHaveLength(100);
  });

  it("may have any number of empty lines between its items", async () => {
    const { event, token, runId } = await open();
    const headers = { "content-type": "application/x-ndjson" };
    const lines = [item(), item()].map((one) => JSON.stringify(one));
    const body = `\n\n${lines.join("\n \n\n")}${"\n".repeat(500_000)}`;
    const answer = await postBatch(event, runId, { token, body, headers });
    expect([answer.status, await answer.json()]).toMatchObject([200, { accepted: 2 }]);
  });
});
