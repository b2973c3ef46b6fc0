// node matrix-cells.mjs SLUG SHAPE SIZE [HOURS]: fills cells by the product's own write, and prints how many it filled.
// `even`: SIZE cells with one result each. `mixed`: SIZE rows in the mix of DESIGN.md section 9, drawn for each cell by
// a generator that always says the same. `solo`: SIZE entries and all tests of an event of its own, whose slug and token it prints.
import { randomUUID } from "node:crypto";
import { createAgent } from "@/lib/agents/write/create";
import { authenticateAgent } from "@/lib/auth/agents";
import { grant, type Permit } from "@/lib/auth/permit";
import { loadScope } from "@/lib/auth/scope";
import { database } from "@/lib/db/client";
import { recordResults } from "@/lib/results/write/record";
import { runSchema } from "@/lib/runs/schema";
import { declareRun } from "@/lib/runs/write";
import { makeEvent, makeTest } from "@/tests/factories/event";
import { manifest } from "@/tests/factories/push";
import { ENTRIES, TESTS } from "./batches";

const [given = "", shape = "even", size = "0", hours = "0"] = process.argv.slice(2);
const BATCH = 1000;
const SOLO_TESTS = 6735;
const BEGAN = Date.UTC(2026, 10, 20, 9) + Number(hours) * 3_600_000;

/** Mulberry32: small, quick, and even enough for this. */
function* chances(seed: number): Generator<number, never> {
  for (let state = seed; ; ) {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    yield ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }
}

/** Who says what of a cell: the entry in the row, the one in the column, or a neutral harness. */
type Word = { by: "row" | "column" | "harness"; outcome: string };
const harness = (outcome: string): Word[] => [{ by: "harness", outcome }];

/** Up to which chance a cell is so: 60 % untested, 20 % pass, 8 % disputed or reported, 12 % something else. */
const MIX: [number, Word[]][] = [
  [0.6, []],
  [0.8, harness("pass")],
  [0.83, [{ by: "row", outcome: "pass" }]],
  [0.85, [{ by: "column", outcome: "fail" }]],
  [
    0.88,
    [
      { by: "row", outcome: "pass" },
      { by: "column", outcome: "fail" },
    ],
  ],
  [0.94, harness("fail")],
  [0.96, harness("timeout")],
  [0.98, harness("unsupported")],
  [1, harness("degraded")],
];

type Said = Word & { row: number; column: number | null; test: number };

function* mixed(rows: number): Generator<Said> {
  const chance = chances(1);
  for (let at = 0; at < rows * ENTRIES * TESTS; at += 1) {
    const drawn = chance.next().value;
    const words = MIX.find(([limit]) => drawn < limit)?.[1] ?? [];
    const [row, column] = [Math.floor(at / TESTS / ENTRIES), Math.floor(at / TESTS) % ENTRIES];
    // An entry by itself has one side, and nobody to contradict it.
    const own = row === column ? words.slice(0, 1) : words;
    for (const word of own) yield { ...word, row, column, test: at % TESTS };
  }
}

function* solo(entries: number): Generator<Said> {
  const chance = chances(2);
  for (let at = 0; at < entries * SOLO_TESTS; at += 1) {
    const drawn = chance.next().value;
    const [word] = MIX.find(([limit]) => drawn < limit)?.[1] ?? [];
    const place = { row: Math.floor(at / SOLO_TESTS), column: null, test: at % SOLO_TESTS };
    if (word) yield { ...place, by: "harness", outcome: word.outcome };
  }
}

const REGULAR = ["pass", "pass", "pass", "pass", "fail", "timeout", "degraded", "unsupported"];

function* even(cells: number): Generator<Said> {
  for (let at = 0; at < cells; at += 1) {
    const row = Math.floor(at / TESTS) % ENTRIES;
    const column = (row + 1 + Math.floor(at / (TESTS * ENTRIES))) % ENTRIES;
    const outcome = REGULAR[(at * 5) % REGULAR.length] ?? "pass";
    yield { by: "harness", outcome, row, column, test: at % TESTS };
  }
}

