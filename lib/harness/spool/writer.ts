import { randomBytes } from "node:crypto";
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { BATCH_ITEMS, type ItemInput, type ItemProblem } from "@/lib/results/schema";
import { copyKept, type Kept } from "../evidence/kept";
import { FormatError } from "../failure";
import type { Judged } from "../items";
import { BATCH_RAW_BYTES, packBatches } from "./batch";
import { syncDirectory, writeSynced } from "./durable";
import { isCode } from "./lock";
import { bytesUnder, draftsIn, evidenceName, runsIn, type Spool, type SpooledRun } from "./spool";

export type Refused = { readonly item: unknown; readonly problem: ItemProblem };
type Header = Pick<SpooledRun, "id" | "url" | "label" | "run" | "state"> & {
  readonly files: readonly Kept[];
};

export const batchName = (number: number) => `batch-${String(number).padStart(4, "0")}.json.gz`;

/**
 * Writes a whole run beside the others and then moves it among them, so that it is there with all
 * its items or not at all. A run that is already waiting under this id stays as it is.
 */
export async function spoolRun(
  spool: Spool,
  header: Header,
  judged: AsyncIterable<Judged> | Iterable<Judged>,
): Promise<SpooledRun> {
  const directory = join(
    draftsIn(spool),
    `${header.id}.${process.pid}.${randomBytes(4).toString("hex")}`,
  );
  await mkdir(directory, { mode: 0o700 });
  try {
    const room = spool.maxBytes - (await bytesUnder(spool.root));
    const writer = new RunWriter(directory, { room, reserved: bytesOf(header.files) });
    for await (const one of judged) await writer.add(one);
    const run = await writer.close(header);
    await publish(directory, join(runsIn(spool), run.id));
    return run;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function publish(directory: string, target: string) {
  try {
    await rename(directory, target);
  } catch (error) {
    if (!isCode(error, "ENOTEMPTY") && !isCode(error, "EEXIST")) throw error;
  }
  await syncDirectory(join(target, ".."));
}

const bytesOf = (files: readonly Kept[]) => files.reduce((sum, { size }) => sum + size, 0);

class RunWriter {
  #pending: ItemInput[] = [];
  #pendingBytes = 0;
  #items = 0;
  readonly #batches: number[] = [];
  #droppedLogs = 0;
  readonly #refused: Refused[] = [];

  #room: number;
  readonly #reserved: number;

  /**
   * `room` is what the spool may still take. Log excerpts are left out first, so that `reserved`
   * bytes of evidence may stay; then evidence; outcomes never.
   */
  constructor(
    readonly directory: string,
    { room, reserved }: { room: number; reserved: number },
  ) {
    this.#room = room;
    this.#reserved = reserved;
  }

  async add(judged: Judged) {
    this.#items += 1;
    if ("problem" in judged) {
      this.#refused.push({ item: judged.refused, problem: judged.problem });
      return;
    }
    this.#pending.push(judged.item);
    // An estimate: the batch is measured when it is packed.
    this.#pendingBytes += 512 + (judged.item.log?.excerpt.length ?? 0);
    if (this.#pending.length === BATCH_ITEMS || this.#pendingBytes > BATCH_RAW_BYTES / 2) {
      await this.#flush();
    }
  }

  async close({ files, ...header }: Header): Promise<SpooledRun> {
    await this.#flush();
    if (this.#items === 0 && header.state === "complete") {
      throw new FormatError("There is no result in it.");
    }
    const evidence = await this.#keep(files);
    const dropped = { log: this.#droppedLogs, evidence: files.length - evidence.length };
    const discarded = Object.entries(dropped)
      .filter(([, quantity]) => quantity > 0)
      .map(([category, quantity]) => ({ reason: "spool_full", category, quantity }));
    const run: SpooledRun = {
      ...header,
      spool: "1",
      event: null,
      createdAt: new Date().toISOString(),
      items: this.#items,
      batches: this.#batches,
      discarded,
      evidence,
    };
    if (this.#refused.length > 0) {
      await writeSynced(join(this.directory, "refused.json"), JSON.stringify(this.#refused));
    }
    await writeSynced(join(this.directory, "run.json"), JSON.stringify(run));
    await syncDirectory(this.directory);
    return run;
  }

  /** Copies what there is room for; the others are missing, and told as such. */
  async #keep(files: readonly Kept[]): Promise<SpooledRun["evidence"]> {
    const kept: SpooledRun["evidence"] = [];
    for (const file of files) {
      if (file.size > this.#room) continue;
      await copyKept(file, join(this.directory, evidenceName(file.sha256)));
      this.#room -= file.size;
      const { path: _, ...told } = file;
      kept.push(told);
    }
    return kept;
  }

  async #flush() {
    if (this.#pending.length === 0) return;
    let batches = packBatches(this.#pending.map((item) => JSON.stringify(item)));
    let bytes = batches.reduce((sum, { packed }) => sum + packed.length, 0);
    if (bytes > this.#room - this.#reserved && this.#pending.some(({ log }) => log)) {
      this.#droppedLogs += this.#pending.filter(({ log }) => log).length;
      batches = packBatches(this.#pending.map(({ log: _, ...item }) => JSON.stringify(item)));
      bytes = batches.reduce((sum, { packed }) => sum + packed.length, 0);
    }
    for (const { packed, items } of batches) {
      this.#batches.push(items);
      await writeSynced(join(this.directory, batchName(this.#batches.length)), packed);
    }
    this.#room -= bytes;
    this.#pending = [];
    this.#pendingBytes = 0;
  }
}
