// F20: writers whose transactions commit out of order, and readers of the stream that come and go.
import { once } from "node:events";
import http from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { withClient } from "../../lib/start/roles.mjs";
import { declareRun, makeItem, openClient, until } from "./client.mjs";
import { listTests } from "./reports.mjs";

const WRITERS = 8;
const READERS = 20;
const STREAM = "/api/v1/events/loopback/tracks/dtls/stream";
/** More attempts than any cell has by itself: what we have written is told from what was there. */
const MARK = 1_000_000;

export async function moveCursor({ site, tokens, superuser }, { isShort, random }) {
  const rounds = isShort ? 10 : 60;
  const cells = await makeCells({ site, tokens, superuser });
  const readers = Array.from({ length: READERS }, () => new Reader(site.url, tokens[1], random));
  await Promise.all(readers.map((reader) => reader.begin()));
  const began = performance.now();
  const reading = readers.map((reader) => reader.follow());
  const written = await writeAll(superuser(), { cells, rounds, random });
  // The last state of each cell is what a reader must have in the end: the stream tells states.
  const misses = () => readers.reduce((sum, reader) => sum + reader.missing(written), 0);
  const caughtUpMs = await until(() => misses() === 0, 30_000);
  for (const reader of readers) reader.end();
  await Promise.all(reading);
  return {
    figures: {
      written: `${rounds * WRITERS} changes of ${cells.length} cells by ${WRITERS} writers, in ${Math.round(performance.now() - began)} ms`,
      readers: `${READERS}, who opened the stream ${sumOf(readers, "opened")} times and heard ${sumOf(readers, "messages")} messages`,
      "all had everything after": `${caughtUpMs} ms`,
    },
    faults: {
      missed: misses(),
      "told twice in one connection": sumOf(readers, "twice"),
      "told an older state after a newer": sumOf(readers, "backwards"),
      "no reader came back": +(sumOf(readers, "opened") <= READERS),
    },
  };
}

const sumOf = (readers, key) => readers.reduce((sum, reader) => sum + reader[key], 0);

/** One cell for each declared variant of the tests between client and server. */
async function makeCells({ site, tokens, superuser }) {
  const client = openClient(site.url, { token: tokens[1], sockets: 1 });
  const items = (await listTests(site.url, tokens[1])).map((test) => ({ ...makeItem(), ...test }));
  const { status } = await client.send(await declareRun(client), { schema: "1", items });
  client.close();
  if (status !== 200) throw new Error(`The cells could not be made: ${status}`);
  const ids = items.map(({ id }) => id);
  return withClient(superuser(), async (db) => {
    const text = `SELECT c.id, c.track_id, row_number() OVER (ORDER BY c.id)::int AS at FROM cell c
      WHERE c.id IN (SELECT cell_id FROM result WHERE id = ANY($1)) ORDER BY c.id`;
    return (await db.query(text, [ids])).rows;
  });
}

/** Each writer holds its transaction open for a random while, so that ids and commits cross. */
async function writeAll(connectionString, { cells, rounds, random }) {
  const last = new Map();
  const write = async (_, writer) => {
    const client = new pg.Client({ connectionString });
    await client.connect();
    const own = cells.filter(({ at }) => at % WRITERS === writer);
    for (let round = 0; round < rounds; round += 1) {
      const cell = own[round % own.length];
      const attempts = MARK + cell.at * 1000 + Math.floor(round / own.length);
      await client.query("BEGIN");
      await client.query(
        "UPDATE cell SET attempts = $2, xid = pg_current_xact_id() WHERE id = $1",
        [cell.id, attempts],
      );
      await client.query("SELECT pg_sleep($1)", [random() * 0.04]);
      // Every third wake-up is lost, as with a connection: the heartbeat has to find it.
      if (round % 3 > 0) await client.query("SELECT pg_notify('plugfest', $1)", [cell.track_id]);
      await client.query("COMMIT");
      last.set(cell.at, attempts);
    }
    await client.end();
  };
  await Promise.all(Array.from({ length: WRITERS }, write));
  return last;
}

/** Reads a few messages, goes, and comes back with the last id that it has got. */
class Reader {
  opened = 0;
  messages = 0;
  twice = 0;
  backwards = 0;
  #seen = new Map();
  #lastId;
  #isOver = false;

  constructor(url, token, random) {
    Object.assign(this, { url: new URL(STREAM, url), token, random });
  }

  /** Has the whole matrix, and its position. */
  begin() {
    return this.#read(1);
  }

  async follow() {
    while (!this.#isOver) await this.#read(1 + Math.floor(this.random() * 4));
  }

  end() {
    this.#isOver = true;
    this.request?.destroy();
  }

  missing(written) {
    return [...written].filter(([at, attempts]) => this.#seen.get(at) !== attempts).length;
  }

  async #read(lives) {
    const heard = new Set();
    this.opened += 1;
    const headers = {
      authorization: `Bearer ${this.token}`,
      ...(this.#lastId && { "last-event-id": this.#lastId }),
    };
    this.request = http.get(this.url, { headers, agent: false });
    this.request.on("error", () => undefined); // it was we who left, or the loop comes again
    const [response] = await once(this.request, "response").catch(() => []);
    if (!response) return pause(10);
    response.on("error", () => undefined);
    let left = lives;
    let text = "";
    response.on("data", (chunk) => {
      text += chunk;
      const parts = text.split("\n\n");
      text = parts.pop();
      for (const part of parts) {
        if (left <= 0 || !/^id: /m.test(part)) continue;
        this.#note(part, heard);
        left -= 1;
      }
      // A connection may go after the server sent and before the reader got it.
      if (left <= 0) this.request.destroy();
    });
    await new Promise((resolve) => response.once("close", resolve));
  }

  #note(part, heard) {
    const [, id, , data] = /^id: (.*)\nevent: (.*)\ndata: (.*)$/.exec(part.trim()) ?? [];
    this.messages += 1;
    if (heard.has(data)) this.twice += 1;
    heard.add(data);
    this.#lastId = id;
    for (const [, value] of data.matchAll(/"attempts":(\d{7,})/g)) {
      const attempts = Number(value);
      const at = Math.floor((attempts - MARK) / 1000);
      if ((this.#seen.get(at) ?? 0) > attempts) this.backwards += 1;
      this.#seen.set(at, attempts);
    }
  }
}
