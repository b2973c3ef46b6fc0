import { randomBytes } from "node:crypto";
import { constants, createReadStream } from "node:fs";
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { Refusal } from "@/lib/core/refusal";
import type { Judge, Storage, Upload } from "./contract";
import { diskFailure, isFull } from "./failure";

/** Uploads that nobody goes on with are removed after this. */
const ABANDONED_MS = 7 * 86_400_000;

type Folders = { readonly incoming: string; readonly stored: string };

/** Evidence below a data folder: `stored/ab/abcd…`, and what is not whole yet in `incoming`. */
export function openDisk(data: string): Storage {
  const root = path.resolve(/* turbopackIgnore: true */ data, "evidence");
  const folders = { incoming: path.join(root, "incoming"), stored: path.join(root, "stored") };
  const partOf = ({ id }: Upload) => path.join(folders.incoming, id);
  const guarded = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw diskFailure(error);
    }
  };
  return {
    offer: (upload) =>
      guarded(async () => {
        await mkdir(folders.incoming, { recursive: true, mode: 0o700 });
        await sweep(folders.incoming);
        return { kind: "here", offset: await sizeOf(partOf(upload)) };
      }),
    take: (upload, offset, chunks) =>
      guarded(() => takeInto(partOf(upload), { size: upload.size, offset, chunks })),
    keep: (upload, judge) => guarded(() => keep(folders, upload, { part: partOf(upload), judge })),
    open: (sha256, span) =>
      guarded(async () => {
        // Opened before the answer begins, so that a file that is gone is still told as such.
        const file = await open(placeOf(folders, sha256), "r");
        return Readable.toWeb(createReadStream("", { fd: file, ...span })) as ReadableStream;
      }),
  };
}

const placeOf = ({ stored }: Folders, sha256: string) =>
  path.join(stored, sha256.slice(0, 2), sha256);

const isAbsent = (error: unknown) =>
  error instanceof Error && "code" in error && error.code === "ENOENT";

async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    if (isAbsent(error)) return 0;
    throw error;
  }
}

type Incoming = { size: number; offset: number; chunks: AsyncIterable<Uint8Array> };

/**
 * Every byte has its place in the file, so that the same part sent twice, or by two connections at
 * once, does no harm. What came before a connection was cut stays, for the next to go on from.
 */
async function takeInto(part: string, { size, offset, chunks }: Incoming): Promise<number> {
  const before = await sizeOf(part);
  if (offset > before) throw wrongOffset(offset, before);
  await mkdir(path.dirname(part), { recursive: true, mode: 0o700 });
  const file = await open(part, constants.O_RDWR | constants.O_CREAT, 0o600);
  let at = offset;
  try {
    for await (const chunk of chunks) {
      if (at + chunk.length > size) throw tooMuch(size);
      await writeAll(file, chunk, at);
      at += chunk.length;
    }
  } catch (error) {
    if (mustGo(error)) await rm(part, { force: true });
    throw error;
  } finally {
    await file.close();
  }
  return Math.max(at, before);
}

async function writeAll(file: FileHandle, chunk: Uint8Array, at: number) {
  let written = 0;
  while (written < chunk.length) {
    const { bytesWritten } = await file.write(chunk, written, chunk.length - written, at + written);
    written += bytesWritten;
  }
}

/** No half file is left where there is no room, or where more came than was said. */
const mustGo = (error: unknown) =>
  isFull(error) || (error instanceof Refusal && error.code === "too_large");

const wrongOffset = (offset: number, before: number) =>
  new Refusal("conflict", `${before} bytes are here, and these begin at ${offset}.`, [
    { pointer: "/Upload-Offset", code: "wrong_offset", message: `Go on from ${before}.` },
  ]);

const tooMuch = (size: number) =>
  new Refusal("too_large", `More came than the ${size} bytes declared; declare the whole file.`);

/** Copied while it is judged: nobody else holds the copy open, so what was judged is what is stored. */
async function keep(
  folders: Folders,
  { sha256 }: Upload,
  { part, judge }: { part: string; judge: Judge },
): Promise<boolean> {
  if ((await sizeOf(part)) === 0) return false;
  const copy = `${part}.${randomBytes(6).toString("hex")}`;
  try {
    await copyJudged(part, copy, judge);
    const place = placeOf(folders, sha256);
    await mkdir(path.dirname(place), { recursive: true, mode: 0o700 });
    await rename(copy, place);
    await syncFolder(path.dirname(place));
  } finally {
    // Kept, refused or without room: in none of these cases does the part go on.
    await rm(copy, { force: true });
    await rm(part, { force: true });
  }
  return true;
}

async function copyJudged(from: string, to: string, judge: Judge) {
  const file = await open(to, "wx", 0o600);
  try {
    let at = 0;
    for await (const chunk of createReadStream(from) as AsyncIterable<Buffer>) {
      judge.add(chunk);
      await writeAll(file, chunk, at);
      at += chunk.length;
    }
    judge.decide();
    await file.sync();
  } finally {
    await file.close();
  }
}

async function syncFolder(folder: string) {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function sweep(incoming: string) {
  for (const name of await readdir(incoming)) {
    const file = path.join(incoming, name);
    const changedAt = await stat(file).then(
      ({ mtimeMs }) => mtimeMs,
      () => Date.now(),
    );
    if (Date.now() - changedAt > ABANDONED_MS) await rm(file, { force: true });
  }
}
