import { createHash } from "node:crypto";
import type pg from "pg";
import { BrokenLine } from "@/lib/core/broken-line";
import { plainArray, textArray } from "@/lib/db/arrays";
import type { BatchReply, ItemReply } from "../schema";

const MOST = 1000;
const RAW_CHARS = 4096;

/** Sent again, an item is the same row; of a run with very many the first are kept. */
const KEEP = `
INSERT INTO rejected_item (run_key, item_id, status, code, pointer, detail, raw, digest)
SELECT $1, u.item_id, u.status, u.code, u.pointer, u.detail, u.raw, decode(u.digest, 'hex')
FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[])
  WITH ORDINALITY AS u (item_id, status, code, pointer, detail, raw, digest, place)
ORDER BY u.place
LIMIT greatest(0, ${MOST} - (SELECT count(*) FROM rejected_item WHERE run_key = $1))
ON CONFLICT (run_key, digest) DO NOTHING`;

/** Keeps what was not taken, with the reason, for whoever looks after the agent. */
export async function keepTurnedDown(
  tx: pg.PoolClient,
  runKey: string,
  { items, reply }: { items: readonly unknown[]; reply: BatchReply },
) {
  if (reply.rejected + reply.conflict === 0) return;
  const rows = reply.items.flatMap((answer, at) => {
    const { problem } = answer;
    return problem ? [rowOf(answer, problem, items[at])] : [];
  });
  const text = (pick: (row: (typeof rows)[number]) => string | null) => textArray(rows.map(pick));
  await tx.query(KEEP, [
    runKey,
    text(({ id }) => id),
    plainArray(rows.map(({ status }) => status)),
    text(({ problem }) => problem.code),
    text(({ problem }) => storable(problem.pointer)),
    text(({ problem }) => storable(problem.detail)),
    text(({ raw }) => raw),
    plainArray(rows.map(({ digest }) => digest)),
  ]);
}

function rowOf(
  { id, status }: ItemReply,
  problem: NonNullable<ItemReply["problem"]>,
  item: unknown,
) {
  const raw = storable(rawOf(item)).slice(0, RAW_CHARS).toWellFormed();
  const digest = createHash("sha256").update(`${problem.code} ${raw}`).digest("hex");
  return { id: id === null ? null : storable(id), status, problem, raw, digest };
}

function rawOf(item: unknown): string {
  if (item instanceof BrokenLine) return item.text;
  try {
    return JSON.stringify(item);
  } catch (error) {
    // Deeper than the writer's stack, which the parser does without.
    if (error instanceof RangeError) return "(nested too deeply to be shown)";
    throw error;
  }
}

/** Postgres holds no NUL. */
const storable = (text: string) => text.replaceAll("\u0000", "\uFFFD").toWellFormed();
