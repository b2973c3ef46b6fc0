import { describe, expect, it } from "vitest";
import { db } from "@/lib/db/client";
import { postMail } from "@/lib/mails/write";
import { callAs } from "@/tests/factories/caller";
import { makeEvent } from "@/tests/factories/event";
import { makeAccount } from "@/tests/factories/person";

const link = (recipient: string) => ({
  recipient,
  subject: "Your link",
  text: `secret of ${recipient}`,
  expiresAt: new Date(Date.now() + 60_000),
});

const organizerOf = async (eventId: string) => {
  const person = await makeAccount();
  await db.organizer.create({ data: { eventId, personId: person.id } });
  return person;
};

describe("the outbox", () => {
  it("is for organizers; for others it does not exist", async () => {
    const person = await makeAccount();
    await expect((await person.caller()).mails.outbox()).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    await expect((await callAs(null)).mails.outbox()).rejects.toMatchObject({
      code: "UNAUTHORIZED",
    });
  });

  it("shows links of newcomers and of one's own events' people, and hides everybody else's", async () => {
    const [mine, theirs] = [await makeEvent(), await makeEvent()];
    const [me, they] = [await organizerOf(mine.eventId), await organizerOf(theirs.eventId)];
    const [member, lead] = [await makeAccount(), await makeAccount()];
    await db.entryMember.create({
      data: { personId: member.id, entryId: mine.entryIds.alpha ?? "" },
    });
    const track = await db.track.findFirst({ where: { eventId: theirs.eventId } });
    await db.trackLead.create({ data: { personId: lead.id, trackId: track?.id ?? "" } });
    const newcomer = (await makeAccount()).email;
    for (const to of [they.email, lead.email, member.email, me.email, newcomer]) {
      await postMail(link(to));
    }
    const mails = await (await me.caller()).mails.outbox();
    const textTo = new Map(mails.map(({ recipient, text }) => [recipient, text]));
    expect(textTo.get(newcomer)).toBe(`secret of ${newcomer}`);
    expect(textTo.get(member.email)).toBe(`secret of ${member.email}`);
    expect(textTo.get(me.email)).toBe(`secret of ${me.email}`);
    expect(textTo.get(they.email)).toBeNull();
    expect(textTo.get(lead.email)).toBeNull();
    expect(JSON.stringify(mails)).not.toContain(`secret of ${they.email}`);
  });

  it("forgets what is of no use any more", async () => {
    const me = await organizerOf((await makeEvent()).eventId);
    const { email } = await makeAccount();
    await postMail({ ...link(email), expiresAt: new Date(Date.now() - 1) });
    const mails = await (await me.caller()).mails.outbox();
    expect(mails.map(({ recipient }) => recipient)).not.toContain(email);
    await postMail(link("next@example.org"));
    expect(await db.mail.count({ where: { recipient: email } })).toBe(0);
  });
});
