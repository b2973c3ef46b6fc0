import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { grant } from "@/lib/auth/permit";
import { loadScope } from "@/lib/auth/scope";
import { database, db } from "@/lib/db/client";
import { follow } from "@/lib/live/follow";
import { hub } from "@/lib/live/hub";
import { lookForChanges } from "@/lib/matrices/read/changes";
import { loadMatrix } from "@/lib/matrices/read/matrix";
import { applyChanges } from "@/lib/matrices/rules";
import { type Grid, NO_VERSION } from "@/lib/matrices/schema";
import { callAs, makeMember, makeOrganizer } from "@/tests/factories/caller";
import { makeEvent, makeTest } from "@/tests/factories/event";
import { item, push } from "@/tests/factories/push";

const operator = { kind: "operator" } as const;
const permitFor = async (slug: string) =>
  grant(operator, "matrix.view", await loadScope(slug, "calls"));

/** One reader as a page is: grids, and where it is in the stream. It counts what looked new to it. */
class Reader {
  readonly seen: string[] = [];
  constructor(
    public grids: Grid[],
    public horizon: string,
    readonly version: number,
  ) {}

  /** Follows until `enough` says so or `lives` notices have come; then the connection is gone. */
  async follow(slug: string, trackId: string, until: { enough: () => boolean; lives: number }) {
    const gone = new AbortController();
    const permit = await permitFor(slug);
    const stream = follow(trackId, { since: this.horizon, signal: gone.signal }, (horizon) =>
      lookForChanges(permit, "calls", { horizon, version: this.version, sight: "all" }),
    );
    let left = until.lives;
    for await (const { horizon, news } of stream) {
      left -= 1;
      // A connection may go after the server sent and before the reader got it.
      if (left === 0 && !until.enough()) break;
      const { grids, changed } = applyChanges(this.grids, news);
      this.grids = grids;
      this.horizon = horizon;
      for (const id of changed) {
        const cell = grids
          .flatMap(({ cells }) => cells)
          .find((one) => one.state !== "withheld" && one.id === id);
        if (cell && cell.state !== "withheld") this.seen.push(`${id} ${cell.attempts}`);
      }
      if (until.enough()) break;
    }
    gone.abort();
  }
}

describe("a live matrix", () => {
  it("misses nothing and counts nothing twice, whatever order writers commit in", async () => {
    const WRITERS = 8;
    const READERS = 20;
    const ROUNDS = 12;
    const tests = Array.from({ length: WRITERS * ROUNDS + 1 }, (_, at) => makeTest(`C-${at + 1}`));
    const event = await makeEvent({ tests });
    await push(
      event,
      await event.tokenOf("alpha"),
      tests.map(({ key }) => item({ test: key })),
    );
    const cells = await db.cell.findMany({
      where: { eventId: event.eventId },
      select: { id: true },
      orderBy: { id: "asc" },
    });

    const start = await loadMatrix(await permitFor(event.slug), "calls");
    const readers = Array.from(
      { length: READERS },
      () => new Reader(start.matrix.grids, start.matrix.asOf, start.version),
    );
    let isOver = false;
    const reading = readers.map(async (reader, at) => {
      while (!isOver || new Set(reader.seen).size < cells.length) {
        await reader.follow(event.slug, event.trackId, {
          enough: () => isOver && new Set(reader.seen).size === cells.length,
          lives: 2 + (at % 4),
        });
      }
    });

    const write = async (at: number, heldMs: number) => {
      const client = await database().pool.connect();
      await client.query("BEGIN");
      await client.query("UPDATE cell SET attempts = 2, xid = pg_current_xact_id() WHERE id = $1", [
        cells[at]?.id,
      ]);
      await client.query("SELECT pg_sleep($1)", [heldMs / 1000]);
      // Every third wake-up is lost, as with a connection: the heartbeat has to find it.
      if (at % 3 > 0) await client.query("SELECT pg_notify('plugfest', $1)", [event.trackId]);
      await client.query("COMMIT");
      client.release();
    };
    // Each writer holds its transaction open for a random while, so that ids and commits cross.
    const random = fc.sample(fc.integer({ min: 0, max: 40 }), WRITERS * ROUNDS);
    await Promise.all(
      Array.from({ length: WRITERS }, async (_, writer) => {
        for (let round = 0; round < ROUNDS; round += 1) {
          const at = round * WRITERS + writer;
          await write(at, random[at] ?? 0);
        }
      }),
    );
    isOver = true;
    // The last one only now: whoever had all before it was over would wait for ever for a word that it is.
    await write(WRITERS * ROUNDS, 0);
    await Promise.all(reading);
    const expected = cells.map(({ id }) => `${id} 2`).sort();
    for (const reader of readers) expect(reader.seen.toSorted()).toEqual(expected);
  });

  it("hears again after its LISTEN connection was cut", async () => {
    const event = await makeEvent();
    const token = await event.tokenOf("alpha");
    const before = hub().version(event.trackId);
    await push(event, token, [item()]);
    const gone = new AbortController();
    await hub().past(event.trackId, before, { patience: 5000, signal: gone.signal });
    expect(hub().version(event.trackId)).toBeGreaterThan(before);

    const waiting = hub().past(event.trackId, hub().version(event.trackId), {
      patience: 15_000,
      signal: gone.signal,
    });
    const { rowCount } = await database().pool.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'plugfest-live' AND datname = current_database()",
    );
    expect(rowCount).toBe(1);
    // Woken by the reconnection itself: something may have been told while nobody listened.
    await waiting;
    const after = hub().version(event.trackId);
    await push(event, token, [item({ test: "C-2" })]);
    await hub().past(event.trackId, after, { patience: 5000, signal: gone.signal });
    expect(hub().version(event.trackId)).toBeGreaterThan(after);
  });
});

