import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GET as whoAmI } from "@/app/api/v1/agent/route";
import { GET as ready } from "@/app/readyz/route";
import { inIngestLane } from "@/lib/core/lane";
import { database, db } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { makeEvent } from "@/tests/factories/event";
import { declareRun, item, postBatch, request } from "@/tests/factories/push";
import { openDoor } from "@/tests/fault/door.mjs";

let door: Awaited<ReturnType<typeof openDoor>>;

// Before the first query: the settings are read once.
beforeAll(async () => {
  const url = new URL(process.env.DATABASE_URL ?? "");
  door = await openDoor(Number(url.port));
  url.port = String(door.port);
  Object.assign(process.env, {
    DATABASE_URL: url.toString(),
    DATABASE_LOCK_MS: "150",
    DATABASE_STATEMENT_MS: "4000",
    DATABASE_PAGES_POOL: "5",
    DATABASE_INGEST_POOL: "3",
  });
});
afterAll(() => door.shut());

const show = async (name: string) => {
  const { rows } = await database().pool.query<Record<string, string>>(`SHOW ${name}`);
  return Object.values(rows[0] ?? {})[0];
};

describe("a connection to the database", () => {
  it("is limited on the server: statements, waits for locks, transactions left open", async () => {
    const names = ["statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"];
    for (const inLane of [inIngestLane, <T>(work: () => Promise<T>) => work()]) {
      const values = await inLane(() => Promise.all(names.map(show)));
      expect(values).toEqual(["4s", "150ms", "5s"]);
    }
  });

  it("is one of the batches' own for a batch, so that pages keep theirs", async () => {
    const pages = database().pool;
    const ingest = await inIngestLane(async () => database().pool);
    expect([pages.options.max, ingest.options.max]).toEqual([5, 3]);
    const held = await inIngestLane(() =>
      Promise.all([1, 2, 3].map(() => database().pool.connect())),
    );
    expect(ingest.idleCount).toBe(0);
    expect(await db.interopEvent.count()).toBeGreaterThanOrEqual(0);
    for (const client of held) client.release();
  });

  it("that waits too long for what another holds is answered 503 with Retry-After, and nothing is stored", async () => {
    const event = await makeEvent();
    const token = await event.tokenOf("alpha");
    const runId = await declareRun(event, token);
    const send = () =>
      postBatch(event, runId, { token, body: { schema: "1", items: [item({ test: "C-1" })] } });
    await transaction(async (tx) => {
      // As whoever changes the names of an event does.
      await tx.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", [event.eventId]);
      const answer = await send();
      expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "2"]);
    });
    expect(await db.result.count()).toBe(0);
    expect((await send()).status).toBe(200);
  });
});

describe("a database that takes connections and says nothing", () => {
  it("is noticed: who waits is told within three seconds, and all goes on when it speaks again", async () => {
    const event = await makeEvent();
    const token = await event.tokenOf("alpha");
    const ask = () => whoAmI(request("agent", "GET", { token }), {});
    expect((await ask()).status).toBe(200);
    door.hush();
    const began = performance.now();
    const answers = await Promise.all([ask(), ask(), ready()]);
    const readiness = (await answers[2].json()) as unknown;
    expect(readiness).toMatchObject({ reason: "The database does not answer." });
    expect(answers.map(({ status }) => status)).toEqual([503, 503, 503]);
    const told = performance.now() - began;
    // The limit is a promise to whoever watches /readyz, with a second for a busy machine.
    expect(told).toBeLessThan(4000);
    door.mend();
    await expect.poll(async () => (await ask()).status, { timeout: 10_000 }).toBe(200);
  });
});
