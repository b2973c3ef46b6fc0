/** Of an entry, what decides whether it is named in what everybody may read. */
export type Consenting = {
  id: string;
  /** Its slug. */
  entry: string;
  name: string;
  kind: "participant" | "helper" | "tool";
  project: { slug: string; name: string; aliases: readonly string[] };
  consent: { named: boolean; passing: boolean; failing: boolean };
};

/** How somebody is spoken of who has not agreed to be named. */
export const UNNAMED = "a participant";

/**
 * The entries that are not named: participants without consent; and the helpers and tools of a
 * project that is in as such participants only, since their names would tell.
 */
export function unnamedOf<E extends Consenting>(entries: readonly E[]): E[] {
  const isOpen = ({ kind, consent }: E) => kind === "participant" && consent.named;
  const told = new Set(entries.filter(isOpen).map(({ project }) => project.slug));
  const untold = new Set(
    entries
      .filter(({ kind, project }) => kind === "participant" && !told.has(project.slug))
      .map(({ project }) => project.slug),
  );
  return entries.filter(({ kind, consent, project }) =>
    kind === "participant" ? !consent.named : untold.has(project.slug),
  );
}

const wordsOf = ({ entry, name, project }: Consenting) =>
  [entry, name, project.slug, project.name, ...project.aliases].map((word) => word.trim());

export type Concealing = {
  /** The text with every name of somebody unnamed replaced. */
  hide(text: string): string;
  /** The names of unnamed entries that the text tells, as it tells them. */
  named(text: string): string[];
};

/** For what people have written: it may name somebody who has not agreed to it. */
export function concealing(entries: readonly Consenting[]): Concealing {
  const unnamed = new Set(unnamedOf(entries).map(({ id }) => id));
  const shown = new Set(
    entries
      .filter(({ id }) => !unnamed.has(id))
      .flatMap(wordsOf)
      .map((word) => word.toLowerCase()),
  );
  // Longest first, with the names that may stay among them: `Kam` is not found in `Kam Gateway`.
  const words = [...new Set(entries.flatMap(wordsOf))]
    .filter((word) => word.length > 1)
    .sort((a, b) => b.length - a.length);
  if (unnamed.size === 0 || words.length === 0) return { hide: (text) => text, named: () => [] };
  const pattern = new RegExp(
    `(?<![\\p{L}\\p{N}])(?:${words.map(asPattern).join("|")})(?![\\p{L}\\p{N}])`,
    "giu",
  );
  const isShown = (word: string) => shown.has(word.replace(/\s+/g, " ").toLowerCase());
  return {
    hide: (text) => text.replace(pattern, (word) => (isShown(word) ? word : UNNAMED)),
    named: (text) => [...new Set((text.match(pattern) ?? []).filter((word) => !isShown(word)))],
  };
}

const asPattern = (word: string) =>
  word.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&").replace(/\s+/g, "\\s+");