describe("a stream", () => {
  const open = async (personId: string | null, slug: string, signal: AbortSignal) => {
    const caller = await callAs(personId, { signal });
    const { matrix, version, sight } = await caller.matrices.byTrack({
      eventSlug: slug,
      trackSlug: "calls",
    });
    const input = { eventSlug: slug, trackSlug: "calls", horizon: matrix.asOf, version, sight };
    return (await caller.matrices.onChange(input))[Symbol.asyncIterator]();
  };

  it("tells a participant of a restricted track its own cells and no other", async () => {
    const entries = ["alpha", "beta", "gamma"].map((slug) => ({ slug }));
    const event = await makeEvent({ restricted: true, entries });
    const gone = new AbortController();
    const [mine, theirs] = [
      await makeMember(event.entryIds.alpha ?? ""),
      await makeMember(event.entryIds.gamma ?? ""),
    ];
    const [seen, unseen] = [
      await open(mine, event.slug, gone.signal),
      await open(theirs, event.slug, gone.signal),
    ];
    const between = (uac: string, uas: string) =>
      item({
        parties: [
          { role: "uac", entry: uac },
          { role: "uas", entry: uas },
        ],
      });
    const [first, hidden] = [seen.next(), unseen.next()];
    const token = await event.tokenOf(null);
    await push(event, token, [between("alpha", "beta")]);
    expect((await first).value).toMatchObject([
      expect.any(String),
      { cells: [{ row: "alpha", column: "beta" }] },
      expect.anything(),
    ]);
    await push(event, token, [between("gamma", "beta")]);
    expect((await hidden).value).toMatchObject([
      expect.any(String),
      { cells: [{ row: "gamma" }] },
      expect.anything(),
    ]);
    gone.abort();
  });

  it("ends when the reader's right to it does", async () => {
    const event = await makeEvent();
    const organizer = await makeOrganizer(event.eventId);
    const gone = new AbortController();
    const stream = await open(organizer, event.slug, gone.signal);
    const next = stream.next().then(
      () => "told",
      (error: { code?: string }) => error.code,
    );
    await db.organizer.deleteMany({ where: { personId: organizer } });
    await push(event, await event.tokenOf("alpha"), [item()]);
    expect(await next).toBe("FORBIDDEN");
    gone.abort();
  });

  it("tells that all is to be drawn anew when the reader may see more or less than before", async () => {
    const entries = ["alpha", "beta", "gamma"].map((slug) => ({ slug }));
    const event = await makeEvent({ restricted: true, entries });
    const personId = await makeMember(event.entryIds.alpha ?? "");
    const other = { personId, entryId: event.entryIds.gamma ?? "" };
    await db.entryMember.create({ data: other });
    const gone = new AbortController();
    const stream = await open(personId, event.slug, gone.signal);
    const narrowed = stream.next();
    await db.entryMember.deleteMany({ where: other });
    const anew = [expect.any(String), { version: NO_VERSION, cells: [], cleared: [] }];
    expect((await narrowed).value).toMatchObject([...anew, expect.anything()]);
    const widened = stream.next();
    await db.trackLead.create({ data: { personId, trackId: event.trackId } });
    expect((await widened).value).toMatchObject([...anew, expect.anything()]);
    gone.abort();
  });
});
