import type { Permit } from "@/lib/auth/permit";
import { auditOf } from "@/lib/db/audit";
import { db } from "@/lib/db/client";
import { type CatalogueTest, type CatalogueTrack, testBodySchema } from "../schema";

/**
 * Adds a track with its roles and tests to an event. What the event has under the same slug and keys
 * is left as it is. `lineage` starts here: a clone of the event carries it on.
 */
export async function addTrack(
  permit: Permit<"event.prepare">,
  track: CatalogueTrack,
  { position, leadNames = [] }: { position: number; leadNames?: readonly string[] },
): Promise<string> {
  const { eventId } = permit.scope;
  return db.$transaction(async (tx) => {
    const { id } = await tx.track.upsert({
      where: { eventId_slug: { eventId, slug: track.slug } },
      create: {
        eventId,
        slug: track.slug,
        title: track.title,
        intro: track.intro,
        restricted: track.restricted,
        profile: track.profile,
        notes: track.notes,
        leadNames: [...leadNames],
        position,
      },
      update: {},
      select: { id: true },
    });
    await tx.trackRole.createMany({
      data: track.roles.map(({ key, label }, at) => ({ trackId: id, key, label, position: at })),
      skipDuplicates: true,
    });
    await tx.testCase.createMany({
      data: track.tests.map((test, at) => testRow(id, test, at)),
      skipDuplicates: true,
    });
    await tx.interopEvent.update({
      where: { id: eventId },
      data: { catalogueVersion: { increment: 1 } },
    });
    await tx.audit.create({
      data: auditOf(permit, { subject: id, detail: { did: "add track", slug: track.slug } }),
    });
    return id;
  });
}

function testRow(trackId: string, test: CatalogueTest, position: number) {
  const { automation, ...body } = testBodySchema.parse(pickBody(test));
  return {
    trackId,
    key: test.key,
    number: position + 1,
    title: test.title,
    kind: test.kind,
    directional: test.directional,
    level: test.level,
    roles: test.roles,
    variants: test.variants,
    aliases: test.aliases,
    measured: test.measured,
    body: automation === undefined ? body : { ...body, automation },
    lineage: crypto.randomUUID(),
    position,
  };
}

/** A test without what has columns of its own. */
function pickBody(test: CatalogueTest) {
  const {
    key: _1,
    title: _2,
    kind: _3,
    directional: _4,
    level: _5,
    roles: _6,
    variants: _7,
    ...rest
  } = test;
  const { aliases: _8, measured: _9, ...body } = rest;
  return body;
}
