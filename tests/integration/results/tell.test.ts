import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { db } from "@/lib/db/client";
import { makeMember } from "@/tests/factories/caller";
import { makeEvent } from "@/tests/factories/event";
import { logged, makeBoth } from "@/tests/factories/log";
import { startMailServer } from "@/tests/setup/mail-server";

const servers: Awaited<ReturnType<typeof startMailServer>>[] = [];
const mailTo = async (personId: string) => {
  const { email } = await db.person.findUniqueOrThrow({ where: { id: personId } });
  return servers[0]?.mailTo(email ?? "");
};

beforeAll(async () => {
  const server = await startMailServer();
  servers.push(server);
  vi.stubEnv("SMTP_URL", server.url);
});
afterAll(async () => {
  for (const server of servers) await server.stop();
});

describe("the other side is told by mail", () => {
  it("what was said, by whom, and where to answer; opening the link confirms nothing", async () => {
    const event = await makeEvent();
    const { ann, bob } = await makeBoth(event);
    const { seq } = await logged(event, ann.id, { outcome: "fail", note: "No ACK." });
    const mail = await mailTo(bob.id);
    expect(mail?.subject).toBe(`${event.slug}: A result waits for your word`);
    expect(mail?.text).toContain("alpha (Member) says: Fail");
    expect(mail?.text).toContain("uac alpha 1.0, uas beta 1.0");
    expect(mail?.text).toContain("> No ACK.");
    expect(mail?.text).toContain(
      `http://localhost:3000/events/${event.slug}/awaiting?result=${seq}\n`,
    );
  });

  it("that it was contradicted", async () => {
    const event = await makeEvent();
    const { ann, bob } = await makeBoth(event);
    const { seq, cellId } = await logged(event, ann.id);
    await mailTo(bob.id);
    const eventSlug = event.slug;
    await bob.me.results.dispute({ eventSlug, result: { id: randomUUID(), seq, outcome: "fail" } });
    const disputed = await mailTo(ann.id);
    expect(disputed?.subject).toContain("The other side saw something else");
    expect(disputed?.text).toContain(`/events/${event.slug}/tracks/calls/cells/${cellId}`);
    await bob.me.results.deny({ eventSlug, result: { id: randomUUID(), seq } });
    const denied = await mailTo(ann.id);
    expect(denied?.text).toContain("beta (Member) says: Not us");
  });

  it("nothing of a restricted track but that there is something", async () => {
    const event = await makeEvent({ restricted: true });
    const { ann, bob } = await makeBoth(event);
    await logged(event, ann.id, { note: "It crashes." });
    const mail = await mailTo(bob.id);
    const said = `${mail?.subject}\n${mail?.text}`;
    for (const secret of ["alpha", "C-1", "Pass", "crashes"]) expect(said).not.toContain(secret);
    expect(said).toContain("restricted track");
  });

  it("and names and notes pose as no other part of it", async () => {
    const event = await makeEvent();
    const { ann, bob } = await makeBoth(event);
    await db.entry.update({
      where: { id: event.entryIds.alpha ?? "" },
      data: { name: "alpha\r\nBcc: eve@example.org\n\n  https://evil.example/confirm" },
    });
    await db.interopEvent.update({
      where: { id: event.eventId },
      data: { label: "Ev\nent", catalogueVersion: { increment: 1 } },
    });
    await logged(event, ann.id, { note: "one\n\n  https://evil.example/confirm\u2028three" });
    const mail = await mailTo(bob.id);
    expect(mail?.subject).toBe("Ev ent: A result waits for your word");
    const lines = (mail?.text ?? "").split("\n");
    expect(lines.filter((line) => /^\s*https?:/.test(line))).toEqual([
      expect.stringContaining("http://localhost:3000/events/"),
    ]);
    expect(lines.filter((line) => line.startsWith(">"))).toEqual([
      "> one",
      "> https://evil.example/confirm",
      "> three",
    ]);
  });

  it("by a mail each, but not who said it, nor who is of both sides", async () => {
    const event = await makeEvent();
    const { ann, bob } = await makeBoth(event);
    const amy = await makeMember(event.entryIds.alpha ?? "");
    await db.entryMember.create({ data: { entryId: event.entryIds.beta ?? "", personId: amy } });
    const bea = await makeMember(event.entryIds.beta ?? "");
    await logged(event, ann.id);
    expect((await mailTo(bob.id))?.subject).toContain("waits");
    expect((await mailTo(bea))?.subject).toContain("waits");
    expect(await db.mail.count({ where: { failure: { not: null } } })).toBe(0);
  });

  it("though the server refuses it for one of them", async () => {
    const event = await makeEvent();
    const { ann, bob } = await makeBoth(event);
    const beaEmail = `refused-${randomUUID()}@example.org`;
    const bea = await makeMember(event.entryIds.beta ?? "");
    await db.person.update({ where: { id: bea }, data: { email: beaEmail } });
    const { email: bobEmail } = await db.person.findUniqueOrThrow({ where: { id: bob.id } });
    await db.person.update({ where: { id: bob.id }, data: { email: `z-${bobEmail}` } });
    await logged(event, ann.id);
    expect((await mailTo(bob.id))?.subject).toContain("waits");
    await expect
      .poll(() => db.mail.findFirst({ where: { recipient: beaEmail }, select: { failure: true } }))
      .toEqual({ failure: expect.stringContaining("No such box here") as unknown });
  });
});
