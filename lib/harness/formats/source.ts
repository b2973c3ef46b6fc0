import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { access, constants, readFile, stat } from "node:fs/promises";
import { basename } from "node:path";
import { EXIT, Failure, FormatError, messageOf } from "../failure";
import { sha256 } from "../identity";

/** What is read whole, in bytes. */
export const LARGEST_WHOLE = 256 * 1024 * 1024;

/** A file to read. Its modification time stands in where the format tells no time. */
export type Source = {
  readonly path: string;
  readonly name: string;
  readonly changedAt: string;
  /** Only SIPssert's logs are a folder. */
  readonly isFolder?: boolean;
};

/** Throws Failure (usage) for the first path that is no readable file. */
export async function findSources(paths: readonly string[]): Promise<Source[]> {
  const sources: Source[] = [];
  for (const path of paths) sources.push(await sourceOf(path));
  return sources;
}

async function sourceOf(path: string): Promise<Source> {
  try {
    const status = await stat(path);
    if (!status.isFile() && !status.isDirectory()) throw new Error("it is not a file");
    await access(path, constants.R_OK);
    return {
      path,
      name: basename(path).slice(-255),
      changedAt: new Date(Math.max(0, Math.floor(status.mtimeMs))).toISOString(),
      isFolder: status.isDirectory(),
    };
  } catch (error) {
    throw new Failure(EXIT.usage, `Cannot read ${path}: ${messageOf(error)}`);
  }
}

/** The bytes as they come; `sum` tells their SHA-256 once all were read. */
export function streamOf(source: Source) {
  const hash = createHash("sha256");
  async function* bytes(): AsyncGenerator<Uint8Array> {
    for await (const chunk of createReadStream(source.path)) {
      hash.update(chunk as Buffer);
      yield chunk as Buffer;
    }
  }
  let sum: string | undefined;
  return { bytes: bytes(), sum: () => (sum ??= hash.digest("hex")) };
}

/** A file is read twice: to its end, so that nothing is kept of a broken one, and to hand its items out. */
export function refuseChanged(stream: { sum(): string }, sum: string) {
  if (stream.sum() !== sum)
    throw new FormatError("The file changed while it was read. Push it again when it is complete.");
}

/** The lines of a text, without their ends; of one longer than `longest` units the beginning, as soon as it is there. */
export async function* linesIn(
  bytes: AsyncIterable<Uint8Array>,
  longest: number,
): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  // The beginning of this line was handed out.
  let isCut = false;
  for await (const chunk of bytes) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      if (!isCut) yield lineOf(line, longest);
      isCut = false;
    }
    if (rest.length <= longest) continue;
    if (!isCut) yield lineOf(rest, longest);
    isCut = true;
    rest = "";
  }
  if (!isCut) yield lineOf(rest + decoder.decode(), longest);
}

const lineOf = (text: string, longest: number) =>
  text.length > longest ? text.slice(0, longest) : text.replace(/\r$/, "");

/** For formats that are read whole. */
export async function textOf(source: Source): Promise<{ text: string; sum: string }> {
  const { size } = await stat(source.path);
  if (size > LARGEST_WHOLE) {
    throw new FormatError("The file is larger than 256 MiB. Push it in parts.");
  }
  const bytes = await readFile(source.path);
  return { text: new TextDecoder().decode(bytes), sum: sha256(bytes) };
}
