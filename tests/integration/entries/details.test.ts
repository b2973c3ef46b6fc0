import { describe, expect, it } from "vitest";
import { db } from "@/lib/db/client";
import { callAs, makeLead, makeMember, makeOrganizer, makePerson } from "@/tests/factories/caller";
import type { MadeEvent } from "@/tests/factories/event";
import { codeOf, makeOwn, refusal } from "@/tests/factories/own-entry";
import { item, push } from "@/tests/factories/push";

type Caller = Awaited<ReturnType<typeof callAs>>;

const versionOf = async ({ eventId }: MadeEvent) =>
  (await db.interopEvent.findUniqueOrThrow({ where: { id: eventId } })).catalogueVersion;

describe("capabilities", () => {
  it("are declared by role and feature, as a whole, the last word counting", async () => {
    const { me, where } = await makeOwn();
    const declare = (
      lines: { role: string; feature: string; value: "yes" | "partial" | "no" | "planned" }[],
    ) => me.entries.declareCapabilities({ ...where, track: "calls", lines });
    await declare([
      { role: "uac", feature: "", value: "yes" },
      { role: "uas", feature: "SRTP", value: "no" },
      { role: "uas", feature: "SRTP ", value: "planned" },
    ]);
    const page = await me.entries.bySlug(where);
    expect(page.capabilities).toEqual([
      { track: "calls", role: "uac", feature: "", value: "yes" },
      { track: "calls", role: "uas", feature: "SRTP", value: "planned" },
    ]);
    expect(page.features).toEqual([{ track: "calls", feature: "SRTP" }]);
    await declare([{ role: "proxy", feature: "", value: "partial" }]);
    expect((await me.entries.bySlug(where)).capabilities).toHaveLength(1);
    expect(await codeOf(declare([{ role: "srs", feature: "", value: "yes" }]))).toBe(
      "UNPROCESSABLE_CONTENT",
    );
    expect(
      await codeOf(me.entries.declareCapabilities({ ...where, track: "video", lines: [] })),
    ).toBe("NOT_FOUND");
  });
});

describe("endpoints", () => {
  it("are told to those who take part, and to nobody else", async () => {
    const { event, me, where } = await makeOwn();
    const endpoint = {
      role: "uas",
      transport: "tls",
      uri: "sips:echo@10.0.0.7:5061",
      machine: "vm-3",
      unattended: true,
      note: "08:00 to 18:00 UTC, at most 5 calls a second",
    } as const;
    await me.entries.announceEndpoint({ ...where, endpoint });
    const other = await callAs(await makeMember(event.entryIds.beta ?? ""));
    const { endpoints } = await other.entries.bySlug(where);
    expect(endpoints).toMatchObject([endpoint]);
    for (const id of [null, await makePerson()]) {
      const page = await (await callAs(id)).entries.bySlug(where);
      expect(page).toMatchObject({ endpoints: null, members: null, consent: null });
    }
    const endpointId = endpoints?.[0]?.id ?? "";
    expect(await codeOf(other.entries.removeEndpoint({ ...where, endpointId }))).toBe("FORBIDDEN");
    await me.entries.removeEndpoint({ ...where, endpointId });
    expect(await codeOf(me.entries.removeEndpoint({ ...where, endpointId }))).toBe("NOT_FOUND");
  });

  it("must be URIs, and are at most 24", async () => {
    const { me, where } = await makeOwn();
    const announce = (uri: string) =>
      me.entries.announceEndpoint({ ...where, endpoint: { role: "uas", transport: "udp", uri } });
    expect(await codeOf(announce("10.0.0.7"))).toBe("BAD_REQUEST");
    for (let port = 5060; port < 5084; port += 1) await announce(`sip:10.0.0.7:${port}`);
    expect(await refusal(announce("sip:10.0.0.7:5084"))).toMatch(/^CONFLICT: .*at most 24/);
  });
});

