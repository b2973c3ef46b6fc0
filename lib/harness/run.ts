import { hostname } from "node:os";
import { faultsOf } from "@/lib/core/faults";
import { runSchema } from "@/lib/runs/schema";
import { cleanDeep } from "./clean";
import type { Kept } from "./evidence/kept";
import { EXIT, Failure, FormatError } from "./failure";
import type { Reading } from "./formats/draft";
import { sha256, uuidOf } from "./identity";
import { itemMaker, type Judged, type Meaning } from "./items";
import { overrideParties } from "./parties";
import type { SpooledRun } from "./spool/spool";
import type { Meant } from "./template";
import type { Told } from "./told";
import { NAME, VERSION } from "./version";

const manifestSchema = runSchema.omit({ sentAt: true });

/** A run that is ready to be spooled: what it declares, and its items, in order. */
export type Prepared = Pick<SpooledRun, "id" | "run" | "state"> & {
  readonly warnings: readonly string[];
  /** Files to go with it; the report itself may be among them. */
  readonly files: readonly Kept[];
  readonly judged: () => AsyncIterable<Judged>;
};

/**
 * `reports` are the files that it was read from, to be kept as they are. Throws Failure (usage) when the
 * track or the parties are nowhere told.
 */
export function prepareRun(reading: Reading, told: Told, reports: readonly Kept[] = []): Prepared {
  const track = told.track ?? told.sidecar?.track ?? reading.track;
  if (track === undefined) {
    throw new Failure(EXIT.usage, "Which track? Name it with --track, such as --track dtls.");
  }
  const ofFiles = told.sidecar?.patterns.ofFiles(
    reading.files.map(({ name }) => cleanDeep(name).value),
  );
  const root = rootOf(reading, { ...told, track }, ofFiles);
  const parties = [reading.parties ?? [], told.sidecar?.parties ?? [], told.parties].reduce(
    overrideParties,
    ofFiles?.parties ?? [],
  );
  const manifest = {
    schema: "1",
    track,
    agent: { name: NAME, version: VERSION, host: hostname() },
    source: { format: reading.format, runner: reading.runner, files: reading.files },
    parties: parties.length > 0 ? parties : undefined,
    environment: reading.environment,
    plan: reading.plan,
    startedAt: reading.startedAt,
  };
  return {
    id: uuidOf("run", root),
    run: parseManifest(manifest),
    warnings: reading.warnings,
    files: distinct([...(told.evidence ?? []), ...(reading.captures ?? []), ...reports]),
    state: reading.aborted === undefined ? "complete" : "aborted",
    judged: () => {
      const meaning = { ...told, root, ofFiles, defaults: reading.parties ?? [] };
      return judgedItems(reading, meaning, parties.length > 0);
    },
  };
}

function parseManifest(manifest: unknown): SpooledRun["run"] {
  const parsed = manifestSchema.safeParse(cleanDeep(manifest).value);
  if (parsed.success) return parsed.data;
  const [fault] = faultsOf(parsed.error);
  throw new FormatError(
    `It makes no run: ${fault?.pointer ?? "/"}: ${fault?.message ?? "invalid"}`,
  );
}

/** All ids grow from this: the files' bytes and whatever changes what they mean. */
const rootOf = (reading: Reading, told: Told, ofFiles: Meant | undefined) =>
  sha256(
    JSON.stringify([
      reading.format,
      reading.files.map((file) => file.sha256),
      told.track,
      told.test ?? null,
      told.parties,
      told.exitCode ?? null,
      told.sidecar?.digest ?? null,
      told.nonce,
      ...(told.evidence ?? []).map(({ sha256 }) => sha256).sort(),
      // The names of files mean nothing unless a pattern says so.
      ...(ofFiles ? [ofFiles] : []),
    ]),
  );

const distinct = (files: readonly Kept[]): Kept[] =>
  [...new Map(files.toReversed().map((file) => [file.sha256, file])).values()].toReversed();

async function* judgedItems(
  reading: Reading,
  meaning: Meaning,
  hasParties: boolean,
): AsyncGenerator<Judged> {
  const make = itemMaker(meaning);
  for await (const draft of reading.items()) {
    const judged = make(draft);
    if (!hasParties && "item" in judged && !judged.item.parties) {
      throw new Failure(
        EXIT.usage,
        "Who took part? Name each party, such as --party as=opensips@3.6.1 --party vs=kamailio.",
      );
    }
    yield judged;
  }
}
