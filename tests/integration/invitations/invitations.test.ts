import { describe, expect, it } from "vitest";
import { db } from "@/lib/db/client";
import { callAs, makeLead, makeMember, makeOrganizer, makePerson } from "@/tests/factories/caller";
import { makeEvent } from "@/tests/factories/event";
import { codeOf, makeOwn, refusal } from "@/tests/factories/own-entry";

const DAY = 24 * 3_600_000;
const member = { role: "member", entry: "alpha" } as const;
const lead = { role: "lead", track: "calls" } as const;
const organizer = { role: "organizer" } as const;

const accept = async (personId: string | null, token: string) =>
  (await callAs(personId)).invitations.accept({ token });

describe("an invitation to an entry", () => {
  it("makes whoever accepts it a member, once, and is written down", async () => {
    const { event, me, personId, where } = await makeOwn();
    const { token } = await me.invitations.make({
      eventSlug: event.slug,
      invitation: { ...member, note: "for Bob" },
    });
    const bob = await makePerson("Bob");
    expect(await (await callAs(null)).invitations.byToken({ token })).toMatchObject({
      role: "member",
      in: { slug: "alpha", name: "alpha" },
      event: { slug: event.slug },
      invitedBy: "Member",
      state: "open",
    });
    expect(await accept(bob, token)).toEqual({
      eventSlug: event.slug,
      role: "member",
      in: "alpha",
    });
    const { members } = await (await callAs(bob)).entries.bySlug(where);
    expect(members?.map(({ isMe }) => isMe).toSorted()).toEqual([false, true]);
    expect(await refusal(accept(await makePerson(), token))).toMatch(
      /^CONFLICT: This invitation has been accepted/,
    );
    const [line] = await me.invitations.list(where);
    expect(line).toMatchObject({ note: "for Bob", state: "accepted", acceptedBy: "Bob" });
    const audit = await db.audit.findMany({
      where: { subject: line?.id ?? "" },
      orderBy: { id: "asc" },
    });
    expect(audit).toMatchObject([
      { action: "invitation.make", personId, detail: { role: "member", entry: "alpha" } },
      {
        action: "invitation.accept",
        personId: bob,
        eventId: event.eventId,
        detail: { role: "member", in: "alpha", invitedBy: personId },
      },
    ]);
  });

  it("is kept without its token", async () => {
    const { event, me } = await makeOwn();
    const { token } = await me.invitations.make({ eventSlug: event.slug, invitation: member });
    const rows = await db.invitation.findMany({ where: { eventId: event.eventId } });
    const audit = await db.audit.findMany({ where: { eventId: event.eventId } });
    const kept = rows.map(({ hash, ...row }) => ({ ...row, hash: Buffer.from(hash).toString() }));
    expect(
      JSON.stringify([kept, audit], (_, value) => (typeof value === "bigint" ? `${value}` : value)),
    ).not.toContain(token);
    expect(rows[0]?.hash).toHaveLength(32);
    expect(JSON.stringify(await me.invitations.list({ eventSlug: event.slug }))).not.toContain(
      token,
    );
  });

  it("is accepted by one of two who press at the same moment", async () => {
    const { event, me } = await makeOwn();
    const { token } = await me.invitations.make({ eventSlug: event.slug, invitation: member });
    const people = await Promise.all([makePerson(), makePerson(), makePerson()]);
    const answers = await Promise.all(people.map((id) => codeOf(accept(id, token))));
    expect(answers.toSorted()).toEqual(["CONFLICT", "CONFLICT", "done"]);
    expect(await db.entryMember.count({ where: { entryId: event.entryIds.alpha ?? "" } })).toBe(2);
  });

  it("stays good when somebody who is a member already opens it", async () => {
    const { event, me, personId } = await makeOwn();
    const { token } = await me.invitations.make({ eventSlug: event.slug, invitation: member });
    expect(await refusal(accept(personId, token))).toMatch(/^CONFLICT: You are that already/);
    expect(await codeOf(accept(await makePerson(), token))).toBe("done");
  });

  it("needs a sign-in, a true token, seven days at most, and not to be taken back", async () => {
    const { event, me } = await makeOwn();
    const make = () => me.invitations.make({ eventSlug: event.slug, invitation: member });
    const { token } = await make();
    const person = await makePerson();
    expect(await codeOf(accept(null, token))).toBe("UNAUTHORIZED");
    expect(
      await codeOf(
        accept(
          person,
          token.replace(/^./, (c) => (c === "A" ? "B" : "A")),
        ),
      ),
    ).toBe("NOT_FOUND");
    expect(await codeOf(accept(person, "short"))).toBe("BAD_REQUEST");
    const [line] = await me.invitations.list({ eventSlug: event.slug });
    const days = (Date.parse(line?.expiresAt ?? "") - Date.parse(line?.createdAt ?? "")) / DAY;
    expect(days).toBeCloseTo(7, 3);
    await db.invitation.updateMany({
      where: { eventId: event.eventId },
      data: { expiresAt: new Date(Date.now() - 1) },
    });
    expect(await refusal(accept(person, token))).toMatch(/^CONFLICT: .*has expired/);

    const other = await make();
    const [open] = await me.invitations.list({ eventSlug: event.slug });
    const invitationId = open?.id ?? "";
    await me.invitations.revoke({ eventSlug: event.slug, invitationId });
    expect(await refusal(accept(person, other.token))).toMatch(/^CONFLICT: .*taken back/);
    expect(await codeOf(me.invitations.revoke({ eventSlug: event.slug, invitationId }))).toBe(
      "NOT_FOUND",
    );
    expect(await db.entryMember.count({ where: { personId: person } })).toBe(0);
  });

  it("gives nothing that its maker could not give any more", async () => {
    const { event, me, personId, where } = await makeOwn();
    const { token } = await me.invitations.make({ eventSlug: event.slug, invitation: member });
    await (await callAs(personId)).entries.leave(where);
    expect(await refusal(accept(await makePerson(), token))).toMatch(
      /^CONFLICT: Whoever invited you may not do so any more/,
    );
  });

  it("leads nowhere once the entry is out of the event", async () => {
    const { event, me, where } = await makeOwn();
    const { token } = await me.invitations.make({ eventSlug: event.slug, invitation: member });
    await me.entries.withdraw({ ...where, reason: "" });
    expect(await refusal(accept(await makePerson(), token))).toMatch(/not in the event now/);
  });
});