describe("consent for publication", () => {
  const agree = { named: true, passing: true, failing: false };

  it("is its members' to give, and not an organizer's for them", async () => {
    const { event, me, where } = await makeOwn();
    const organizer = await callAs(await makeOrganizer(event.eventId));
    const lead = await callAs(await makeLead(event.trackId));
    const other = await callAs(await makeMember(event.entryIds.beta ?? ""));
    for (const caller of [organizer, lead, other, await callAs(await makePerson())]) {
      expect(await codeOf(caller.entries.setConsent({ ...where, consent: agree }))).toBe(
        "FORBIDDEN",
      );
    }
    await me.entries.setConsent({ ...where, consent: agree });
    expect((await me.entries.bySlug(where)).consent).toEqual(agree);
    expect((await organizer.entries.bySlug(where)).consent).toEqual(agree);
    expect((await other.entries.bySlug(where)).consent).toBeNull();
  });

  it("given or taken back after publication shows at once", async () => {
    const { event, me, where } = await makeOwn({ phase: "published" });
    const visitor = await callAs(null);
    const listed = async () =>
      (await visitor.entries.list({ eventSlug: event.slug })).lines.map(({ slug }) => slug);
    expect(await listed()).toEqual([]);
    expect(await codeOf(visitor.entries.bySlug(where))).toBe("NOT_FOUND");
    const before = await versionOf(event);
    await me.entries.setConsent({ ...where, consent: agree });
    expect(await listed()).toEqual(["alpha"]);
    expect(await versionOf(event)).toBe(before + 1);
    await me.entries.setConsent({ ...where, consent: { ...agree, named: false } });
    expect(await listed()).toEqual([]);
  });
});

describe("members", () => {
  it("leave by themselves, and are no participants from then on", async () => {
    const { event, personId, where } = await makeOwn();
    const matrix = { eventSlug: event.slug, trackSlug: "calls" };
    await (await callAs(personId)).entries.leave(where);
    const after = await callAs(personId);
    expect(await codeOf(after.matrices.byTrack(matrix))).toBe("FORBIDDEN");
    expect(await refusal(after.entries.leave(where))).toBe(
      "CONFLICT: You are no member of this entry.",
    );
  });

  it("are removed by one another and by organizers, not by others", async () => {
    const { event, me, personId, where } = await makeOwn();
    const colleague = await makeMember(event.entryIds.alpha ?? "");
    const other = await callAs(await makeMember(event.entryIds.beta ?? ""));
    const remove = (caller: Caller, id: string) =>
      refusal(caller.entries.removeMember({ ...where, personId: id }));
    expect(await remove(other, colleague)).toMatch(/^FORBIDDEN/);
    expect(await remove(me, colleague)).toBe("done");
    expect(await remove(me, colleague)).toMatch(/^NOT_FOUND/);
    const organizer = await callAs(await makeOrganizer(event.eventId));
    expect(await remove(organizer, personId)).toBe("done");
  });
});

describe("an entry", () => {
  it("is withdrawn with its reason while no result names it, and can be let in again", async () => {
    const { event, me, where } = await makeOwn();
    await me.entries.withdraw({ ...where, reason: "Nobody has time." });
    const visitor = await callAs(null);
    expect(await codeOf(visitor.entries.bySlug(where))).toBe("NOT_FOUND");
    expect(await me.entries.bySlug(where)).toMatchObject({
      state: "withdrawn",
      stateReason: "Nobody has time.",
    });
    const { status } = await push(event, await event.tokenOf(null), [item()]);
    expect(status).toBe(422);
    const organizer = await callAs(await makeOrganizer(event.eventId));
    await organizer.entries.admit(where);
    expect((await visitor.entries.bySlug(where)).state).toBe("admitted");
  });

  it("that results name stays, whether its own or its partners' or unmapped ones", async () => {
    const { event, me, where } = await makeOwn();
    await push(event, await event.tokenOf("beta"), [item({ test: "no such test" })]);
    expect(await refusal(me.entries.withdraw({ ...where, reason: "" }))).toMatch(
      /^CONFLICT: Results name this entry/,
    );
    const organizer = await callAs(await makeOrganizer(event.eventId));
    expect(await refusal(organizer.entries.setKind({ ...where, kind: "helper" }))).toMatch(
      /^CONFLICT: Results name this entry/,
    );
  });

  it("becomes a helper by an organizer alone, before results name it", async () => {
    const { event, me, where } = await makeOwn();
    const organizer = await callAs(await makeOrganizer(event.eventId));
    expect(await codeOf(me.entries.setKind({ ...where, kind: "helper" }))).toBe("FORBIDDEN");
    await organizer.entries.setKind({ ...where, kind: "helper" });
    expect((await me.entries.bySlug(where)).kind).toBe("helper");
    // A helper adds no side: what the other says is all there is to say.
    await push(event, await event.tokenOf("beta"), [item()]);
    const { matrix } = await me.matrices.byTrack({ eventSlug: event.slug, trackSlug: "calls" });
    expect(matrix.grids[0]?.cells[0]).toMatchObject({ sides: 1, sidesOf: 1 });
  });
});
