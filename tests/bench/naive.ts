// node naive.mjs PORT DATABASE_URL EVENT_ID: the push as one would write it first. Prisma's createMany for the results, an
// upsert for each cell, a create for each of log and audit, in one transaction. It folds nothing, asks
// nobody's rights and answers nothing item by item, so it has less to do than the product.
import { createHash } from "node:crypto";
import http from "node:http";
import { gunzipSync } from "node:zlib";
import { PrismaPg } from "@prisma/adapter-pg";
import { cellIdOf } from "@/lib/cells/write/cell-id";
import { type Prisma, PrismaClient } from "@/lib/db/generated/client";
import { loadDirectory } from "@/lib/results/read/directory";
import { type Directory, type DirectoryTrack, judgeItem } from "@/lib/results/rules";
import { type ItemInput, itemSchema } from "@/lib/results/schema";

const [port = "", connectionString = "", eventId = ""] = process.argv.slice(2);
// A client of its own: it takes so long that the product's time-outs would end it.
const db = new PrismaClient({ adapter: new PrismaPg({ connectionString, max: 12 }) });
const PATIENCE_MS = 120_000;
const RUN = /\/runs\/([^/]+)\/results$/;

type Names = { directory: Directory; track: DirectoryTrack };

async function loadNames(): Promise<Names> {
  const directory = await loadDirectory(eventId, 0);
  const track = directory.tracks.get("calls");
  if (!track) throw new Error("No track 'calls'");
  return { directory, track };
}

async function store(names: Names, path: string, zipped: Buffer): Promise<number> {
  const runId = RUN.exec(path)?.[1] ?? "";
  const { track } = names;
  const run = await db.run.findFirstOrThrow({ where: { id: runId, eventId } });
  const { items } = JSON.parse(gunzipSync(zipped).toString()) as { items: unknown[] };
  const rows = items.map((item) => rowOf(names, itemSchema.parse(item)));
  await db.$transaction(
    async (tx) => {
      await tx.result.createMany({
        data: rows.map(({ result }) => ({
          ...result,
          reporterId: run.reporterId,
          runKey: run.key,
          trackId: track.id,
          origin: "agent",
          agentId: run.agentId,
        })),
        skipDuplicates: true,
      });
      await upsertCells(tx, { eventId, trackId: track.id }, rows);
      await tx.run.update({
        where: { key: run.key },
        data: { received: { increment: rows.length }, accepted: { increment: rows.length } },
      });
      const detail = { accepted: rows.length };
      const said = { eventId, subject: runId, detail };
      await tx.eventLog.create({ data: { ...said, trackId: track.id, kind: "results" } });
      await tx.audit.create({ data: { ...said, action: "result.push", agentId: run.agentId } });
    },
    { maxWait: PATIENCE_MS, timeout: PATIENCE_MS },
  );
  return rows.length;
}

function rowOf({ directory, track }: Names, item: ItemInput) {
  const judged = judgeItem({ directory, track, defaults: [] }, item, { entryId: null });
  if ("code" in judged || !judged.placement) throw new Error(`Not placed: ${item.test}`);
  const cellId = cellIdOf(judged) ?? "";
  const parties = judged.parties.map(({ role, of, buildId }) => ({
    role,
    entry: of.id,
    build: buildId,
  }));
  return {
    testId: judged.placement.test.id,
    result: {
      id: item.id,
      cellId,
      test: item.test,
      variant: item.variant,
      parties,
      attempt: item.attempt,
      outcome: item.outcome,
      startedAt: item.startedAt,
      durationMs: item.durationMs ?? null,
      message: item.message ?? null,
      digest: createHash("sha256").update(JSON.stringify(item)).digest(),
    } satisfies Partial<Prisma.ResultCreateManyInput>,
  };
}

/** The last result of a cell is what it shows. Sorted, so that no two batches lock each other out. */
async function upsertCells(
  tx: Prisma.TransactionClient,
  where: { eventId: string; trackId: string },
  rows: readonly ReturnType<typeof rowOf>[],
) {
  const cells = new Map<string, { row: ReturnType<typeof rowOf>; attempts: number }>();
  for (const row of rows) {
    const attempts = (cells.get(row.result.cellId)?.attempts ?? 0) + 1;
    cells.set(row.result.cellId, { row, attempts });
  }
  for (const id of [...cells.keys()].sort()) {
    const { row, attempts } = cells.get(id) ?? { row: undefined, attempts: 0 };
    if (!row) continue;
    const { outcome, startedAt: latestAt, variant, parties } = row.result;
    const shown = { state: "confirmed", outcome, latestAt };
    await tx.cell.upsert({
      where: { id },
      create: {
        ...{ id, ...where, ...shown, attempts, variant, parties, testCaseId: row.testId },
        ...{ signature: "uac+uas", testNumber: 1, rowNumber: 1, columnNumber: 1 },
      },
      update: { ...shown, attempts: { increment: attempts } },
    });
  }
}

async function readAll(request: http.IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

const names = await loadNames();
const server = http.createServer((request, response) => {
  void readAll(request)
    .then((zipped) => store(names, request.url ?? "", zipped))
    .then(
      (accepted) => response.end(JSON.stringify({ accepted })),
      (error: Error) => response.writeHead(500).end(error.stack),
    );
});
server.listen(Number(port), "127.0.0.1", () => process.stdout.write("listening\n"));
// Whoever started it holds the other end: when they are gone, so is it.
process.once("disconnect", () => process.exit(0));
