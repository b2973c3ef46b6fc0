import { isDecisive } from "@/lib/cells/rules";
import type { CellPage, Origin, ResultLine } from "@/lib/cells/schema";

/** Who can speak of a cell, and what they said last; by person and by agent, who never overwrite each other. */
export type Side = {
  /** The entry's; null for a neutral harness. */
  slug: string | null;
  name: string | null;
  roles: string[];
  isParticipant: boolean;
  words: ResultLine[];
};

const ORIGINS: readonly Origin[] = ["person", "agent"];

/** What still stands: neither retracted nor corrected. */
export const isStanding = ({ isVoid, isSuperseded }: ResultLine) => !isVoid && !isSuperseded;

/** The participants in the order of their roles, then whoever else has spoken. */
export function sidesOf({ parties, results }: CellPage): Side[] {
  const standing = results.filter(isStanding);
  const names = new Map(standing.map(({ entry, reporter }) => [entry, reporter]));
  for (const { entry, name } of parties) names.set(entry, name);
  const participants = new Set<string | null>(
    parties.filter(({ kind }) => kind === "participant").map(({ entry }) => entry),
  );
  const speakers = new Set([...participants, ...standing.map(({ entry }) => entry)]);
  return [...speakers].map((slug) => ({
    slug,
    name: names.get(slug) ?? null,
    roles: parties.filter(({ entry }) => entry === slug).map(({ roleLabel }) => roleLabel),
    isParticipant: participants.has(slug),
    words: ORIGINS.flatMap((origin) => latest(standing, slug, origin) ?? []),
  }));
}

/** What counts before what decides nothing; results come newest first. */
function latest(standing: readonly ResultLine[], slug: string | null, origin: Origin) {
  const own = standing.filter((result) => result.entry === slug && result.origin === origin);
  return own.find(({ outcome, isDenial }) => isDenial || isDecisive(outcome)) ?? own[0];
}

export const silentSides = (sides: readonly Side[]) =>
  sides.filter(({ isParticipant, words }) => isParticipant && words.length === 0);

export const hasNeutral = (sides: readonly Side[]) => sides.some(({ slug }) => slug === null);
