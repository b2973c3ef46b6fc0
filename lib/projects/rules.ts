import { distance } from "fastest-levenshtein";
import type { ProjectNames } from "./schema";

/** What spellings of a name have in common: Free-Switch, freeswitch and FreeSWITCH are one. */
export const foldName = (name: string): string =>
  name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "");

const namesOf = ({ slug, name, aliases }: ProjectNames) =>
  [slug, name, ...aliases].map(foldName).filter((text) => text !== "");

/** The project that has this name or alias, however it is spelt. */
export function findSame<T extends ProjectNames>(
  name: string,
  projects: readonly T[],
): T | undefined {
  const folded = foldName(name);
  return projects.find((project) => namesOf(project).includes(folded));
}

const NEAREST = 5;

/** The projects that may be meant by a name, the likeliest first; at most five. */
export function findNear<T extends ProjectNames>(name: string, projects: readonly T[]): T[] {
  const folded = foldName(name);
  return projects
    .map((project) => ({ project, far: farFrom(folded, project) }))
    .filter(({ far }) => far < FAR)
    .sort((a, b) => a.far - b.far || (a.project.name < b.project.name ? -1 : 1))
    .slice(0, NEAREST)
    .map(({ project }) => project);
}

const FAR = 100;
/** A name within another says something from this length on: "kamailio" in "Kamailio SIP Server". */
const TELLING = 5;

function farFrom(folded: string, project: ProjectNames): number {
  return Math.min(...namesOf(project).map((name) => farApart(folded, name)), FAR);
}

function farApart(one: string, other: string): number {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  if (short.length >= TELLING && long.includes(short)) return 0;
  const far = distance(one, other);
  return far <= Math.floor(long.length / 4) ? far : FAR;
}

const LONGEST = 60;

/** The name as it is in addresses: `OpenSIPS Control Panel` is `opensips-control-panel`. */
export const slugOf = (name: string): string =>
  name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, LONGEST)
    .replace(/^-+|-+$/g, "") || "project";

/** The first of slug, slug-2, slug-3 … that is not taken. */
export function freeSlug(slug: string, taken: ReadonlySet<string>): string {
  if (!taken.has(slug)) return slug;
  for (let count = 2; ; count += 1) {
    const end = `-${count}`;
    const next = slug.slice(0, LONGEST - end.length).replace(/-+$/, "") + end;
    if (!taken.has(next)) return next;
  }
}
