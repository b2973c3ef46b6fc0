import { describe, expect, it } from "vitest";
import { loadPersonActor } from "@/lib/auth/actor";
import { grant } from "@/lib/auth/permit";
import { loadScope } from "@/lib/auth/scope";
import { db } from "@/lib/db/client";
import { buildSchema } from "@/lib/entries/schema";
import { addBuild } from "@/lib/entries/write/build";
import { callAs, makeLead, makeMember, makeOrganizer, makePerson } from "@/tests/factories/caller";
import { type MadeEvent, makeEvent } from "@/tests/factories/event";
import { codeOf, makeOwn, refusal } from "@/tests/factories/own-entry";
import { item, push } from "@/tests/factories/push";

type Caller = Awaited<ReturnType<typeof callAs>>;

const versionOf = async ({ eventId }: MadeEvent) =>
  (await db.interopEvent.findUniqueOrThrow({ where: { id: eventId } })).catalogueVersion;

/** Every change of an entry, as somebody might try it. */
const changes = (where: { eventSlug: string; entrySlug: string }) => ({
  describe: (as: Caller) => as.entries.describe({ ...where, details: { name: "A", note: "" } }),
  setPlays: (as: Caller) => as.entries.setPlays({ ...where, tracks: { calls: ["uac"] } }),
  addBuild: (as: Caller) => as.entries.addBuild({ ...where, build: { label: "2.0" } }),
  makeCurrent: (as: Caller) => as.entries.makeCurrent({ ...where, label: "1.0" }),
  describeBuild: (as: Caller) =>
    as.entries.describeBuild({ ...where, label: "1.0", details: { note: "patched" } }),
  declareCapabilities: (as: Caller) =>
    as.entries.declareCapabilities({ ...where, track: "calls", lines: [] }),
  announceEndpoint: (as: Caller) =>
    as.entries.announceEndpoint({
      ...where,
      endpoint: { role: "uas", transport: "udp", uri: "sip:a@10.0.0.7" },
    }),
  withdraw: (as: Caller) => as.entries.withdraw({ ...where, reason: "" }),
});
type Change = keyof ReturnType<typeof changes>;
const CHANGES = Object.keys(changes({ eventSlug: "", entrySlug: "" })) as Change[];

describe("an entry is changed", () => {
  it.each(CHANGES)("by its members and the organizers: %s", async (change) => {
    const { event, me, where } = await makeOwn();
    const others = {
      visitor: null,
      stranger: await makePerson(),
      "member of another entry": await makeMember(event.entryIds.beta ?? ""),
      "member of the same slug elsewhere": await makeMember(
        (await makeEvent()).entryIds.alpha ?? "",
      ),
      "lead of the track": await makeLead(event.trackId),
    };
    const answers: Record<string, string | undefined> = {};
    for (const [who, id] of Object.entries(others)) {
      answers[who] = await codeOf(changes(where)[change](await callAs(id)));
    }
    expect(answers).toEqual({
      visitor: "UNAUTHORIZED",
      stranger: "FORBIDDEN",
      "member of another entry": "FORBIDDEN",
      "member of the same slug elsewhere": "FORBIDDEN",
      "lead of the track": "FORBIDDEN",
    });
    expect(await refusal(changes(where)[change](me))).toBe("done");
    const second = await makeOwn();
    const organizer = await callAs(await makeOrganizer(second.event.eventId));
    expect(await refusal(changes(second.where)[change](organizer))).toBe("done");
    const subject = event.entryIds.alpha ?? "";
    expect(await db.audit.count({ where: { subject, personId: { not: null } } })).toBe(1);
  });

  it.each(["review", "published"] as const)("in %s as far as the table says", async (phase) => {
    const { me, where } = await makeOwn({ phase });
    const answers: Record<string, string | undefined> = {};
    for (const change of CHANGES) answers[change] = await codeOf(changes(where)[change](me));
    const isReview = phase === "review";
    expect(answers).toEqual({
      describe: isReview ? "done" : "CONFLICT",
      setPlays: "CONFLICT",
      addBuild: "CONFLICT",
      makeCurrent: "CONFLICT",
      describeBuild: isReview ? "done" : "CONFLICT",
      declareCapabilities: isReview ? "done" : "CONFLICT",
      announceEndpoint: isReview ? "done" : "CONFLICT",
      withdraw: isReview ? "done" : "CONFLICT",
    });
  });

  it("in the phase of the moment it is written, not of the moment it was asked", async () => {
    const { event, personId } = await makeOwn();
    const permit = grant(
      await loadPersonActor(personId),
      "build.add",
      await loadScope(event.slug, undefined),
    );
    await db.interopEvent.update({ where: { id: event.eventId }, data: { phase: "review" } });
    const build = buildSchema.parse({ label: "2.0" });
    expect(await refusal(addBuild(permit, "alpha", build))).toBe(
      "wrong_phase: Not possible while the event is in review.",
    );
  });

  it("and one that is nobody's is not found", async () => {
    const { event, me } = await makeOwn();
    const nowhere = { eventSlug: event.slug, entrySlug: "omega" };
    for (const change of CHANGES) {
      expect(await codeOf(changes(nowhere)[change](me))).toBe("NOT_FOUND");
    }
  });
});

