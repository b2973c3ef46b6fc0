import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { db } from "@/lib/db/client";
import { callAs, makeMember, makeOrganizer, makePerson } from "@/tests/factories/caller";
import { type MadeEvent, makeEvent } from "@/tests/factories/event";
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

let count = 0;
async function ask({ slug: eventSlug }: MadeEvent, personId: string, note = "") {
  count += 1;
  const entrySlug = `asks-${count}-${process.pid}`;
  await db.project.create({ data: { slug: entrySlug, name: "Asks\r\nBcc: all" } });
  const caller = await callAs(personId);
  const request = { project: entrySlug, tracks: { calls: ["uac"] }, note };
  await caller.entries.request({ eventSlug, entry: request });
  return { eventSlug, entrySlug };
}

const makeApproving = () =>
  makeEvent().then(async (event) => {
    const [one, two] = [await makeOrganizer(event.eventId), await makeOrganizer(event.eventId)];
    return { event, one, two, asker: await makePerson("Asker") };
  });

describe("an entry that asks to be let in", () => {
  it("is told to every organizer, with what it says of itself", async () => {
    const { event, one, two, asker } = await makeApproving();
    await ask(event, asker, "We bring\nour own proxy.");
    for (const organizer of [one, two]) {
      const mail = await mailTo(organizer);
      expect(mail?.subject).toBe(`${event.slug}: Asks Bcc: all asks to take part`);
      expect(mail?.text).toContain("> We bring\n> our own proxy.");
      expect(mail?.text).toContain(`http://localhost:3000/events/${event.slug}/entries\n`);
    }
  });

  it("is told to its members when it is admitted, and to nobody else's", async () => {
    const { event, one, asker } = await makeApproving();
    const stranger = await makeMember(event.entryIds.alpha ?? "");
    const where = await ask(event, asker);
    await (await callAs(one)).entries.admit(where);
    const mail = await mailTo(asker);
    expect(mail?.subject).toBe(`${event.slug}: Asks Bcc: all is in`);
    expect(mail?.text).toContain(`/events/${event.slug}/entries/${where.entrySlug}\n`);
    // The next mail to the other entry's member is of another matter: nothing came before it.
    const own = await ask(event, stranger);
    await (await callAs(one)).entries.decline({ ...own, reason: "Once is enough." });
    expect((await mailTo(stranger))?.subject).toContain("was not let in");
  });

  it("is told why when it is declined", async () => {
    const { event, one, asker } = await makeApproving();
    const where = await ask(event, asker);
    await (await callAs(one)).entries.decline({ ...where, reason: "Not open source." });
    const mail = await mailTo(asker);
    expect(mail?.text).toContain("> Not open source.");
  });

  it("is not written about where entries are open", async () => {
    const { event, one, asker } = await makeApproving();
    await db.interopEvent.update({ where: { id: event.eventId }, data: { entryPolicy: "open" } });
    await ask(event, asker);
    await db.interopEvent.update({
      where: { id: event.eventId },
      data: { entryPolicy: "approval" },
    });
    await ask(event, asker, "The second.");
    expect((await mailTo(one))?.text).toContain("> The second.");
  });

  it("waits all the same when the mail server is away, and the mails in the outbox", async () => {
    const { event, one, asker } = await makeApproving();
    await servers.pop()?.stop();
    const logged = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    const { entrySlug } = await ask(event, asker);
    logged.mockRestore();
    const entry = await db.entry.findFirstOrThrow({ where: { slug: entrySlug } });
    expect(entry.state).toBe("requested");
    const { email } = await db.person.findUniqueOrThrow({ where: { id: one } });
    const [mail] = await db.mail.findMany({ where: { recipient: email ?? "" } });
    expect(mail?.failure).toMatch(/ECONNREFUSED/);
  });
});
