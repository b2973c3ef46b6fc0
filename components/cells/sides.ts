import { isDecisive } from "@/lib/cells/rules";
import type { CellPage, Origin, ResultLine } from "@/lib/cells/schema";

/** Who can speak of a cell, and what they said last; by person and by agent, who never overwrite each other. */
export type Side = {
  /** Null is a neutral harness. */
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
  const participants = [
    ...new Set(parties.filter(({ kind }) => kind === "participant").map(({ name }) => name)),
  ];
  const speakers = new Set(standing.map(({ reporter }) => reporter));
  const others = [...speakers].filter((name) => name === null || !participants.includes(name));
  return [...participants, ...others].map((name) => ({
    name,
    roles: parties.filter((party) => party.name === name).map(({ roleLabel }) => roleLabel),
    isParticipant: name !== null && participants.includes(name),
    words: ORIGINS.flatMap((origin) => latest(standing, name, origin) ?? []),
  }));
}

/** A decisive word before one that decides nothing; results come newest first. */
function latest(standing: readonly ResultLine[], name: string | null, origin: Origin) {
  const own = standing.filter((result) => result.reporter === name && result.origin === origin);
  return own.find(({ outcome }) => isDecisive(outcome)) ?? own[0];
}

export const silentSides = (sides: readonly Side[]) =>
  sides.filter(({ isParticipant, words }) => isParticipant && words.length === 0);

export const hasNeutral = (sides: readonly Side[]) => sides.some(({ name }) => name === null);
