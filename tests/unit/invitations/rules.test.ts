import { describe, expect, it } from "vitest";
import { hashInvitationToken, newInvitationToken } from "@/lib/auth/invitation-token";
import { mayGive, stateOf } from "@/lib/invitations/rules";
import { invitationTokenSchema } from "@/lib/invitations/schema";

describe("an invitation", () => {
  const now = new Date("2026-11-20T10:00:00Z");
  const open = { expiresAt: new Date(now.getTime() + 1), revokedAt: null, acceptedAt: null };

  it("is open until it is accepted, taken back, or its time is over", () => {
    expect(stateOf(open, now)).toBe("open");
    expect(stateOf({ ...open, expiresAt: now }, now)).toBe("expired");
    expect(stateOf({ ...open, revokedAt: now }, now)).toBe("revoked");
    expect(stateOf({ ...open, acceptedAt: now, revokedAt: now }, now)).toBe("accepted");
  });

  it("gives no more than its maker may", () => {
    const roles = ["member", "lead", "organizer"] as const;
    const given = (isOrganizer: boolean, isMember: boolean) =>
      roles.filter((role) => mayGive(role, { isOrganizer, isMember }));
    expect(given(true, false)).toEqual(roles);
    expect(given(false, true)).toEqual(["member"]);
    expect(given(false, false)).toEqual([]);
  });

  it("has a token of 160 bits, of which the hash says nothing without the site's secret", () => {
    const token = newInvitationToken();
    expect(invitationTokenSchema.parse(token)).toBe(token);
    expect(Buffer.from(token, "base64url")).toHaveLength(20);
    expect(hashInvitationToken(token, "a").equals(hashInvitationToken(token, "b"))).toBe(false);
    expect(hashInvitationToken(token, "a").equals(hashInvitationToken(token, "a"))).toBe(true);
  });
});
