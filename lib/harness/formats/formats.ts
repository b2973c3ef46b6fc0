import { closeSync, openSync, readSync } from "node:fs";
import { FormatError } from "../failure";
import { readCtrf } from "./ctrf";
import type { Reading } from "./draft";
import { readJunit } from "./junit";
import { isNdjson, readNdjson } from "./ndjson";
import { readPlugfest } from "./plugfest";
import { readSipp } from "./sipp";
import { sippTable } from "./sipp-tables";
import { type RoleOf, readSipssert } from "./sipssert";
import type { Source } from "./source";
import { readTap } from "./tap";
import { looksLikeVoiptests, readVoiptests } from "./voiptests";

export const FORMATS = [
  "junit",
  "tap",
  "ctrf",
  "sipssert",
  "sipp",
  "voiptests",
  "plugfest",
] as const;
export type Format = (typeof FORMATS)[number];

/** Files that are read together: those that one SIPp run leaves, or a single one. */
export type Group = {
  readonly label: string;
  readonly format: Format | "auto";
  readonly sources: readonly Source[];
};

const READERS = {
  junit: readJunit,
  tap: readTap,
  ctrf: readCtrf,
  voiptests: readVoiptests,
  plugfest: (source) => (isNdjson(headOf(source.path)) ? readNdjson(source) : readPlugfest(source)),
  // A report.xml by itself is JUnit with SIPssert's words.
  sipssert: readJunit,
} as const satisfies Record<Exclude<Format, "sipp">, (source: Source) => Promise<Reading>>;

/** What the command line knows that the files do not. */
export type Asked = {
  readonly exitCode: number | undefined;
  readonly roleOf: RoleOf;
};

const HEAD_BYTES = 65_536;

/** Puts SIPp's files together, and leaves every other by itself. Reads no more than their beginnings. */
export function groupSources(sources: readonly Source[], format: Format | "auto"): Group[] {
  const isSipp = (source: Source) =>
    format === "sipp" ||
    (format === "auto" && !source.isFolder && sippTable(headOf(source.path)) !== undefined);
  const sipp = sources.filter(isSipp);
  const others = sources
    .filter((source) => !sipp.includes(source))
    .map((source): Group => ({ label: source.path, format, sources: [source] }));
  const [first] = sipp;
  return first ? [...others, { label: first.path, format: "sipp", sources: sipp }] : others;
}

/** Reads a group by its format, or by what its first bytes look like. Throws FormatError. */
export function readGroup({ sources, format }: Group, asked: Asked): Promise<Reading> {
  const [source] = sources;
  if (!source) throw new FormatError("There is no file.");
  if (source.isFolder) return readFolder(source, format, asked);
  const known = format === "auto" ? detectFormat(headOf(source.path)) : format;
  return known === "sipp" ? readSipp(sources, asked.exitCode) : READERS[known](source);
}

function readFolder(source: Source, format: Format | "auto", { roleOf }: Asked) {
  if (format !== "auto" && format !== "sipssert") {
    throw new FormatError(`This is a folder; only SIPssert's logs are read as one, not ${format}.`);
  }
  return readSipssert(source, roleOf);
}

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
  if (isNdjson(text)) return "plugfest";
  if (text.startsWith("{")) return CTRF.test(text) ? "ctrf" : "plugfest";
  if (sippTable(text)) return "sipp";
  if (looksLikeVoiptests(text)) return "voiptests";
  if (TAP.test(text)) return "tap";
  throw new FormatError(
    `Its format is not recognised. Name it with --format ${FORMATS.join("|")}.`,
  );
}

const CTRF = /"reportFormat"\s*:\s*"CTRF"|"results"\s*:\s*\{/;
const TAP = /^(?:[\w.-]+\s+\| ?)?(?:TAP version \d+|1\.\.\d+|(?:not )?ok\b|Bail out!|# Subtest)/m;
