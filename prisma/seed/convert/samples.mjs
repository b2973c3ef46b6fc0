// What the run converters share: reading a folder of recorded output, and writing fixtures that name
// every file they came from by its SHA-256.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const runs = new URL("../loopback/runs/", import.meta.url);

/** The samples folder given as the first argument. */
export function openSamples() {
  const folder = process.argv[2];
  if (!folder) throw new Error("Give the folder of the recorded output.");
  const bytes = (name) => readFileSync(join(folder, name));
  return {
    bytes,
    text: (name) => bytes(name).toString("utf8"),
    json: (name) => JSON.parse(bytes(name).toString("utf8")),
    file: (name) => ({ name, sha256: createHash("sha256").update(bytes(name)).digest("hex") }),
    /** For output that carries no clock of its own; whole seconds. */
    modifiedAt: (name) => fromSeconds(Math.floor(statSync(join(folder, name)).mtimeMs / 1000)),
  };
}

export const fromSeconds = (seconds) => new Date(seconds * 1000).toISOString();

/** The given lines of a tool's real output, each cut to 160 characters, 2,000 in all. */
export function excerpt(lines) {
  const cut = lines.map((line) => (line.length > 160 ? `${line.slice(0, 159)}…` : line));
  const kept = [];
  let size = 0;
  for (const line of cut) {
    size += line.length + 1;
    if (size > 2000) break;
    kept.push(line);
  }
  return kept.length > 0 ? { excerpt: kept.join("\n"), truncated: true } : undefined;
}

/** The lines of a log that match, told apart by who wrote them. */
export const linesOf = (who, log, pattern) =>
  log
    .split(/\r?\n/)
    .filter((line) => pattern.test(line))
    .map((line) => `[${who}] ${line.trim()}`);

/**
 * Writes one file per reporter from items `{ reporter, files, ...item }` (`files`: the names of the
 * recorded files that the item rests on).
 */
export function writeRuns(samples, about, items) {
  const folder = new URL(`${about.track}/`, runs);
  mkdirSync(folder, { recursive: true });
  for (const reporter of new Set(items.map((item) => item.reporter))) {
    const own = items.filter((item) => item.reporter === reporter);
    const names = [...new Set(own.flatMap((item) => item.files))].sort();
    const run = {
      plugfest: "1",
      track: about.track,
      reporter,
      source: { format: "plugfest", runner: about.runner, files: names.map(samples.file) },
      environment: about.environment,
      startedAt: own.map((item) => item.startedAt).sort()[0],
      items: own.map(({ reporter: _, files: __, ...item }) => item),
    };
    write(new URL(`${about.name}-${reporter}.json`, folder), run);
    console.log(`${about.track}/${about.name}-${reporter}: ${own.length} items`);
  }
}

/** Says where the fixtures of a track came from; `names` are all the recorded files used. */
export function writeProvenance(samples, provenance, names) {
  const files = [...new Set(names)].sort().map(samples.file);
  write(new URL(`${provenance.track}/provenance.json`, runs), { ...provenance, files });
}

const write = (url, value) => writeFileSync(url, `${JSON.stringify(value, null, 2)}\n`);
