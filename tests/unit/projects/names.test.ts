import { describe, expect, it } from "vitest";
import { findNear, findSame, foldName, freeSlug, slugOf } from "@/lib/projects/rules";

const named = (slug: string, name: string, aliases: string[] = []) => ({ slug, name, aliases });
const PROJECTS = [
  named("freeswitch", "FreeSWITCH", ["FS"]),
  named("kamailio", "Kamailio", ["OpenSER", "SER"]),
  named("opensips", "OpenSIPS"),
  named("sipp", "SIPp", ["sip-tester"]),
  named("baresip", "baresip", ["libre"]),
  named("razvan", "Răzvan's proxy"),
];
const sameAs = (name: string) => findSame(name, PROJECTS)?.slug;
const near = (name: string) => findNear(name, PROJECTS).map(({ slug }) => slug);

describe("a project's name", () => {
  it.each([
    ["FreeSwitch", "freeswitch"],
    ["freeswitch", "freeswitch"],
    ["Free SWITCH", "freeswitch"],
    ["free-switch", "freeswitch"],
    ["fs", "freeswitch"],
    ["openser", "kamailio"],
    ["SIP tester", "sipp"],
    ["Razvan's Proxy", "razvan"],
  ])("finds %s as %s, in any spelling and by an alias", (typed, slug) => {
    expect(sameAs(typed)).toBe(slug);
  });

  it.each([
    ["Freeswich", ["freeswitch"]],
    ["Kamailio SIP Server", ["kamailio"]],
    ["open-sip", ["opensips"]],
    ["kamalio", ["kamailio"]],
    ["SIPs", ["sipp"]],
  ])("takes %s for a slip of %j", (typed, slugs) => {
    expect(sameAs(typed)).toBeUndefined();
    expect(near(typed)).toEqual(slugs);
  });

  it.each(["Asterisk", "Janus", "drachtio", "rtpengine", "pjsip"])("takes %s for new", (typed) => {
    expect(sameAs(typed)).toBeUndefined();
    expect(near(typed)).toEqual([]);
  });

  it("is nobody's when it has no letter or digit", () => {
    expect(foldName("+++")).toBe("");
    expect(sameAs("+++")).toBeUndefined();
    expect(near("+++")).toEqual([]);
  });

  it("becomes an address that is free", () => {
    expect(slugOf("OpenSIPS Control Panel")).toBe("opensips-control-panel");
    expect(slugOf("Răzvan & sons!")).toBe("razvan-sons");
    expect(slugOf("你好")).toBe("project");
    expect(slugOf("x".repeat(100))).toHaveLength(60);
    expect(freeSlug("a", new Set(["a", "a-2"]))).toBe("a-3");
    expect(freeSlug("y".repeat(60), new Set(["y".repeat(60)]))).toBe(`${"y".repeat(58)}-2`);
  });
});
