import fc from "fast-check";
import pg from "pg";
import { describe, expect, it } from "vitest";
import { grant } from "@/lib/auth/permit";
import { loadScope } from "@/lib/auth/scope";
import { rebuildCells } from "@/lib/cells/write/rebuild";
import { database, db } from "@/lib/db/client";
import { OUTCOMES } from "@/lib/results/schema";
import { type MadeEvent, makeEvent, makeTest } from "@/tests/factories/event";
import { item, push } from "@/tests/factories/push";

const snapshot = async (eventId: string) => ({
  cells: await db.cell.findMany({ where: { eventId }, orderBy: { id: "asc" } }),
  folds: (
    await db.cellFold.findMany({ where: { cell: { eventId } }, orderBy: { cellId: "asc" } })
  ).map(({ cellId, voices }) => {
    const { voices: said, pruned } = voices as { voices: object; pruned: boolean };
    return { cellId, pruned, said: Object.entries(said).sort() };
  }),
});

const rebuild = async ({ slug }: MadeEvent) =>
  rebuildCells(grant({ kind: "operator" }, "event.prepare", await loadScope(slug, undefined)));

const anItem = fc.record({
  test: fc.constantFrom("C-1", "C-2", "nobody knows"),
  outcome: fc.constantFrom(...OUTCOMES.filter((outcome) => outcome !== "unsupported")),
  attempt: fc.integer({ min: 1, max: 3 }),
  minute: fc.integer({ min: 10, max: 59 }),
  build: fc.constantFrom("1.0", "1.1", "2.0"),
  exchange: fc.option(fc.constantFrom("x", "y"), { nil: undefined }),
  by: fc.constantFrom("alpha", "beta", null),
});

describe("the cells", () => {
  it("are the same rebuilt as kept, after pushes of every kind", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anItem, { minLength: 1, maxLength: 25 }), async (said) => {
        const event = await makeEvent();
        const tokens = {
          alpha: await event.tokenOf("alpha"),
          beta: await event.tokenOf("beta"),
          neutral: await event.tokenOf(null),
        };
        for (const { minute, build, by, exchange, ...rest } of said) {
          const parties = [
            { role: "uac", entry: "alpha", build },
            { role: "uas", entry: "beta", build: "1.0" },
          ];
          const startedAt = `2026-11-20T10:${minute}:00Z`;
          const one = item({ ...rest, parties, startedAt, ...(exchange ? { exchange } : {}) });
          await push(event, tokens[by ?? "neutral"], [one]);
        }
        const kept = await snapshot(event.eventId);
        await rebuild(event);
        expect(await snapshot(event.eventId)).toEqual(kept);
      }),
      { numRuns: 12 },
    );
  });

  it("come out the same whatever arrives at once", async () => {
    const event = await makeEvent({
      tests: ["C-1", "C-2", "C-3", "C-4"].map((key) => makeTest(key)),
    });
    const tokens = await Promise.all(["alpha", "beta", null].map(event.tokenOf));
    const batches = Array.from({ length: 24 }, (_, at) => ({
      token: tokens[at % 3] ?? "",
      items: Array.from({ length: 20 }, (__, n) =>
        item({
          test: `C-${((n * 7 + at) % 4) + 1}`,
          outcome: OUTCOMES[(n + at) % 3],
          startedAt: new Date(Date.UTC(2026, 10, 20, 10, at, n)).toISOString(),
        }),
      ),
    }));
    await Promise.all(batches.map(({ token, items }) => push(event, token, items)));
    const kept = await snapshot(event.eventId);
    expect(kept.cells.map(({ attempts }) => attempts).reduce((a, b) => a + b)).toBe(480);
    await rebuild(event);
    expect(await snapshot(event.eventId)).toEqual(kept);
  });

  it("are folded anew when a correction crosses what it corrects", async () => {
    const event = await makeEvent();
    const token = await event.tokenOf("alpha");
    const wrongs = Array.from({ length: 10 }, () => item({ outcome: "fail" }));
    const rights = wrongs.map(({ id }) => item({ supersedes: id }));
    await Promise.all([...wrongs, ...rights].map((one) => push(event, token, [one])));
    expect(await db.cell.findMany({ where: { eventId: event.eventId } })).toMatchObject([
      { state: "reported", outcome: "pass", attempts: 10, flaky: false },
    ]);
  });

  it("wait for names that are being changed, and none is placed by old ones", async () => {
    const event = await makeEvent();
    const token = await event.tokenOf("alpha");
    await push(event, token, [item()]);
    await db.testCase.updateMany({
      where: { trackId: event.trackId, key: "C-1" },
      data: { version: 2 },
    });
    await db.interopEvent.update({
      where: { id: event.eventId },
      data: { catalogueVersion: { increment: 1 } },
    });
    await push(event, token, [item()]);
    const versions = await db.result.findMany({
      where: { trackId: event.trackId },
      orderBy: { seq: "asc" },
      select: { testVersion: true },
    });
    expect(versions).toEqual([{ testVersion: 1 }, { testVersion: 2 }]);
  });
});

describe("the application's database role", () => {
  const refused = async (sql: string, values: unknown[] = []) => {
    const error = await database()
      .pool.query(sql, values)
      .then(
        () => null,
        (reason: unknown) => reason,
      );
    expect(error).toBeInstanceOf(pg.DatabaseError);
    expect(error).toMatchObject({ code: "42501" });
  };

  it("may not change or delete what was said, logged or audited", async () => {
    const event = await makeEvent();
    await push(event, await event.tokenOf("alpha"), [item()]);
    await refused("UPDATE result SET outcome = 'pass' WHERE track_id = $1", [event.trackId]);
    await refused("DELETE FROM result WHERE track_id = $1", [event.trackId]);
    await refused("UPDATE event_log SET kind = 'x'");
    await refused("DELETE FROM event_log");
    await refused("UPDATE audit SET action = 'x'");
    await refused("DELETE FROM audit");
    await refused("CREATE TABLE mine (x int)");
    await refused("DELETE FROM _prisma_migrations");
  });

  it("is no superuser and bypasses no row security", async () => {
    const { rows } = await database().pool.query(
      "SELECT current_user, rolsuper, rolbypassrls, rolcreaterole FROM pg_roles WHERE rolname = current_user",
    );
    expect(rows).toEqual([
      { current_user: "plugfest_app", rolsuper: false, rolbypassrls: false, rolcreaterole: false },
    ]);
  });

  it("leaves one audit row for each batch", async () => {
    const event = await makeEvent();
    await push(event, await event.tokenOf("alpha"), [item(), item({ test: "C-2" })]);
    expect(
      await db.audit.findMany({ where: { eventId: event.eventId, action: "result.push" } }),
    ).toMatchObject([
      {
        personId: null,
        detail: { received: 2, accepted: 2, duplicate: 0, conflict: 0, rejected: 0 },
      },
    ]);
  });
});
