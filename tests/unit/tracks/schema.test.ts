import { describe, expect, it } from "vitest";
import { catalogueTestSchema, catalogueTrackSchema } from "@/lib/tracks/schema";

const test = {
  key: "DTLS-01",
  title: "Handshake",
  kind: "pair",
  level: "must",
  roles: [
    { key: "client", min: 1, max: 1 },
    { key: "server", min: 1, max: 1 },
  ],
  purpose: "Shows that it works.",
  steps: [{ phase: "stimulus", text: "Client starts" }],
  expected: "Established",
  passCriteria: "Established",
  failCriteria: "Not established",
};
const faults = (value: object) =>
  catalogueTestSchema
    .safeParse({ ...test, ...value })
    .error?.issues.map(({ path }) => path.join("."));

describe("a test of the catalogue", () => {
  it("is directional, no measurement and without variants unless it says otherwise", () => {
    expect(catalogueTestSchema.parse(test)).toMatchObject({
      directional: true,
      measured: false,
      aliases: [],
      aliasVariants: {},
      variants: {},
      accepted: {},
    });
  });

  it("refuses a field that it does not know", () => {
    expect(catalogueTestSchema.safeParse({ ...test, verdict: "pass" }).success).toBe(false);
  });

  it("refuses a role that may never be filled", () => {
    expect(faults({ roles: [{ key: "client", min: 0, max: 0 }] })).toEqual(["roles.0"]);
    expect(faults({ roles: [{ key: "client", min: 2, max: 1 }] })).toEqual(["roles.0"]);
  });

  it("refuses a variant without values, and a step of an unknown kind", () => {
    expect(faults({ variants: { alg: [] } })).toEqual(["variants.alg"]);
    expect(faults({ steps: [{ phase: "look", text: "x" }] })).toEqual(["steps.0.phase"]);
  });

  it("keeps the mark of what was not verified", () => {
    const references = [{ cite: "RFC 5764 §4.1", verified: false }];
    expect(catalogueTestSchema.parse({ ...test, references }).references).toEqual(references);
    expect(faults({ references: [{ cite: "RFC 5764 §4.1" }] })).toEqual(["references.0.verified"]);
  });

  it("refuses an alias with a control character", () => {
    expect(faults({ aliases: ["18.verify\nexpired"] })).toEqual(["aliases.0"]);
  });
});

describe("a track of the catalogue", () => {
  it("is open and answers to the RFC profile unless it says otherwise", () => {
    const track = { slug: "dtls", title: "DTLS", intro: "Handshakes.", tests: [test] };
    const roles = [{ key: "client", label: "Client" }];
    expect(catalogueTrackSchema.parse({ ...track, roles })).toMatchObject({
      restricted: false,
      profile: "rfc",
      notes: {},
    });
  });
});
