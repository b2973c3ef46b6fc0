import { concealing, unnamedOf } from "@/lib/consents/rules";
import type { SummaryEntry, SummarySource, SummaryTrack } from "@/lib/summaries/rules";
import type { BlockState, Check } from "@/lib/summaries/schema";

// What an organizer looks at before publishing. None of it forbids to publish: each says what the
// account will say, or leave out.

/** A text of the desk, ready or not. */
type Text = { title: string; body: string; state: BlockState; page: string };

type Question = {
  source: SummarySource;
  texts: readonly Text[];
  /** track slug -> raw test names that count nowhere */
  unmapped: ReadonlyMap<string, number>;
};

const many = (count: number, one: string, more: string) => `${count} ${count === 1 ? one : more}`;

export function checksOf({ source, texts, unmapped }: Question): Check[] {
  const open = source.tracks.filter(({ restricted }) => !restricted);
  return [
    ...textChecks(source, texts),
    ...open.flatMap((track) => stateChecks(source, track)),
    ...open.flatMap((track) => unmappedChecks(source, track, unmapped.get(track.slug) ?? 0)),
    ...consentChecks(source),
    ...open.flatMap((track) => smallNumbers(source, track)),
    ...source.tracks
      .filter(({ restricted }) => restricted)
      .map(({ slug, title }) => ({
        kind: "restricted" as const,
        says: `${title} is restricted: the summary says that it took place, who led it and what its text says, and tells no number, name or issue of it.`,
        page: `/events/${source.event.slug}/tracks/${slug}`,
      })),
    ...issueChecks(source),
  ];
}

function textChecks({ entries }: SummarySource, texts: readonly Text[]): Check[] {
  const { named } = concealing(entries);
  return texts.flatMap(({ title, body, state, page }): Check[] => {
    if (state !== "ready") {
      const why = body === "" ? "is not written" : "is not marked as ready";
      return [{ kind: "text", says: `“${title}” ${why}, and stays out.`, page }];
    }
    const names = named(`${title}\n${body}`);
    if (names.length === 0) return [];
    return [
      {
        kind: "consent",
        says: `“${title}” names ${names.join(", ")} without consent; the summary says “a participant” there.`,
        page,
      },
    ];
  });
}

function stateChecks({ event }: SummarySource, { slug, title, cells }: SummaryTrack): Check[] {
  const matrix = `/events/${event.slug}/tracks/${slug}`;
  const count = (state: string) => cells.filter((cell) => cell.state === state).length;
  const [reported, disputed] = [count("reported"), count("disputed")];
  return [
    ...(reported > 0
      ? [
          {
            kind: "unconfirmed" as const,
            says: `${title}: ${many(reported, "cell rests", "cells rest")} on one side's word and ${reported === 1 ? "counts" : "count"} as tried, not as confirmed.`,
            page: `${matrix}?state=reported`,
          },
        ]
      : []),
    ...(disputed > 0
      ? [
          {
            kind: "disputed" as const,
            says: `${title}: ${many(disputed, "cell is", "cells are")} disputed and not settled.`,
            page: `${matrix}?state=disputed`,
          },
        ]
      : []),
  ];
}

const unmappedChecks = (
  { event }: SummarySource,
  { slug, title }: SummaryTrack,
  count: number,
): Check[] =>
  count === 0
    ? []
    : [
        {
          kind: "unmapped",
          says: `${title}: results under ${many(count, "test name", "test names")} that the track does not know count nowhere.`,
          page: `/events/${event.slug}/tracks/${slug}`,
        },
      ];

function consentChecks({ event, entries }: SummarySource): Check[] {
  const unnamed = new Set(unnamedOf(entries).map(({ id }) => id));
  return entries.flatMap((entry): Check[] => {
    const says = unnamed.has(entry.id) ? whyUnnamed(entry) : whatIsWithheld(entry);
    const page = `/events/${event.slug}/entries/${entry.entry}`;
    return says === null ? [] : [{ kind: "consent", says, page }];
  });
}

function whyUnnamed({ name, kind }: SummaryEntry): string {
  const isOwn = kind === "participant";
  const why = isOwn ? "has not agreed to be named" : "belongs to a project that is not named";
  return `${name} ${why}: it is counted, and all its cells are withheld.`;
}

function whatIsWithheld({ name, kind, consent }: SummaryEntry): string | null {
  if (kind !== "participant") return null;
  const withheld = [
    ...(consent.passing ? [] : ["passing"]),
    ...(consent.failing ? [] : ["failing"]),
  ];
  if (withheld.length === 0) return null;
  return `${name} is named; its ${withheld.join(" and ")} cells are withheld.`;
}

/** A number of one names a project to whoever was there. */
function smallNumbers({ event, entries }: SummarySource, track: SummaryTrack): Check[] {
  const here = entries.filter(
    ({ kind, tracks }) => kind === "participant" && Object.hasOwn(tracks, track.slug),
  );
  const small = (says: string): Check => ({
    kind: "small",
    says,
    page: `/events/${event.slug}/tracks/${track.slug}`,
  });
  const unnamed = new Set(unnamedOf(entries).map(({ id }) => id));
  const [first, second] = here;
  if (first && !second) {
    return [
      small(
        `Only one project took part in ${track.title}: whatever is said of the track is said of ${first.name}.`,
      ),
    ];
  }
  const hidden = here.filter(({ id }) => unnamed.has(id));
  return [
    ...track.roles.flatMap(({ key, label }) => {
      const players = here.filter(({ tracks }) => tracks[track.slug]?.includes(key));
      const [only] = players;
      if (!only || players.length > 1) return [];
      return [
        small(
          `${track.title}: only one implementation of ${label}, so that numbers of it are those of ${only.name}.`,
        ),
      ];
    }),
    ...(hidden.length === 1 && here.length > 1
      ? [
          small(
            `${track.title}: just one of ${here.length} participants is not named; who knows the list knows which.`,
          ),
        ]
      : []),
  ];
}

function issueChecks({ event, issues }: SummarySource): Check[] {
  const open = issues.filter(({ state }) => state === "open").length;
  if (open === 0) return [];
  return [
    {
      kind: "issue",
      says: `${many(open, "issue is", "issues are")} still open, and told as such.`,
      page: `/events/${event.slug}/issues?state=open`,
    },
  ];
}
