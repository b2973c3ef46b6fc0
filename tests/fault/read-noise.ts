// node read-noise.mjs SEED RUNS SLOW_MS: gives every reader of files RUNS inputs, prints what came of it as JSON.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { FormatError } from "@/lib/harness/failure";
import { FORMATS, type Format, readGroup } from "@/lib/harness/formats/formats";
import { Sniffer } from "@/lib/protocols/files/kinds";
import { damagedFiles } from "@/tests/factories/damaged";

const [seed = 1, runs = 100, slowMs = 50] = process.argv.slice(2).map(Number);
const folder = mkdtempSync(path.join(tmpdir(), "plugfest-noise-"));
const file = path.join(folder, "file");
const changedAt = "2026-11-23T00:00:00.000Z";

const damaged = damagedFiles();
/** What drives regular expressions back and forth, and parsers deep. */
const long = fc
  .record({
    head: fc.constantFrom("<testsuite>", "TAP version 13\n", '{"results":', "{", "ok 1 - "),
    piece: fc.constantFrom(
      "<a>",
      " ",
      "\n",
      "[",
      "&amp;",
      "&#9;",
      "#",
      "ok",
      "1..1\n",
      "  - ",
      ";",
      '"',
      "\\",
    ),
    times: fc.nat(20_000),
  })
  .map(({ head, piece, times }) => Buffer.from(head + piece.repeat(times)));
const inputs = fc.oneof(
  { arbitrary: damaged, weight: 6 },
  { arbitrary: fc.uint8Array({ maxLength: 400 }).map(Buffer.from), weight: 3 },
  { arbitrary: long, weight: 1 },
);

async function readAs(format: Format | "auto", content: Uint8Array) {
  writeFileSync(file, content);
  const source = { path: file, name: "file", changedAt };
  const asked = { exitCode: undefined, roleOf: () => undefined };
  try {
    const reading = await readGroup({ label: "file", format, sources: [source] }, asked);
    for await (const _ of reading.items());
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
  }
}

async function sniff(content: Uint8Array) {
  const sniffer = new Sniffer();
  sniffer.add(content);
  return sniffer.kinds;
}

const READERS: Record<string, (content: Uint8Array) => Promise<unknown>> = {
  ...Object.fromEntries(
    (["auto", ...FORMATS] as const).map((format) => [
      format,
      (content: Uint8Array) => readAs(format, content),
    ]),
  ),
  "kind of a file": sniff,
};

const told = {
  runs: {} as Record<string, number>,
  longest: {} as Record<string, number>,
  crashes: [] as string[],
  slow: [] as string[],
};

async function timed(read: (content: Uint8Array) => Promise<unknown>, content: Uint8Array) {
  const began = performance.now();
  await read(content);
  return performance.now() - began;
}

/** The least of three: what another process took of our time is not the reader's. */
async function leastOf(read: (content: Uint8Array) => Promise<unknown>, content: Uint8Array) {
  const first = await timed(read, content);
  if (first <= slowMs) return first;
  return Math.min(first, await timed(read, content), await timed(read, content));
}

for (const [name, read] of Object.entries(READERS)) {
  let longest = 0;
  const all = fc.sample(inputs, { seed, numRuns: runs });
  // The first use compiles what is not its own.
  for (const content of all.slice(0, 20)) await read(content).catch(() => undefined);
  for (const content of all) {
    const where = `${name}: ${JSON.stringify(Buffer.from(content.subarray(0, 80)).toString())}`;
    try {
      const ms = await leastOf(read, content);
      longest = Math.max(longest, ms);
      if (ms > slowMs) told.slow.push(`${Math.round(ms)} ms, ${content.length} bytes, ${where}`);
    } catch (error) {
      told.crashes.push(`${where}: ${(error as Error).stack ?? String(error)}`);
    }
  }
  told.runs[name] = all.length;
  told.longest[name] = Math.round(longest * 10) / 10;
}
rmSync(folder, { recursive: true, force: true });
process.stdout.write(JSON.stringify(told));
