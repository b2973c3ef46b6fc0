import { closeSync, openSync, readSync } from "node:fs";
import { FormatError } from "../failure";
import type { Reading } from "./draft";
import { readJunit } from "./junit";
import { readPlugfest } from "./plugfest";
import type { Source } from "./source";

export const FORMATS = ["junit", "plugfest"] as const;
export type Format = (typeof FORMATS)[number];

const READERS = {
  junit: readJunit,
  plugfest: readPlugfest,
} as const satisfies Record<Format, (source: Source) => Promise<Reading>>;

const HEAD_BYTES = 65_536;

/** Reads a source by its format, or by what its first bytes look like. Throws FormatError. */
export const readSource = (source: Source, format: Format | "auto"): Promise<Reading> =>
  READERS[format === "auto" ? detectFormat(headOf(source.path)) : format](source);

function headOf(path: string): string {
  const file = openSync(path, "r");
  try {
    const buffer = Buffer.alloc(HEAD_BYTES);
    const bytes = buffer.subarray(0, readSync(file, buffer, 0, HEAD_BYTES, 0));
    const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
    return bytes.toString(isUtf16 ? "utf16le" : "utf8").replace(/^\ufeff/, "");
  } finally {
    closeSync(file);
  }
}

export function detectFormat(head: string): Format {
  const text = head.trimStart();
  if (text === "") throw new FormatError("The file is empty.");
  if (text.startsWith("<")) return "junit";
  if (text.startsWith("{")) return "plugfest";
  throw new FormatError(
    `Its format is not recognised. Name it with --format ${FORMATS.join("|")}.`,
  );
}
