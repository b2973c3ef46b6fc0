import { gunzipSync, gzipSync } from "node:zlib";

/** API.md, "Limits". A ratio a little under the server's, which counts the last block differently. */
export const BATCH_RAW_BYTES = 8 * 1024 * 1024;
const PACKED_BYTES = 1024 * 1024;
const RATIO = 95;

export type Batch = { readonly packed: Uint8Array; readonly items: number };

/** One batch, or several where one would be over the server's limits. Items are JSON texts. */
export function packBatches(items: readonly string[]): Batch[] {
  const raw = Buffer.from(`{"schema":"1","items":[${items.join(",")}]}`);
  const packed = pack(raw);
  // A single item that is too large is the server's to refuse, by name.
  if (packed || items.length === 1) {
    return [{ packed: packed ?? gzipSync(raw), items: items.length }];
  }
  const half = Math.ceil(items.length / 2);
  return [...packBatches(items.slice(0, half)), ...packBatches(items.slice(half))];
}

/** Undefined when it does not fit. Texts that repeat themselves beyond the ratio are only wrapped. */
function pack(raw: Buffer): Buffer | undefined {
  if (raw.length > BATCH_RAW_BYTES) return undefined;
  const packed = gzipSync(raw);
  const allowed = raw.length / packed.length <= RATIO ? packed : gzipSync(raw, { level: 0 });
  return allowed.length <= PACKED_BYTES ? allowed : undefined;
}

/** The items of a batch as they were spooled: ours, so not judged again. */
export function unpackBatch(packed: Uint8Array): unknown[] {
  return (JSON.parse(gunzipSync(packed).toString("utf8")) as { items: unknown[] }).items;
}
