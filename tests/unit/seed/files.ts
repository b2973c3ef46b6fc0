import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { catalogueTrackSchema } from "@/lib/tracks/schema";
import { eventSeedSchema, provenanceSchema } from "@/prisma/seed/schema";

const seed = join(import.meta.dirname, "../../../prisma/seed");
const read = (...path: string[]): unknown => JSON.parse(readFileSync(join(seed, ...path), "utf8"));
const jsonIn = (...path: string[]) =>
  readdirSync(join(seed, ...path)).filter((name) => name.endsWith(".json"));

export const tracks = jsonIn("catalogue").map((name) =>
  catalogueTrackSchema.parse(read("catalogue", name)),
);

export const events = readdirSync(seed)
  .filter((name) => existsSync(join(seed, name, "event.json")))
  .map((name) => eventSeedSchema.parse(read(name, "event.json")));

/** The demonstration's fixtures by track, each with the provenance that lies beside them. */
export const fixtures = readdirSync(join(seed, "loopback/runs")).map((track) => ({
  track,
  provenance: provenanceSchema.parse(read("loopback/runs", track, "provenance.json")),
  runs: jsonIn("loopback/runs", track)
    .filter((name) => name !== "provenance.json")
    .map((name) => ({ name: `${track}/${name}`, run: read("loopback/runs", track, name) })),
}));
