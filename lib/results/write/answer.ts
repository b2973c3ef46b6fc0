import { randomUUID } from "node:crypto";
import type pg from "pg";
import type { Permit } from "@/lib/auth/permit";
import { visibleEntries } from "@/lib/auth/visibility";
import { groupBy } from "@/lib/core/group";
import { Refusal } from "@/lib/core/refusal";
import type { AgreementInput, DenialInput, OtherWord } from "@/lib/words/schema";
import { ownEntryIds } from "../read/awaiting";
import { type Directory, type DirectoryEntry, speakerOf } from "../rules";
import type { ItemInput, Logged } from "../schema";
import { keepResults } from "./keep";
import { withNames } from "./names";
import type { Accepted } from "./resolve";
import { closeSitting, holdPhase, openSitting, personOf } from "./sitting";
import { findDigests } from "./store";
import { further, listOwnWords, listStored, partiesOf, type Stored } from "./stored";
import { type Said, tellOthers } from "./tell";

type Answering = Permit<"result.answer">;

/** What is said to one result; what is left out is as the other side told it. */
type Answer = { id: string; seq: string } & Partial<ItemInput>;
type Answers = { as: string | undefined; denies: boolean; list: readonly Answer[] };
type Stance = { seqs: string[]; cellId: string; speakerId: string };

/**
 * Agrees to results of other sides: for each, an own result that says the same of the same exchange.
 * What the entry has agreed to already is left as it is. Returns the seqs of what is new.
 */
export async function agreeTo(
  permit: Answering,
  { seqs, as }: AgreementInput,
): Promise<{ seqs: string[] }> {
  const list = [...new Set(seqs)].map((seq) => ({ id: randomUUID(), seq }));
  const stances = await answer(permit, { as, denies: false, list });
  return { seqs: stances.flatMap((stance) => stance.seqs) };
}

/** "We saw something else": an own outcome for the exchange that another side has told of. */
export function saySomethingElse(permit: Answering, said: OtherWord): Promise<Logged> {
  const { id, seq, outcome, unsupportedBy, note, as } = said;
  const list = [{ id, seq, outcome, unsupportedBy, ...messageOf(note) }];
  return contradict(permit, { as, denies: false, list }, "disputed");
}

/** "Not us": denies that the entry took part in the exchange; the cell is disputed then. */
export function denyPart(permit: Answering, said: DenialInput): Promise<Logged> {
  const { id, seq, note, as } = said;
  // The outcome decides nothing: it is the denial that counts.
  const list = [
    { id, seq, outcome: "inconclusive" as const, unsupportedBy: [], ...messageOf(note) },
  ];
  return contradict(permit, { as, denies: true, list }, "denied");
}

const messageOf = (note: string) => (note.trim() === "" ? {} : { message: note.trim() });

async function contradict(
  permit: Answering,
  answers: Answers,
  kind: Said["kind"],
): Promise<Logged> {
  const [stance] = await answer(permit, answers);
  const { seqs = [], cellId = "", speakerId = "" } = stance ?? {};
  void tellOthers(permit, { seqs, speakerId, kind });
  const [said] = answers.list;
  return { id: said?.id ?? "", seq: seqs[0] ?? "", cellId, isNew: seqs.length > 0 };
}

/** All in one transaction, which has the event alone: an answer may correct an earlier one. */
function answer(permit: Answering, answers: Answers): Promise<Stance[]> {
  return withNames(permit.scope.eventId, async (tx, directory) => {
    await holdPhase(tx, directory, { permit, alone: true });
    const stored = await listStored(
      tx,
      permit.scope.eventId,
      answers.list.map(({ seq }) => seq),
    );
    if (stored.length < answers.list.length) throw nowhere();
    const whose = stored.map((one) => ({
      one,
      speaker: answererOf(directory, permit, { one, as: answers.as }),
    }));
    const groups = groupBy(whose, ({ one, speaker }) => `${one.trackId} ${speaker.id}`);
    const stances: Stance[] = [];
    for (const group of groups.values()) {
      const [first] = group;
      if (!first) continue;
      const { speaker } = first;
      const told = group.map(({ one }) => one);
      stances.push(await answerAs(tx, { directory, permit, speaker, told }, answers));
    }
    return stances;
  });
}

const nowhere = () => new Refusal("not_found", "There is no such result.");

