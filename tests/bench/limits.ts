// What storing the same rows costs at least: one bare insert a batch, and COPY, into a table without keys or indexes, each
// committed and on disk before the next. No transaction that keeps results can be faster.
import { createHash, randomUUID } from "node:crypto";
import pg from "pg";
import { makeBatch } from "./batches";
import { quantile } from "./rounds";

const COLUMNS = {
  id: "uuid",
  reporter_id: "uuid",
  run_key: "bigint",
  track_id: "uuid",
  cell_id: "uuid",
  test: "text",
  variant: "jsonb",
  parties: "jsonb",
  attempt: "int",
  outcome: "text",
  started_at: "timestamptz",
  duration_ms: "float8",
  message: "text",
  digest: "bytea",
};
const NAMES = Object.keys(COLUMNS).join(", ");
const TYPES = Object.values(COLUMNS);
const CREATE = `CREATE TABLE IF NOT EXISTS bare (${Object.entries(COLUMNS)
  .map((column) => column.join(" "))
  .join(", ")})`;
const INSERT = `INSERT INTO bare SELECT * FROM unnest(${TYPES.map((type, at) => `$${at + 1}::${type}[]`).join(", ")})`;
const COPY = `COPY bare (${NAMES}) FROM STDIN`;
const BATCHES = 24;

type Value = string | number | null;
type Way = "insert" | "copy";

/** Results per second, and milliseconds a batch of 1,000. */
type Limit = { rate: number; p50: number; p95: number; p99: number };
type Limits = { agents: number } & Record<Way, Limit>;

/** `agents` connections of a superuser at once, `batches` between them, in each of the two ways. */
export async function measureLimits(
  url: string,
  agents: number,
  batches: number = BATCHES,
): Promise<Limits> {
  const clients = await Promise.all(
    Array.from({ length: agents }, async () => {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      return client;
    }),
  );
  const [first] = clients;
  await first?.query(CREATE);
  const dealt = clients.map((client, at) => ({
    client,
    work: Array.from({ length: Math.ceil(batches / agents) }, () => rowsOf(at)),
  }));
  try {
    const insert = await measure(dealt, async (client, rows) => {
      await client.query({ name: "bare-insert", text: INSERT, values: columnsOf(rows) });
    });
    const copy = await measure(dealt, (client, rows) => copyIn(client, textOf(rows)));
    return { agents, insert, copy };
  } finally {
    await first?.query("DROP TABLE bare");
    for (const client of clients) await client.end();
  }
}

type Dealt = readonly { client: pg.Client; work: readonly Value[][][] }[];

async function measure(
  dealt: Dealt,
  store: (client: pg.Client, rows: Value[][]) => Promise<void>,
): Promise<Limit> {
  const times: number[] = [];
  const began = performance.now();
  await Promise.all(
    dealt.map(async ({ client, work }) => {
      for (const rows of work) {
        const sentAt = performance.now();
        await store(client, rows);
        times.push(performance.now() - sentAt);
      }
    }),
  );
  const seconds = (performance.now() - began) / 1000;
  const ms = (share: number) => Number(quantile(times, share).toFixed(1));
  const rate = Math.round((times.length * 1000) / seconds);
  return { rate, p50: ms(0.5), p95: ms(0.95), p99: ms(0.99) };
}

/** A batch as rows of `bare`. */
function rowsOf(agent: number): Value[][] {
  const { items } = makeBatch("few", agent) as { items: Record<string, unknown>[] };
  const reporter = randomUUID();
  const track = randomUUID();
  return items.map((item) => [
    ...[item.id as string, reporter, 1, track, randomUUID(), item.test as string, "{}"],
    JSON.stringify(item.parties),
    ...[item.attempt as number, item.outcome as string, item.startedAt as string],
    item.durationMs as number,
    (item.message as string | undefined) ?? null,
    `\\x${createHash("sha256").update(JSON.stringify(item)).digest("hex")}`,
  ]);
}

const columnsOf = (rows: Value[][]) => TYPES.map((_, at) => rows.map((row) => row[at]));

/** COPY's text format (PostgreSQL documentation, "COPY"). */
const textOf = (rows: Value[][]) => rows.map((row) => `${row.map(fieldOf).join("\t")}\n`).join("");
const fieldOf = (value: Value) =>
  value === null ? "\\N" : String(value).replace(/[\\\n\r\t]/g, (one) => ESCAPED[one] ?? one);
const ESCAPED: Record<string, string> = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** What pg's connection can do and its types do not say. */
type CopyConnection = pg.Connection & {
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
};

/** One COPY as pg hands its own statements through. */
function copyIn(client: pg.Client, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    client.query({
      submit: (connection: pg.Connection) => void connection.query(COPY),
      handleCopyInResponse(connection: CopyConnection) {
        connection.sendCopyFromChunk(Buffer.from(text));
        connection.endCopyFrom();
      },
      handleCommandComplete: () => undefined,
      handleReadyForQuery: () => resolve(),
      handleError: reject,
    } as pg.Submittable);
  });
}

/** Measures both with each number of agents, and says a line for each. */
export async function sayLimits(
  url: string,
  agents: readonly number[],
  say: (text: string) => void,
): Promise<Limits[]> {
  const limits: Limits[] = [];
  say("\nphysical limits, without keys, indexes, cells or answers");
  for (const count of agents) {
    const limit = await measureLimits(url, count);
    limits.push(limit);
    const ways = [tell("bare insert", limit.insert), tell("COPY", limit.copy)];
    say(`${String(count).padStart(4)} ${ways.join("; ")}`);
  }
  return limits;
}

const tell = (name: string, { rate, p50, p95, p99 }: Limit) =>
  `${name} ${rate} results/s, a batch p50 ${p50} ms, p95 ${p95} ms, p99 ${p99} ms`;
