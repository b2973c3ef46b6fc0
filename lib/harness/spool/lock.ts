import { randomBytes } from "node:crypto";
import { link, readdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";

const BEAT_MS = 5_000;
/** A holder that has not touched its lock for so long is gone, whoever has its number now. */
const STALE_MS = 60_000;

export type Lock = { release(): Promise<void> };
type Holder = { pid: number; host: string };

/**
 * Takes a run's directory for this process, or tells who has it. Locks are numbered and the
 * highest counts: a stale one is never removed but outbid, so that of two who find it stale only
 * one can win (a hard link is made once).
 */
export async function lockRun(directory: string): Promise<Lock | { heldBy: number }> {
  const highest = await highestLock(directory);
  const holder = highest > 0 ? await holderOf(directory, highest) : undefined;
  if (holder) return { heldBy: holder.pid };
  const path = lockPath(directory, highest + 1);
  const own = `${path}.${process.pid}.${randomBytes(4).toString("hex")}`;
  await writeFile(own, JSON.stringify({ pid: process.pid, host: hostname() }), { mode: 0o600 });
  try {
    await link(own, path);
  } catch (error) {
    if (isCode(error, "EEXIST")) return { heldBy: 0 };
    throw error;
  } finally {
    await rm(own, { force: true });
  }
  const beat = setInterval(() => void touch(path), BEAT_MS);
  beat.unref();
  return {
    release: async () => {
      clearInterval(beat);
      await rm(path, { force: true });
    },
  };
}

/** Who is delivering this run now, if anyone. */
export async function holderOfRun(directory: string): Promise<number | undefined> {
  const highest = await highestLock(directory);
  return highest > 0 ? (await holderOf(directory, highest))?.pid : undefined;
}

const lockPath = (directory: string, number: number) => join(directory, `lock-${number}`);

async function highestLock(directory: string): Promise<number> {
  const numbers = (await readdir(directory)).map((name) => /^lock-(\d+)$/.exec(name)?.[1]);
  return Math.max(0, ...numbers.filter((number) => number !== undefined).map(Number));
}

async function holderOf(directory: string, number: number): Promise<Holder | undefined> {
  const path = lockPath(directory, number);
  try {
    const { mtimeMs } = await stat(path);
    if (Date.now() - mtimeMs > STALE_MS) return undefined;
    const holder = JSON.parse(await readFile(path, "utf8")) as Holder;
    return holder.host !== hostname() || isAlive(holder.pid) ? holder : undefined;
  } catch (error) {
    if (isCode(error, "ENOENT") || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return isCode(error, "EPERM");
  }
}

async function touch(path: string) {
  const now = new Date();
  // The run was delivered and its directory removed between two beats.
  await utimes(path, now, now).catch(() => undefined);
}

export const isCode = (error: unknown, code: string): boolean =>
  error instanceof Error && "code" in error && error.code === code;
