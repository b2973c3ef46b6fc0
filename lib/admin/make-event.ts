import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { Refusal } from "@/lib/core/refusal";
import { eventInputSchema, seriesSchema } from "@/lib/events/schema";
import { createEvent } from "@/lib/events/write/create";
import { catalogueTrackSchema } from "@/lib/tracks/schema";
import { addTrack } from "@/lib/tracks/write/add";
import { mayInEvent, mayOnSite } from "./gate";
import { SEED_FOLDER } from "./seed";
import { type Flags, needed } from "./usage";

/**
 * Makes the first event of a series, with the tracks of the catalogue. Organizers make the further
 * ones from it themselves.
 */
export async function makeEvent({ event, series, name }: Flags): Promise<string> {
  const slug = needed(event, "event");
  const of = needed(series, "series");
  const input = eventInputSchema.parse({ slug, label: needed(name, "name") });
  const { created } = await createEvent(
    mayOnSite("event.create"),
    seriesSchema.parse({ slug: of, name: of }),
    input,
  );
  if (!created) throw new Refusal("conflict", `There is an event '${slug}' already.`);
  const permit = await mayInEvent("event.prepare", slug);
  const folder = path.join(SEED_FOLDER, "catalogue");
  const files = readdirSync(folder).filter((file) => file.endsWith(".json"));
  for (const [position, file] of files.sort().entries()) {
    const text = readFileSync(path.join(folder, file), "utf8");
    await addTrack(permit, catalogueTrackSchema.parse(JSON.parse(text)), { position });
  }
  return `made ${slug}, a draft with ${files.length} tracks; next: sign-in-link --email ADDRESS --organizer-of ${slug}`;
}
