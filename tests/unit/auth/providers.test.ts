import { describe, expect, it } from "vitest";
import { identityOfClaims, identityOfGitHub } from "@/lib/auth/providers";

const user = { id: 7, login: "ann", name: null };
const email = (address: string, primary: boolean, verified: boolean) => ({
  email: address,
  primary,
  verified,
});

describe("GitHub", () => {
  it("vouches for the primary address when it is verified", () => {
    const emails = [email("b@x.org", false, true), email("a@x.org", true, true)];
    expect(identityOfGitHub(user, emails)).toMatchObject({
      subject: "7",
      name: "ann",
      email: "a@x.org",
      isEmailVerified: true,
    });
  });

  it("does not vouch by another address for a primary one that is not verified", () => {
    const emails = [email("a@x.org", true, false), email("b@x.org", false, true)];
    expect(identityOfGitHub(user, emails)).toMatchObject({
      email: "a@x.org",
      isEmailVerified: false,
    });
  });

  it("may tell no address at all", () => {
    expect(identityOfGitHub(user, [])).toMatchObject({ email: "", isEmailVerified: false });
  });
});

describe("OpenID Connect", () => {
  it.each([
    [true, true],
    ["true", true],
    [false, false],
    ["false", false],
    [undefined, false],
    ["yes", false],
  ])("email_verified %j is taken as %j", (claim, expected) => {
    const claims = {
      sub: "s",
      email: "a@x.org",
      ...(claim === undefined ? {} : { email_verified: claim }),
    };
    expect(identityOfClaims(claims).isEmailVerified).toBe(expected);
  });

  it("falls back to the user name", () => {
    expect(identityOfClaims({ sub: "s", preferred_username: "ann" }).name).toBe("ann");
  });
});