/** Whose answer it is; refuses what is not the reader's to answer, and what is past answering. */
function answererOf(
  directory: Directory,
  permit: Answering,
  { one, as }: { one: Stored; as: string | undefined },
): DirectoryEntry {
  const own = ownEntryIds(permit);
  const only = visibleEntries(permit, { id: one.trackId, restricted: one.restricted });
  if (only !== null && !one.parties.some(({ entry }) => only.includes(entry))) throw nowhere();
  const track = directory.tracks.get(one.track);
  if (!track) throw nowhere();
  const others = partiesOf(directory, one).filter(({ of }) => of.id !== one.entryId);
  if (!others.some(({ of }) => own.includes(of.id))) {
    const isOwnWord = one.entryId !== null && own.includes(one.entryId);
    throw new Refusal("forbidden", isOwnWord ? OWN_WORD : NOT_NAMED);
  }
  if (one.personId === personOf(permit)) throw new Refusal("forbidden", SAID_BY_YOU);
  if (!one.stands) throw new Refusal("conflict", TAKEN_BACK);
  if (one.isDenial) throw new Refusal("conflict", DENIED);
  if (one.cellId === null) throw new Refusal("conflict", UNMAPPED);
  const speaker = speakerOf(track, others, { own, as });
  if ("code" in speaker) throw new Refusal("forbidden", speaker.message);
  return speaker;
}

const OWN_WORD = "This is your own entry's word: the other side answers it.";
const NOT_NAMED = "This result names none of your entries: its parties answer it.";
const SAID_BY_YOU =
  "You said this yourself for the other side: somebody else of your entry answers it.";
const TAKEN_BACK = "It was taken back or corrected meanwhile. Look at the cell again.";
const DENIED = "This denies a result and is none: answer the result that it denies.";
const UNMAPPED = "The track does not know its test's name yet: a lead maps it first.";

type Group = {
  directory: Directory;
  permit: Answering;
  speaker: DirectoryEntry;
  told: readonly Stored[];
};

async function answerAs(
  tx: pg.PoolClient,
  { directory, permit, speaker, told }: Group,
  { denies, list }: Answers,
): Promise<Stance> {
  const [{ trackId, track, cellId } = { trackId: "", track: "", cellId: null }] = told;
  const voice = {
    directory,
    speaker,
    track: { id: trackId, slug: track },
    personId: personOf(permit),
  };
  const own = await listOwnWords(
    tx,
    speaker.id,
    told.flatMap((one) => one.cellId ?? []),
  );
  const here = await findDigests(
    tx,
    speaker.id,
    list.map(({ id }) => id),
  );
  const rows: Accepted[] = [];
  const answers: Record<string, string> = {};
  for (const one of told) {
    const said = list.find(({ seq }) => seq === one.seq);
    if (!said || here.has(said.id)) continue;
    const row = answerTo(directory, { one, own, said, denies });
    if (!row) continue;
    rows.push({ ...row, at: rows.length });
    answers[said.id] = one.seq;
  }
  const teller = { ...(await openSitting(tx, voice, Date.now())), answers, denies };
  const kept = await keepResults(tx, { directory, track, teller }, rows);
  const seqs = [...kept.seqs.values()];
  await closeSitting(tx, teller, { action: permit.action, seqs });
  return { seqs, cellId: cellId ?? "", speakerId: speaker.id };
}

type Reply = { one: Stored; own: readonly Stored[]; said: Answer; denies: boolean };

/**
 * The row that answers one result; null when the entry says that already. It tells of the same
 * exchange, at the same moment, or right after what the entry said last in the cell: an answer is the
 * entry's latest word. It takes the place of an earlier answer to the same result.
 */
function answerTo(directory: Directory, { one, own, said, denies }: Reply): Accepted | null {
  const before = own.find(({ answers }) => answers === one.seq);
  const { seq: _, ...over } = said;
  const isSame = before !== undefined && before.isDenial === denies;
  if (isSame && over.outcome === undefined && before.outcome === one.outcome) return null;
  const words = own.filter(({ cellId, id }) => cellId === one.cellId && id !== before?.id);
  const latest = Math.max(one.startedAt, ...words.map(({ startedAt }) => startedAt + 1));
  return further(directory, one, {
    ...over,
    startedAt: new Date(latest).toISOString(),
    ...(before === undefined ? {} : { supersedes: before.id }),
  });
}