let told = 0;
function itemOf({ row, column, test, outcome }: Said) {
  told += 1;
  return {
    id: randomUUID(),
    test: `C-${test}`,
    parties: [
      { role: "uac", entry: `e-${row}`, build: "1.0" },
      ...(column === null ? [] : [{ role: "uas", entry: `e-${column}`, build: "1.0" }]),
    ],
    outcome,
    ...(outcome === "unsupported" && { unsupportedBy: ["uac"] }),
    startedAt: new Date(BEGAN + told).toISOString(),
  };
}

type Pusher = { permit: Permit<"result.push">; runId: string; waiting: object[] };

async function openPusher(slug: string, entry: string | null): Promise<Pusher> {
  const scope = await loadScope(slug, undefined);
  const agent = { entry, name: `bench ${entry ?? "harness"}`, scopes: ["results:write"] as const };
  const { token } = await createAgent(grant({ kind: "operator" }, "agent.create", scope), {
    ...agent,
    scopes: [...agent.scopes],
  });
  const known = await authenticateAgent(`Bearer ${token}`, slug);
  const runId = randomUUID();
  const permit = grant(known.actor, "run.declare", known.scope);
  await declareRun(permit, runId, runSchema.parse(manifest()));
  return { permit: grant(known.actor, "result.push", known.scope), runId, waiting: [] };
}

async function push(pusher: Pusher) {
  const items = pusher.waiting.splice(0);
  if (items.length === 0) return;
  const { accepted } = await recordResults(pusher.permit, pusher.runId, items);
  if (accepted < items.length) throw new Error(`accepted ${accepted} of ${items.length}`);
}

const speakerOf = ({ by, row, column }: Said) => {
  if (by === "harness") return null;
  return `e-${by === "row" ? row : column}`;
};

// A track takes 400 tests at once: the others are put beside them as copies of the first.
const COPY_TESTS = `
INSERT INTO test_case SELECT (jsonb_populate_record(t, jsonb_build_object('id', gen_random_uuid(), 'key', 'C-' || n, 'number', n + 1, 'position', n))).*
FROM test_case t CROSS JOIN generate_series($2::int, $3::int) AS n WHERE t.track_id = $1 AND t.key = 'C-0'`;

/** 130 entries with tests for one: what research/results.md calls the stress. */
async function makeSolo(entries: number) {
  const roles = [{ key: "uac", min: 1, max: 1 }];
  const event = await makeEvent({
    tests: Array.from({ length: TESTS }, (_, at) => makeTest(`C-${at}`, { kind: "solo", roles })),
    entries: Array.from({ length: entries }, (_, at) => ({ slug: `e-${at}` })),
  });
  await database().pool.query(COPY_TESTS, [event.trackId, TESTS, SOLO_TESTS - 1]);
  return { slug: event.slug, token: await event.tokenOf(null) };
}

const SHAPES = { even, mixed, solo };
const made = shape === "solo" ? await makeSolo(Number(size)) : { slug: given };
const pushers = new Map<string | null, Pusher>();
const cells = new Set<string>();
for (const said of SHAPES[shape as keyof typeof SHAPES](Number(size))) {
  const speaker = speakerOf(said);
  const pusher = pushers.get(speaker) ?? (await openPusher(made.slug, speaker));
  pushers.set(speaker, pusher);
  pusher.waiting.push(itemOf(said));
  cells.add(`${said.row} ${said.column} ${said.test}`);
  if (pusher.waiting.length === BATCH) await push(pusher);
}
for (const pusher of pushers.values()) await push(pusher);
process.stdout.write(JSON.stringify({ ...made, cells: cells.size, results: told }));
const { pool, prisma } = database();
await prisma.$disconnect();
if (!pool.ended) await pool.end();
