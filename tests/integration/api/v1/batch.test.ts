import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { GET as readBack } from "@/app/api/v1/events/[eventSlug]/runs/[runId]/results/route";
import { POST as validate } from "@/app/api/v1/events/[eventSlug]/runs/[runId]/results/validate/route";
import { db } from "@/lib/db/client";
import type { BatchReply, RunResults } from "@/lib/results/schema";
import { makeEvent } from "@/tests/factories/event";
import { declareRun, item, params, postBatch, push, request } from "@/tests/factories/push";

async function open() {
  const event = await makeEvent();
  const token = await event.tokenOf("alpha");
  const runId = await declareRun(event, token);
  return { event, token, runId };
}
type Opened = Awaited<ReturnType<typeof open>>;

const batch = (items: unknown[]) => ({ schema: "1", items });
const LINES = { "content-type": "application/x-ndjson" };
const lines = (...of: (string | object)[]) =>
  of.map((one) => (typeof one === "string" ? one : JSON.stringify(one))).join("\n");

async function postLines({ event, token, runId }: Opened, body: string, zipped = false) {
  const response = await postBatch(event, runId, { token, body, headers: LINES, zipped });
  return { status: response.status, body: (await response.json()) as BatchReply };
}

describe("a batch of one item a line", () => {
  it("is stored as a JSON batch is, zipped or not, blank lines and all", async () => {
    const opened = await open();
    const [first, second] = [item(), item({ test: "C-2" })];
    const plain = await postLines(opened, `${lines(first, "", second)}\n`);
    expect(plain).toMatchObject({ status: 200, body: { received: 2, accepted: 2 } });
    const zipped = await postLines(opened, lines(first, second), true);
    expect(zipped).toMatchObject({ status: 200, body: { duplicate: 2 } });
  });

  it("takes what is beside a broken line, and answers for that line by itself", async () => {
    const opened = await open();
    const { status, body } = await postLines(opened, lines(item(), '{"id": "x', item()));
    expect([status, body.accepted, body.rejected]).toEqual([207, 2, 1]);
    expect(body.items[1]).toEqual({
      id: null,
      status: "rejected",
      problem: {
        code: "malformed",
        pointer: "/items/1",
        detail: expect.stringContaining("This line is no JSON"),
        retryable: false,
      },
    });
  });

  it("is refused as a whole with too many lines, and with none", async () => {
    const opened = await open();
    for (const body of [`${"1\n".repeat(1001)}`, "\n"]) {
      const { status, body: said } = await postLines(opened, body);
      expect([status, said]).toMatchObject([422, { type: "urn:plugfest:problem:invalid" }]);
    }
  });
});

const validated = async ({ event, token, runId }: Opened, items: unknown[]) => {
  const response = await validate(
    request(`events/${event.slug}/runs/${runId}/results/validate`, "POST", {
      token,
      body: batch(items),
    }),
    params({ eventSlug: event.slug, runId }),
  );
  return { status: response.status, body: (await response.json()) as BatchReply };
};

describe("a batch that is only to be validated", () => {
  const odd = () => [
    item(),
    item({ test: "nobody's" }),
    item({ parties: [{ role: "uac", entry: "alfa" }] }),
    item({ outcome: "great" }),
  ];

  it("is answered as it would be when pushed, and nothing is stored", async () => {
    const opened = await open();
    const items = odd();
    const newBuild = item({
      parties: [
        { role: "uac", entry: "alpha", build: "9.9" },
        { role: "uas", entry: "beta" },
      ],
    });
    const all = [...items, items[0], newBuild];
    const told = await validated(opened, all);
    const { event, runId, token } = opened;
    expect(await db.result.count({ where: { trackId: event.trackId } })).toBe(0);
    expect(
      await db.build.count({ where: { label: "9.9", entry: { eventId: event.eventId } } }),
    ).toBe(0);
    expect(await db.run.findFirst({ where: { id: runId } })).toMatchObject({
      received: 0,
      rejected: 0,
    });
    expect(await db.rejectedItem.count({ where: { run: { id: runId } } })).toBe(0);
    const pushed = await postBatch(event, runId, { token, body: batch(all) });
    expect(told).toEqual({ status: pushed.status, body: await pushed.json() });
    expect(told.status).toBe(207);
  });

  it("tells what is there already, and what is there with other content", async () => {
    const opened = await open();
    const [same, other] = [item(), item()];
    const { event, runId, token } = opened;
    await postBatch(event, runId, { token, body: batch([same, other]) });
    const { body } = await validated(opened, [same, { ...other, outcome: "fail" }, item()]);
    expect(body.items.map(({ status }) => status)).toEqual(["duplicate", "conflict", "accepted"]);
  });
});

describe("a run read back", () => {
  const page = async ({ event, token, runId }: Opened, query = "") => {
    const response = await readBack(
      request(`events/${event.slug}/runs/${runId}/results${query}`, "GET", { token }),
      params({ eventSlug: event.slug, runId }),
    );
    return { status: response.status, body: (await response.json()) as RunResults };
  };

  it("says what was pushed, with the names as they were sent, page by page", async () => {
    const opened = await open();
    const { event, runId, token } = opened;
    const full = item({
      variant: {},
      attempt: 2,
      rawStatus: "exit 0",
      durationMs: 12.5,
      message: "ok",
      metrics: [{ name: "pdd", value: 1.5, unit: "ms" }],
      labels: { b: "2", a: "1" },
      exchange: "call-1",
    });
    const items = [full, item({ test: "nobody's" }), item()];
    await postBatch(event, runId, { token, body: batch(items) });
    const first = await page(opened, "?limit=2");
    const rest = await page(opened, `?limit=2&after=${first.body.next}`);
    expect([first.body.items.length, rest.body.items.length, rest.body.next]).toEqual([2, 1, null]);
    const all = [...first.body.items, ...rest.body.items];
    expect(new Set(all.map(({ id }) => id))).toEqual(new Set(items.map(({ id }) => id)));
    const told = all.find(({ id }) => id === full.id);
    expect(told).toMatchObject({
      ...full,
      testVersion: 1,
      labels: { a: "1", b: "2" },
      unmapped: false,
      supersedes: null,
    });
    expect(all.filter(({ unmapped }) => unmapped)).toHaveLength(1);
  });

  it("is another's to nobody, and its cursor is checked", async () => {
    const opened = await open();
    await push(opened.event, opened.token, [item()]);
    const beta = { ...opened, token: await opened.event.tokenOf("beta") };
    expect((await page(beta)).status).toBe(404);
    expect((await page(opened, "?after=x")).status).toBe(422);
    expect((await page(opened, "?limit=1001")).status).toBe(422);
    expect((await page({ ...opened, runId: randomUUID() })).status).toBe(404);
  });
});
