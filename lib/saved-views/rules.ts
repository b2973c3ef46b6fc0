import { Refusal } from "@/lib/core/refusal";

/** Views that a person may have in an event, and a track for everybody. */
export const MOST_VIEWS = 50;

/** Names that differ in case, or in how a letter is encoded, are one name. */
export const nameKeyOf = (name: string): string => name.normalize("NFKC").toLowerCase();

/** What somebody is to the track of a view. */
export type Standing = { personId: string | null; mayShare: boolean };

/** One's own are one's own; those of the event belong to who may make such. */
export const mayChange = (owner: string | null, { personId, mayShare }: Standing): boolean =>
  owner === null ? mayShare : owner === personId;

/** Why one more view is not taken under this name; null when it is. `others` are the keys of those there are. */
export function whyNotNamed(
  name: string,
  { others, isShared }: { others: readonly string[]; isShared: boolean },
): string | null {
  if (!others.includes(nameKeyOf(name))) return null;
  return isShared
    ? `This track has a view named “${name}” for everybody already. Choose another name.`
    : `You have a view named “${name}” in this track already. Choose another name.`;
}

/** The same by how many there are. */
export function whyNotOneMore(count: number, isShared: boolean): string | null {
  if (count < MOST_VIEWS) return null;
  return isShared
    ? `A track has at most ${MOST_VIEWS} views for everybody. Delete one that nobody needs first.`
    : `You have ${MOST_VIEWS} saved views in this event, and no more are kept. Delete one first.`;
}

/** A refusal told at the field of the name. */
export const nameRefusal = (message: string) =>
  new Refusal("conflict", message, [{ pointer: "/view/name", code: "taken", message }]);

type Words = { name: string; query: string };

/** All that a view says: an address spells a quotation mark `%22`, and a name after it would be overlooked. */
export const wordsOf = ({ name, query }: Words): string =>
  [name, ...new URLSearchParams(query).values()].join("\n");

/**
 * Whether a view of everybody's goes along into the next edition: entries and moments stay behind, and so do
 * views of them.
 */
export const goesAlong = (view: Words, isNamed: (text: string) => boolean): boolean =>
  !new URLSearchParams(view.query).has("asOf") && !isNamed(wordsOf(view));
