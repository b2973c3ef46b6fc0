import { describe, expect, it } from "vitest";
import { type Choice, couplesIn, matchIn, pageActions } from "@/components/palette/choices";

const PATH = "/events/loopback/tracks/dtls";

describe("what the palette offers", () => {
  it("holds every word typed, and names that begin so come first", () => {
    const choices = ["Show DTLS", "DTLS", "TLS"].map((label) => ({
      ...{ group: "track" as const, label, hint: "", path: label },
    }));
    expect(matchIn(choices, " dtls ").map(({ label }) => label)).toEqual(["DTLS", "Show DTLS"]);
    expect(matchIn(choices, "show d")).toHaveLength(1);
    expect(matchIn(choices, "sip")).toEqual([]);
  });

  it("turns a matrix' views on and off, and leaves the rest of its address", () => {
    const actions = pageActions({ pathname: PATH, query: "hide=passing,unsupported&test=A" });
    const pathOf = (label: string) => actions.find((one) => one.label === label)?.path;
    expect(pathOf("Show what passed")).toBe(`${PATH}?test=A&hide=unsupported`);
    expect(pathOf("Compact")).toContain("density=compact");
    expect(pageActions({ pathname: "/events/loopback", query: "" })).toEqual([]);
  });
});

const entry = (label: string, project: string): Choice => ({
  ...{ group: "entry", label, hint: label.toLowerCase(), path: `/entries/${label}`, project },
});
const ENTRIES = [
  entry("OpenSIPS", "opensips"),
  entry("OpenSIPS-b2b", "opensips"),
  entry("JsSIP", "jssip"),
  { group: "track", label: "JsSIP calls", hint: "", path: "/tracks/jssip" } as const,
];
const coupled = (text: string) => couplesIn(ENTRIES, text).map(({ path }) => path);

describe("two entries typed one after the other", () => {
  it("lead to all that their projects tested together, whichever comes first", () => {
    const words = ["opensips jssip", "JsSIP with open", "  OpenSIPS-b2b and jssip "];
    for (const text of words) expect(coupled(text)).toEqual(["/projects/jssip/with/opensips"]);
    expect(couplesIn(ENTRIES, "jssip × opensips")).toMatchObject([
      { group: "couple", label: "JsSIP with OpenSIPS-b2b" },
    ]);
  });

  it("lead nowhere for one project with itself, for one name, for three and for none", () => {
    for (const text of ["opensips b2b", "jssip", "opensips jssip b2b", "jssip calls", ""])
      expect(coupled(text)).toEqual([]);
  });
});
