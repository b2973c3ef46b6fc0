import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { copyFile, open, stat } from "node:fs/promises";
import { basename } from "node:path";
import { type Declaration, FILE_BYTES } from "@/lib/evidence/schema";
import { type FileKind, Sniffer } from "@/lib/protocols/files/kinds";
import { cleanText } from "../clean";
import { EXIT, Failure, messageOf } from "../failure";

/** A file that goes with a run. */
export type Kept = Omit<Declaration, "run"> & {
  readonly path: string;
  /** Asked for, or the report that is kept without a word. */
  readonly why: "given" | "report";
};

/** One less than an item may name, for what its report names. */
const GIVEN = 31;

/** How an item names it. */
export const mentionOf = ({ sha256, kind, name }: Kept) => ({ sha256, kind, name });

/** The files of --evidence; throws Failure (usage) for the first that cannot be kept. */
export async function givenEvidence(paths: readonly string[]): Promise<Kept[]> {
  if (paths.length > GIVEN) {
    throw new Failure(EXIT.usage, `--evidence takes at most ${GIVEN} files a push.`);
  }
  const files: Kept[] = [];
  for (const path of paths) {
    const read = await readKept(path, "given");
    if ("problem" in read) throw new Failure(EXIT.usage, `--evidence ${path}: ${read.problem}`);
    files.push(read.file);
  }
  return files;
}

/** What can be kept of these, and why the others cannot. */
export async function keepWhatCan(
  paths: readonly string[],
  why: Kept["why"],
): Promise<{ files: Kept[]; problems: string[] }> {
  const files: Kept[] = [];
  const problems: string[] = [];
  for (const path of paths) {
    const read = await readKept(path, why);
    if ("file" in read) files.push(read.file);
    else problems.push(`${basename(path)} is not kept as evidence: ${read.problem}`);
  }
  return { files, problems };
}

async function readKept(
  path: string,
  why: Kept["why"],
): Promise<{ file: Kept } | { problem: string }> {
  try {
    const { size } = await stat(path);
    if (size > FILE_BYTES) {
      return {
        problem: `it is larger than ${FILE_BYTES / 1_048_576} MiB; cut it, a capture for example with editcap.`,
      };
    }
    const seen = await lookAt(path);
    if (seen.size === 0) return { problem: "it is empty." };
    if (seen.kind === undefined) {
      return {
        problem:
          "it is neither a capture (pcap, pcapng), a text (SIP, log, key log, JSON, XML) nor a PNG.",
      };
    }
    const name = cleanText(basename(path)).slice(-255);
    return { file: { path, name, why, size: seen.size, sha256: seen.sha256, kind: seen.kind } };
  } catch (error) {
    return { problem: `it cannot be read: ${messageOf(error)}` };
  }
}

async function lookAt(
  path: string,
): Promise<{ size: number; sha256: string; kind: FileKind | undefined }> {
  const hash = createHash("sha256");
  const sniffer = new Sniffer();
  let size = 0;
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    sniffer.add(chunk);
    size += chunk.length;
  }
  return { size, sha256: hash.digest("hex"), kind: sniffer.kinds[0] };
}

/** Copies it into the spool, synced. Throws Failure when it is no longer what was read. */
export async function copyKept({ path, sha256, name }: Kept, to: string) {
  await copyFile(path, to);
  if ((await lookAt(to)).sha256 !== sha256) {
    throw new Failure(
      EXIT.usage,
      `${name} changed while it was read: end what writes it, then push again.`,
    );
  }
  const copy = await open(to, "r+");
  try {
    await copy.chmod(0o600);
    await copy.sync();
  } finally {
    await copy.close();
  }
}
