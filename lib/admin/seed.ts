import { readFileSync } from "node:fs";
import path from "node:path";
import { grant } from "@/lib/auth/permit";
import { loadScope } from "@/lib/auth/scope";
import { db } from "@/lib/db/client";
import { entrySchema } from "@/lib/entries/schema";
import { admitEntry } from "@/lib/entries/write/admit";
import { eventInputSchema } from "@/lib/events/schema";
import { createEvent } from "@/lib/events/write/create";
import { recordIssue } from "@/lib/issues/write/record";
import { projectSchema } from "@/lib/projects/schema";
import { addProject } from "@/lib/projects/write";
import { catalogueTrackSchema } from "@/lib/tracks/schema";
import { addTrack } from "@/lib/tracks/write/add";
import { type EventSeed, eventSeedSchema } from "@/prisma/seed/schema";
import { mayOnSite } from "./gate";
import { readTexts, seedSummary } from "./seed-summary";

/** Where the demonstration's data lies; the launcher runs in the repository's root. */
export const SEED_FOLDER = path.resolve("prisma/seed");
const EVENTS = ["loopback", "opensipit-03"];

const readJson = (...parts: string[]): unknown =>
  JSON.parse(readFileSync(path.join(SEED_FOLDER, ...parts), "utf8"));

/** Loads the demonstration events through the same writes as everybody's; what is there stays. */
export async function seed(): Promise<string> {
  const said: string[] = [];
  for (const slug of EVENTS)
    said.push(await seedEvent(eventSeedSchema.parse(readJson(slug, "event.json"))));
  return said.join("\n");
}

async function seedEvent(data: EventSeed): Promise<string> {
  const { created } = await createEvent(
    mayOnSite("event.create"),
    data.series,
    eventInputSchema.parse({
      ...data.event,
      sponsors: data.sponsors.map((name) => ({ name })),
      statements: data.statements,
    }),
  );
  const texts = readTexts(path.join(SEED_FOLDER, data.event.slug, "summary"));
  if (!created && (await isWhole(data, texts.length > 0))) return `${data.event.label}: there`;
  const scope = await loadScope(data.event.slug, undefined);
  const operator = { kind: "operator" } as const;
  const mayPrepare = grant(operator, "event.prepare", scope);
  for (const [position, { slug, leadNames }] of data.tracks.entries()) {
    const track = catalogueTrackSchema.parse(readJson("catalogue", `${slug}.json`));
    await addTrack(mayPrepare, track, { position, leadNames });
  }
  const projects = new Map<string, string>();
  for (const project of data.projects) {
    projects.set(
      project.slug,
      await addProject(mayOnSite("project.add"), projectSchema.parse(project)),
    );
  }
  for (const { project, ...entry } of data.entries) {
    const projectId = projects.get(project);
    if (!projectId) throw new Error(`${data.event.slug}: no project '${project}'`);
    await admitEntry(grant(operator, "entry.admit", scope), projectId, entrySchema.parse(entry));
  }
  for (const issue of data.issues) await recordIssue(mayPrepare, issue);
  if (texts.length > 0) await seedSummary(data.event.slug, texts);
  return `${data.event.label}: ${created ? "made" : "there"}`;
}

/** Every start asks this; loading what is there again would cost three seconds of it. */
async function isWhole(
  { event, tracks, entries, issues }: EventSeed,
  isPublished: boolean,
): Promise<boolean> {
  const found = await db.interopEvent.findUnique({
    where: { slug: event.slug },
    select: { _count: { select: { tracks: true, entries: true, issues: true, summaries: true } } },
  });
  const { _count: count } = found ?? { _count: { tracks: 0, entries: 0, issues: 0, summaries: 0 } };
  const isTold = count.summaries > 0 || !isPublished;
  const isHere = count.tracks >= tracks.length && count.entries >= entries.length;
  return isHere && isTold && count.issues >= issues.length;
}
