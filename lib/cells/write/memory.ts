import type { Origin, Utterance, Voice, Voices } from "../schema";

/** An utterance as it is kept: what its voice's key says of it is not said again. */
type KeptUtterance = [
  startedAt: number,
  attempt: number,
  id: string,
  seq: string,
  outcome: Utterance["outcome"],
  testVersion: number,
  exchange: string | null,
  answers: string | null,
  denial: boolean,
];
type KeptVoice = { decisive: KeptUtterance[]; idle: KeptUtterance | null };

/** What `cell_fold.voices` holds: a third of the bytes that the utterances have in full. */
export type KeptVoices = { voices: Record<string, KeptVoice>; pruned: boolean };

export function packVoices({ voices, pruned }: Voices): KeptVoices {
  const kept: Record<string, KeptVoice> = {};
  for (const [key, { decisive, idle }] of Object.entries(voices)) {
    kept[key] = { decisive: decisive.map(pack), idle: idle && pack(idle) };
  }
  return { voices: kept, pruned };
}

export function unpackVoices({ voices, pruned }: KeptVoices): Voices {
  const heard: Record<string, Voice> = {};
  for (const [key, { decisive, idle }] of Object.entries(voices)) {
    const [speaker = "", origin, builds = ""] = key.split("|");
    const said = { speaker, origin: origin as Origin, builds };
    const unpackOne = (kept: KeptUtterance) => unpack(said, kept);
    heard[key] = { decisive: decisive.map(unpackOne), idle: idle && unpackOne(idle) };
  }
  return { voices: heard, pruned };
}

const pack = (one: Utterance): KeptUtterance => [
  one.startedAt,
  one.attempt,
  one.id,
  one.seq,
  one.outcome,
  one.testVersion,
  one.exchange,
  one.answers,
  one.denial,
];

const unpack = (
  { speaker, origin, builds }: Pick<Utterance, "speaker" | "origin" | "builds">,
  [startedAt, attempt, id, seq, outcome, testVersion, exchange, answers, denial]: KeptUtterance,
): Utterance => ({
  speaker,
  origin,
  builds,
  outcome,
  startedAt,
  attempt,
  id,
  seq,
  testVersion,
  exchange,
  answers,
  denial,
});
