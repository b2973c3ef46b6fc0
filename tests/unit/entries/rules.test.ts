import { describe, expect, it } from "vitest";
import {
  checkPlays,
  checkRequest,
  maySeeEntry,
  nameOfEntry,
  type Rival,
  refusalToChange,
  type Standing,
} from "@/lib/entries/rules";
import type { EntryState } from "@/lib/entries/schema";

const STATES = ["requested", "admitted", "declined", "withdrawn"] as const;
const standing = (state: EntryState, over: Partial<Standing> = {}): Standing => ({
  state,
  isMember: false,
  isOrganizer: false,
  ...over,
});

describe("an entry", () => {
  it("that is not admitted is seen by its members and the organizers alone", () => {
    const seenBy = (over: Partial<Standing>) =>
      STATES.filter((state) => maySeeEntry(standing(state, over)));
    expect(seenBy({})).toEqual(["admitted"]);
    expect(seenBy({ isMember: true })).toEqual(STATES);
    expect(seenBy({ isOrganizer: true })).toEqual(STATES);
  });

  it("is changed by its members and the organizers, while it is in or asked for", () => {
    const answers = (over: Partial<Standing>) =>
      STATES.map((state) => refusalToChange(standing(state, over))?.code ?? "granted");
    expect(answers({})).toEqual(["not_found", "forbidden", "not_found", "not_found"]);
    expect(answers({ isMember: true })).toEqual(["granted", "granted", "conflict", "conflict"]);
    expect(answers({ isOrganizer: true })).toEqual(["granted", "granted", "conflict", "conflict"]);
  });

  it("is called as its project, and told apart from the project's other entries", () => {
    const kamailio = { slug: "kamailio", name: "Kamailio" };
    expect(nameOfEntry(kamailio, { slug: "kamailio", name: undefined })).toBe("Kamailio");
    expect(nameOfEntry(kamailio, { slug: "strict", name: undefined })).toBe("Kamailio (strict)");
    expect(nameOfEntry(kamailio, { slug: "strict", name: "K" })).toBe("K");
  });
});

describe("roles", () => {
  const tracks = new Map([["calls", ["uac", "uas"]]]);

  it("are those of their track", () => {
    expect(checkPlays({ calls: ["uac", "uas"] }, tracks)).toEqual([]);
    expect(checkPlays({ calls: [] }, tracks)).toEqual([]);
  });

  it("of a track or a name that is not there are told one by one", () => {
    const faults = checkPlays({ calls: ["uac", "srs", "src"], video: ["uac"] }, tracks);
    expect(faults.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([
      "/tracks/calls no_role",
      "/tracks/calls no_role",
      "/tracks/video no_track",
    ]);
    expect(faults[0]?.message).toBe("The track 'calls' has no role 'srs'; it has uac, uas.");
  });
});

describe("asking to enter", () => {
  const rival = (over: Partial<Rival> = {}): Rival => ({
    slug: "kamailio",
    project: "kamailio",
    state: "admitted",
    isMember: false,
    ...over,
  });
  const ask = (slug: string, rivals: Rival[], note = "") =>
    checkRequest({ slug, note, project: "kamailio" }, rivals).map(({ code }) => code);
  const sentence = (rivals: Rival[]) =>
    checkRequest({ slug: "kamailio", note: "", project: "kamailio" }, rivals)[0]?.message;

  it("is fine when nothing is there", () => {
    expect(ask("kamailio", [])).toEqual([]);
  });

  it("once more needs a slug of its own and a word on how it differs", () => {
    expect(ask("kamailio", [rival()])).toEqual(["slug_taken"]);
    expect(ask("kamailio-strict", [rival()])).toEqual(["say_why"]);
    expect(ask("kamailio-strict", [rival()], " \n")).toEqual(["say_why"]);
    expect(ask("kamailio-strict", [rival()], "strict routing")).toEqual([]);
  });

  it("says who has the slug", () => {
    expect(sentence([rival()])).toMatch(/^This project is in already, as 'kamailio'.*invitation/);
    expect(sentence([rival({ isMember: true })])).toMatch(/^You are in already/);
    const requested = { state: "requested" } as const;
    expect(sentence([rival({ ...requested, isMember: true })])).toMatch(/^You have asked/);
    expect(sentence([rival(requested)])).toMatch(/^Somebody has asked/);
    expect(sentence([rival({ project: "other" })])).toMatch(/is in use at this event/);
  });

  it("takes the place of one's project again when it was declined or withdrawn", () => {
    expect(ask("kamailio", [rival({ state: "withdrawn" })])).toEqual([]);
    expect(ask("kamailio", [rival({ state: "declined" })])).toEqual([]);
    expect(ask("kamailio", [rival({ state: "withdrawn", project: "other" })])).toEqual([
      "slug_taken",
    ]);
  });

  it("does not tell of others' requests unless the slug is theirs", () => {
    expect(ask("kamailio-2", [rival({ state: "requested" })])).toEqual([]);
    expect(ask("kamailio-2", [rival({ state: "requested", isMember: true })])).toEqual(["say_why"]);
  });
});
