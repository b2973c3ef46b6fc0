import { type Fault, Refusal } from "@/lib/core/refusal";
import type { EntryRequest, EntryState, Plays } from "./schema";

/** What somebody is to one entry. */
export type Standing = { state: EntryState; isMember: boolean; isOrganizer: boolean };

/** An entry that is not admitted is its members' and the organizers' business. */
export const maySeeEntry = ({ state, isMember, isOrganizer }: Standing): boolean =>
  state === "admitted" || isMember || isOrganizer;

/** An entry is changed by its members, and by the organizers on their behalf. */
export const mayChangeEntry = ({ state, isMember, isOrganizer }: Standing): boolean =>
  (isMember || isOrganizer) && isAlive(state);

/** Consent is the members' to give: nobody agrees on behalf of another project. */
export const mayConsent = ({ state, isMember }: Standing): boolean => isMember && isAlive(state);

const isAlive = (state: EntryState) => state === "requested" || state === "admitted";

/** Why somebody may not change an entry; null when they may. */
export function refusalToChange(standing: Standing): Refusal | null {
  if (mayChangeEntry(standing)) return null;
  if (!maySeeEntry(standing)) return new Refusal("not_found", "There is no such entry.");
  if (!isAlive(standing.state)) return new Refusal("conflict", ENDED);
  return new Refusal(
    "forbidden",
    "This entry is not yours: its members and the event's organizers change it. A member can invite you by a link.",
  );
}

const ENDED = "This entry is not in the event any more. Enter the project again to change it.";

/** Every role that is asked for must be one of its track's. `tracks`: slug -> role keys. */
export function checkPlays(plays: Plays, tracks: ReadonlyMap<string, readonly string[]>): Fault[] {
  return Object.entries(plays).flatMap(([slug, roles]) => {
    const known = tracks.get(slug);
    const pointer = `/tracks/${slug}`;
    if (!known) {
      return [{ pointer, code: "no_track", message: `This event has no track '${slug}'.` }];
    }
    const strange = roles.filter((role) => !known.includes(role));
    return strange.map((role) => ({
      pointer,
      code: "no_role",
      message: `The track '${slug}' has no role '${role}'; it has ${known.join(", ")}.`,
    }));
  });
}

/** An entry that has the wanted slug or is of the wanted project. */
export type Rival = { slug: string; project: string; state: EntryState; isMember: boolean };

/**
 * What stands against entering a project under this slug, when `rivals` are here. A project may be
 * in several times, each with its own slug, and must say how the next one differs.
 */
export function checkRequest(
  { slug, note, project }: Required<Pick<EntryRequest, "slug" | "note" | "project">>,
  rivals: readonly Rival[],
): Fault[] {
  const holder = rivals.find((rival) => rival.slug === slug);
  if (holder && (isAlive(holder.state) || holder.project !== project)) {
    return [{ pointer: "/entry/slug", code: "slug_taken", message: whyTaken(holder, project) }];
  }
  const others = rivals.filter((rival) => rival.project === project && isSeen(rival));
  if (others.length === 0 || note.trim() !== "") return [];
  const names = others.map((rival) => `'${rival.slug}'`).join(", ");
  return [
    {
      pointer: "/entry/note",
      code: "say_why",
      message: `This project is in already, as ${names}. Say how this entry differs, for example in its configuration.`,
    },
  ];
}

const isSeen = ({ state, isMember }: Rival) =>
  state === "admitted" || (state === "requested" && isMember);

function whyTaken({ slug, project, state, isMember }: Rival, wanted: string): string {
  if (project !== wanted) {
    return `The short name '${slug}' is in use at this event. Choose another one.`;
  }
  if (isMember) {
    return state === "admitted"
      ? `You are in already, as '${slug}'. To enter the project once more, for example in another configuration, give that entry a short name of its own.`
      : `You have asked for '${slug}' already; an organizer is to decide. To enter the project once more, give that entry a short name of its own.`;
  }
  if (state === "requested") {
    return `Somebody has asked to enter this project as '${slug}' already; an organizer is to decide. If that is not your team, choose another short name and say how your entry differs.`;
  }
  return `This project is in already, as '${slug}'. To take part in that entry, ask one of its members for an invitation link; to enter the project once more, for example in another configuration, give that entry a short name of its own.`;
}

/** How an entry is called on the axes: two entries of a project are told apart by their slugs. */
export const nameOfEntry = (
  project: { slug: string; name: string },
  { slug, name }: { slug: string; name: string | undefined },
): string =>
  name ?? (slug === project.slug ? project.name : `${project.name} (${slug})`.slice(0, 80));
