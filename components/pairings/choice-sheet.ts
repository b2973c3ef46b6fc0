import type { LogSheet } from "@/components/results/sheet";
import type { LogChoices } from "@/lib/pairings/schema";
import type { Choice } from "./choice";

type Where = Pick<LogSheet, "eventSlug" | "zone" | "isReview" | "personId">;

/** The form to log the first result of what was chosen, which has no cell yet. */
export function choiceSheet(where: Where, { track }: LogChoices, choice: Choice): LogSheet {
  const { test, seats, variant } = choice;
  const labels = new Map(track.roles.map(({ key, label }) => [key, label]));
  const order = [...labels.keys()];
  const own = seats
    .filter(({ player }) => player.isOwn)
    .toSorted((a, b) => order.indexOf(a.role) - order.indexOf(b.role))
    .map(({ player }) => player);
  const query = new URLSearchParams({
    track: track.slug,
    test: test?.key ?? "",
    ...Object.fromEntries(seats.map(({ role, player }) => [role, player.slug])),
    ...Object.fromEntries(Object.entries(variant).map(([name, value]) => [`v.${name}`, value])),
  });
  return {
    ...where,
    track: { slug: track.slug, restricted: track.restricted },
    test: test?.key ?? "",
    variant,
    parties: seats.map(({ role, player: { slug, name, builds } }) => ({
      role,
      roleLabel: labels.get(role) ?? role,
      entry: slug,
      name,
      builds,
    })),
    own: [...new Map(own.map(({ slug, name }) => [slug, { slug, name }])).values()],
    about: [],
    page: `/events/${where.eventSlug}/log?${query}`,
    hasCell: false,
  };
}