describe("who invites whom", () => {
  it("follows what each may give", async () => {
    const { event, me } = await makeOwn();
    const foreign = await makeEvent();
    const people = {
      visitor: await callAs(null),
      stranger: await callAs(await makePerson()),
      "member of alpha": me,
      "member of beta": await callAs(await makeMember(event.entryIds.beta ?? "")),
      lead: await callAs(await makeLead(event.trackId)),
      organizer: await callAs(await makeOrganizer(event.eventId)),
      "organizer elsewhere": await callAs(await makeOrganizer(foreign.eventId)),
    };
    const answers: Record<string, (string | undefined)[]> = {};
    for (const [who, caller] of Object.entries(people)) {
      answers[who] = [];
      for (const invitation of [member, lead, organizer]) {
        const made = caller.invitations.make({ eventSlug: event.slug, invitation });
        answers[who].push(await codeOf(made));
      }
    }
    const none = (code: string) => [code, code, code];
    expect(answers).toEqual({
      visitor: none("UNAUTHORIZED"),
      stranger: none("FORBIDDEN"),
      "member of alpha": ["done", "FORBIDDEN", "FORBIDDEN"],
      "member of beta": none("FORBIDDEN"),
      lead: none("FORBIDDEN"),
      organizer: none("done"),
      "organizer elsewhere": none("FORBIDDEN"),
    });
  });

  it("makes leads and organizers by an organizer's link", async () => {
    const event = await makeEvent({ phase: "draft" });
    const caller = await callAs(await makeOrganizer(event.eventId));
    const seen = async (id: string) =>
      (await (await callAs(id)).events.byName({ eventSlug: event.slug })).roles;
    for (const [invitation, role] of [
      [lead, "lead"],
      [organizer, "organizer"],
    ] as const) {
      const { token } = await caller.invitations.make({ eventSlug: event.slug, invitation });
      const person = await makePerson();
      expect(await codeOf(seen(person))).toBe("NOT_FOUND");
      await accept(person, token);
      expect(await seen(person)).toContain(role);
    }
  });

  it("of places that are not there is not found", async () => {
    const event = await makeEvent();
    const caller = await callAs(await makeOrganizer(event.eventId));
    const make = (invitation: typeof member | typeof lead) =>
      codeOf(caller.invitations.make({ eventSlug: event.slug, invitation }));
    expect(await make({ ...member, entry: "omega" as "alpha" })).toBe("NOT_FOUND");
    expect(await make({ ...lead, track: "video" as "calls" })).toBe("NOT_FOUND");
  });
});

describe("the list of invitations", () => {
  it("shows a member those to their own entries, and an organizer all", async () => {
    const { event, me } = await makeOwn();
    const beta = await callAs(await makeMember(event.entryIds.beta ?? ""));
    const host = await callAs(await makeOrganizer(event.eventId));
    const where = { eventSlug: event.slug };
    await me.invitations.make({ ...where, invitation: member });
    await beta.invitations.make({ ...where, invitation: { ...member, entry: "beta" } });
    await host.invitations.make({ ...where, invitation: lead });
    const shown = async (caller: typeof me, entrySlug?: string) =>
      (await caller.invitations.list({ ...where, ...(entrySlug ? { entrySlug } : {}) })).map(
        (line) => `${line.role} ${line.in?.slug}`,
      );
    expect(await shown(me)).toEqual(["member alpha"]);
    expect(await shown(beta)).toEqual(["member beta"]);
    expect(await shown(beta, "alpha")).toEqual([]);
    expect(await shown(host)).toEqual(["lead calls", "member beta", "member alpha"]);
    expect(await shown(host, "beta")).toEqual(["member beta"]);
    expect(await codeOf((await callAs(await makePerson())).invitations.list(where))).toBe(
      "FORBIDDEN",
    );
    const [theirs] = await beta.invitations.list(where);
    const invitationId = theirs?.id ?? "";
    expect(await codeOf(me.invitations.revoke({ ...where, invitationId }))).toBe("NOT_FOUND");
    expect(await codeOf(host.invitations.revoke({ ...where, invitationId }))).toBe("done");
  });
});