describe("a build", () => {
  it("that is new is current, makes what was tested stale, and open matrices are told so", async () => {
    const { event, me, where } = await makeOwn();
    await push(event, await event.tokenOf(null), [item()]);
    const matrix = { eventSlug: event.slug, trackSlug: "calls" };
    const cellOf = async () => {
      const { matrix: seen } = await me.matrices.byTrack(matrix);
      const cell = seen.grids[0]?.cells[0];
      return cell?.state === "withheld" ? undefined : cell?.overlays;
    };
    expect(await cellOf()).toEqual([]);
    const before = await versionOf(event);
    await me.entries.addBuild({
      ...where,
      build: {
        label: "1.1-rc",
        commit: "e2977a4f",
        note: "with the demux",
        parts: [
          { name: "OpenSIPS SDP demux", version: "3.4" },
          { name: "FreeSWITCH", version: "1.10.10" },
        ],
      },
    });
    expect(await cellOf()).toEqual(["stale"]);
    expect(await versionOf(event)).toBe(before + 1);
    await me.entries.makeCurrent({ ...where, label: "1.0" });
    expect(await cellOf()).toEqual([]);
    const { builds } = await me.entries.bySlug(where);
    expect(builds.map(({ label, isCurrent }) => [label, isCurrent])).toEqual([
      ["1.0", true],
      ["1.1-rc", false],
    ]);
    expect(builds[1]).toMatchObject({ commit: "e2977a4f", note: "with the demux", verified: true });
    expect(await db.eventLog.count({ where: { eventId: event.eventId, kind: "build" } })).toBe(2);
  });

  it("that is there already, or is not there, is told so", async () => {
    const { me, where } = await makeOwn();
    expect(await refusal(me.entries.addBuild({ ...where, build: { label: " 1.0 " } }))).toBe(
      "CONFLICT: There is a build '1.0' already. Make it current, or change what it says.",
    );
    expect(await refusal(me.entries.makeCurrent({ ...where, label: "9" }))).toBe(
      "NOT_FOUND: This entry has no build '9'.",
    );
    expect(await codeOf(me.entries.describeBuild({ ...where, label: "9", details: {} }))).toBe(
      "NOT_FOUND",
    );
  });

  it("that an agent named is verified by whoever says what it is", async () => {
    const { event, me, where } = await makeOwn();
    const parties = [
      { role: "uac", entry: "alpha", build: "nightly" },
      { role: "uas", entry: "beta", build: "1.0" },
    ];
    await push(event, await event.tokenOf("alpha"), [item({ parties })]);
    const nightly = async () =>
      (await me.entries.bySlug(where)).builds.find(({ label }) => label === "nightly");
    expect(await nightly()).toMatchObject({ verified: false, isCurrent: true });
    await me.entries.describeBuild({
      ...where,
      label: "nightly",
      details: { commit: "75a168a9", note: "ours" },
    });
    expect(await nightly()).toMatchObject({ verified: true, commit: "75a168a9", note: "ours" });
  });

  it("named by an agent and by a person at once makes one build each, and no deadlock", async () => {
    const { event, me, where } = await makeOwn();
    const token = await event.tokenOf("alpha");
    const rounds = Array.from({ length: 6 }, (_, at) => at);
    const parties = (build: string) => [
      { role: "uac", entry: "alpha", build },
      { role: "uas", entry: "beta", build: "1.0" },
    ];
    const [pushed] = await Promise.all([
      Promise.all(rounds.map((at) => push(event, token, [item({ parties: parties(`a${at}`) })]))),
      Promise.all(
        rounds.map((at) => me.entries.addBuild({ ...where, build: { label: `p${at}` } })),
      ),
    ]);
    expect(pushed.map(({ accepted }) => accepted)).toEqual(rounds.map(() => 1));
    const { builds } = await me.entries.bySlug(where);
    expect(builds.map(({ label }) => label).toSorted()).toEqual(
      ["1.0", ...rounds.map((at) => `a${at}`), ...rounds.map((at) => `p${at}`)].toSorted(),
    );
  });
});

describe("tracks and roles", () => {
  it("are set as a whole; results in a track that one leaves stay in its matrix", async () => {
    const { event, me, where } = await makeOwn();
    await push(event, await event.tokenOf(null), [item()]);
    await me.entries.setPlays({ ...where, tracks: {} });
    const { choices } = await me.entries.bySlug(where);
    expect(choices).toMatchObject([{ slug: "calls", isIn: false, played: [] }]);
    const { matrix } = await me.matrices.byTrack({ eventSlug: event.slug, trackSlug: "calls" });
    expect(matrix.grids[0]?.cells).toHaveLength(1);
    expect(await refusal(me.entries.setPlays({ ...where, tracks: { calls: ["srs"] } }))).toMatch(
      /^UNPROCESSABLE_CONTENT: The track 'calls' has no role 'srs'/,
    );
  });
});
