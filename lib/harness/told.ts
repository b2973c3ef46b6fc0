import { randomUUID } from "node:crypto";
import { safeName, slugSchema } from "@/lib/core/text";
import type { Flags } from "./commands";
import { givenEvidence, type Kept } from "./evidence/kept";
import { EXIT, Failure } from "./failure";
import type { Party } from "./formats/draft";
import { type Asked, FORMATS, type Format } from "./formats/formats";
import { loadSidecar, type Sidecar } from "./names";
import { parseParty } from "./parties";

/** What the command line says of the results in a file. */
export type Told = {
  readonly track: string | undefined;
  readonly test: string | undefined;
  readonly parties: readonly Party[];
  readonly sidecar: Sidecar | undefined;
  /** Files that belong to every result. */
  readonly evidence?: readonly Kept[];
  /** What SIPp ended with. */
  readonly exitCode: number | undefined;
  /** Random with --again, so that all ids are new. */
  readonly nonce: string;
};

export async function toldBy(flags: Flags): Promise<Told> {
  return {
    track: trackOf(flags),
    test: parseTest(flags.test),
    // Sorted: the order of the flags means nothing, and must not change the ids.
    parties: (flags.party ?? [])
      .map(parseParty)
      .map((party) => ({ party, key: JSON.stringify(party) }))
      .sort((a, b) => (a.key < b.key ? -1 : 1))
      .map(({ party }) => party),
    sidecar: flags.names === undefined ? undefined : await loadSidecar(flags.names),
    evidence: await givenEvidence(flags.evidence ?? []),
    exitCode: exitCodeTold(flags),
    nonce: flags.again ? randomUUID() : "",
  };
}

export function trackOf({ track }: Flags): string | undefined {
  if (track === undefined || slugSchema.safeParse(track).success) return track;
  throw new Failure(EXIT.usage, `--track '${track}' is not a track's name, such as stir-shaken.`);
}

function parseTest(test: string | undefined): string | undefined {
  if (test === undefined || safeName(255).safeParse(test).success) return test;
  throw new Failure(EXIT.usage, "--test is a test's key or name, of at most 255 characters.");
}

export function formatTold({ format }: Flags): Format | "auto" {
  if (format === undefined || format === "auto") return "auto";
  const known = FORMATS.find((name) => name === format);
  if (known) return known;
  throw new Failure(
    EXIT.usage,
    `--format '${format}' is not known. There are ${FORMATS.join(", ")}, and auto.`,
  );
}

function exitCodeTold(flags: Flags): number | undefined {
  const text = flags["exit-code"];
  if (text === undefined) return undefined;
  if (/^\d{1,3}$/.test(text) && Number(text) <= 255) return Number(text);
  throw new Failure(EXIT.usage, `--exit-code '${text}' is not a number from 0 to 255.`);
}

/** What readers of formats need to know of it. */
export const askedBy = ({ exitCode, sidecar }: Told): Asked => ({
  exitCode,
  roleOf: (task) => sidecar?.roleOf(task),
});
