import { mkdir, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import { idSchema } from "@/lib/core/text";
import { declarationSchema } from "@/lib/evidence/schema";
import { finishSchema, runSchema } from "@/lib/runs/schema";
import { EXIT, Failure, messageOf } from "../failure";
import { writeDurably } from "./durable";
import { isAlive, isCode } from "./lock";

/** Where runs wait, one directory each, until the server has said that it holds them. */
export type Spool = { readonly root: string; readonly maxBytes: number };

const DAY_MS = 86_400_000;

export const runsIn = (spool: Spool) => join(spool.root, "runs");
export const draftsIn = (spool: Spool) => join(spool.root, "tmp");
export const rejectedIn = (spool: Spool) => join(spool.root, "rejected");

export const spooledRunSchema = z.strictObject({
  spool: z.literal("1"),
  id: idSchema,
  /** The server it was made for, and the event once that server has told it. */
  url: z.string(),
  event: z.string().nullable(),
  /** What people call it: the file's name. */
  label: z.string(),
  createdAt: z.string(),
  items: z.int(),
  /** How many items are in each batch. */
  batches: z.array(z.int()),
  run: runSchema.omit({ sentAt: true }),
  state: finishSchema.shape.state,
  discarded: finishSchema.shape.discarded,
  /** Files that go with it, each a copy in its folder; runs of older agents have none. */
  evidence: z
    .array(
      declarationSchema
        .omit({ run: true })
        // Asked for by the operator, or the report that is kept without a word.
        .extend({ why: z.enum(["given", "report"]) }),
    )
    .default([]),
});
export type SpooledFile = SpooledRun["evidence"][number];
export type SpooledRun = z.output<typeof spooledRunSchema>;

/** Makes the folders, readable by the owner alone, and clears what a killed push left half-written. */
export async function openSpool(root: string, maxBytes: number): Promise<Spool> {
  const spool = { root, maxBytes };
  try {
    for (const path of [runsIn(spool), draftsIn(spool), rejectedIn(spool)]) {
      await mkdir(path, { recursive: true, mode: 0o700 });
    }
    await sweepDrafts(spool);
  } catch (error) {
    throw new Failure(
      EXIT.usage,
      `The spool ${root} cannot be written: ${messageOf(error)}. Set PLUGFEST_SPOOL to a folder that can.`,
    );
  }
  return spool;
}

/** A draft is named RUN.PID.RANDOM; its file is still there to be pushed again. */
async function sweepDrafts(spool: Spool) {
  for (const name of await readdir(draftsIn(spool))) {
    const path = join(draftsIn(spool), name);
    const pid = Number(/\.(\d+)\.[^.]+$/.exec(name)?.[1]);
    const changedAt = await stat(path).then(
      ({ mtimeMs }) => mtimeMs,
      () => 0,
    );
    if (!isAlive(pid) || Date.now() - changedAt > DAY_MS) {
      await rm(path, { recursive: true, force: true });
    }
  }
}

export const evidenceIn = (spool: Spool, runId: string, sha256: string) =>
  join(runsIn(spool), runId, evidenceName(sha256));
export const evidenceName = (sha256: string) => `evidence-${sha256}`;

export type Waiting = { readonly runs: SpooledRun[]; readonly damaged: string[] };

/** All runs that wait, the oldest first, and the folders that cannot be read as one. */
export async function listRuns(spool: Spool): Promise<Waiting> {
  const runs: SpooledRun[] = [];
  const damaged: string[] = [];
  for (const id of await readdir(runsIn(spool))) {
    const run = await findRun(spool, id);
    if (run === "damaged") damaged.push(join(runsIn(spool), id));
    else if (run) runs.push(run);
  }
  runs.sort((a, b) => (a.createdAt + a.id < b.createdAt + b.id ? -1 : 1));
  return { runs, damaged };
}

/** One run; undefined when it was delivered meanwhile. */
export async function findRun(
  spool: Spool,
  id: string,
): Promise<SpooledRun | "damaged" | undefined> {
  try {
    const text = await readFile(join(runsIn(spool), id, "run.json"), "utf8");
    return spooledRunSchema.parse(JSON.parse(text));
  } catch (error) {
    if (isCode(error, "ENOENT") || isCode(error, "ENOTDIR")) {
      return (await isThere(join(runsIn(spool), id))) ? "damaged" : undefined;
    }
    if (error instanceof SyntaxError || error instanceof z.ZodError) return "damaged";
    throw error;
  }
}

const isThere = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );

/** Notes the event that a run goes to, before the first word about it is sent. */
export async function bindRun(spool: Spool, run: SpooledRun, event: string): Promise<SpooledRun> {
  if (run.event === event) return run;
  const bound = { ...run, event };
  await writeDurably(join(runsIn(spool), run.id, "run.json"), JSON.stringify(bound));
  return bound;
}

/** Takes a delivered run out of the list at once, then its files. */
export async function removeRun(spool: Spool, id: string) {
  const gone = join(draftsIn(spool), `${id}.${process.pid}.done`);
  await rename(join(runsIn(spool), id), gone);
  await rm(gone, { recursive: true, force: true });
}

/** Bytes of everything under a folder. What vanishes meanwhile counts nothing. */
export async function bytesUnder(path: string): Promise<number> {
  const names = await readdir(path, { recursive: true }).catch(() => []);
  let bytes = 0;
  for (const name of names) {
    const status = await stat(join(path, name)).catch(() => undefined);
    if (status?.isFile()) bytes += status.size;
  }
  return bytes;
}
