import { describe, expect, it } from "vitest";
import { matchIn, pageActions } from "@/components/palette/choices";

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
