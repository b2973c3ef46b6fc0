import type { Permit } from "@/lib/auth/permit";
import { Refusal } from "@/lib/core/refusal";
import { auditOf } from "@/lib/db/audit";
import { db } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import type { EntryInput } from "./schema";

/**
 * Enters a project into the event, with its tracks, roles and builds. An entry that is there keeps
 * what it says of itself; tracks and builds that it lacks are added.
 */
export async function admitEntry(
  permit: Permit<"entry.admit">,
  projectId: string,
  entry: EntryInput,
): Promise<string> {
  const { eventId } = permit.scope;
  return db.$transaction(async (tx) => {
    const entryId = await keepEntry(tx, { eventId, projectId }, entry);
    await tx.entryTrack.createMany({
      data: await playsOf(tx, { eventId, entryId }, entry),
      skipDuplicates: true,
    });
    await tx.build.createMany({
      data: entry.builds.map(({ commit, ...build }) => ({
        ...build,
        entryId,
        commit: commit ?? null,
        verified: true,
      })),
      skipDuplicates: true,
    });
    await setFirstBuild(tx, entryId, entry.currentBuild);
    await tx.interopEvent.update({
      where: { id: eventId },
      data: { catalogueVersion: { increment: 1 } },
    });
    await tx.audit.create({
      data: auditOf(permit, { subject: entryId, detail: { slug: entry.slug } }),
    });
    return entryId;
  });
}

async function keepEntry(
  tx: Prisma.TransactionClient,
  { eventId, projectId }: { eventId: string; projectId: string },
  { slug, name, kind, note }: EntryInput,
): Promise<string> {
  const known = await tx.entry.findUnique({
    where: { eventId_slug: { eventId, slug } },
    select: { id: true },
  });
  if (known) return known.id;
  const last = await tx.entry.aggregate({ where: { eventId }, _max: { number: true } });
  const number = (last._max.number ?? 0) + 1;
  const { id } = await tx.entry.create({
    data: { eventId, projectId, slug, name, kind, note, number },
    select: { id: true },
  });
  return id;
}

async function playsOf(
  tx: Prisma.TransactionClient,
  { eventId, entryId }: { eventId: string; entryId: string },
  { tracks }: EntryInput,
) {
  const known = await tx.track.findMany({
    where: { eventId, slug: { in: Object.keys(tracks) } },
    select: { id: true, slug: true },
  });
  const ids = new Map(known.map(({ id, slug }) => [slug, id]));
  return Object.entries(tracks).map(([slug, roles]) => {
    const trackId = ids.get(slug);
    if (!trackId) throw new Refusal("invalid", `No track '${slug}' in this event.`);
    return { entryId, trackId, roles };
  });
}

async function setFirstBuild(
  tx: Prisma.TransactionClient,
  entryId: string,
  label: string | undefined,
) {
  if (label === undefined) return;
  const build = await tx.build.findUnique({
    where: { entryId_label: { entryId, label } },
    select: { id: true },
  });
  if (!build) return;
  await tx.entry.updateMany({
    where: { id: entryId, currentBuildId: null },
    data: { currentBuildId: build.id },
  });
}
