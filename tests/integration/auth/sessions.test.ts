import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { POST as signOut } from "@/app/api/sign-out/route";
import { findSession } from "@/lib/auth/sessions";
import { db } from "@/lib/db/client";
import { callAs } from "@/tests/factories/caller";
import { makeAccount, makeSession } from "@/tests/factories/person";

const HOUR = 3_600_000;
const at = (ms: number) => new Date(Date.UTC(2026, 8, 21) + ms);

const leave = (token: string, fields: Record<string, string> = {}) =>
  signOut(
    new Request("http://localhost:3000/api/sign-out", {
      method: "POST",
      headers: { cookie: `plugfest.session=${token}`, "sec-fetch-site": "same-origin" },
      body: new URLSearchParams(fields),
    }),
  );

describe("a session", () => {
  it("is found by its cookie's value, which the database does not hold", async () => {
    const { id } = await makeAccount();
    const token = await makeSession(id);
    const [row] = await db.session.findMany({ where: { userId: id } });
    expect(await findSession(token)).toEqual({ personId: id, sessionId: row?.id });
    expect(row?.sessionToken).toMatch(/^[0-9a-f]{64}$/);
    expect(JSON.stringify(row)).not.toContain(token);
    expect(await findSession(row?.sessionToken ?? "")).toBeNull();
  });

  it("ends after twelve hours without use", async () => {
    const { id } = await makeAccount();
    const token = await makeSession(id, at(0));
    expect(await findSession(token, at(12 * HOUR - 1))).not.toBeNull();
    expect(await findSession(token, at(24 * HOUR - 2))).not.toBeNull();
    expect(await findSession(token, at(36 * HOUR))).toBeNull();
  });

  it("ends after seven days however much it is used", async () => {
    const { id } = await makeAccount();
    const token = await makeSession(id, at(0));
    for (let hours = 6; hours < 168; hours += 6) {
      expect(await findSession(token, at(hours * HOUR))).not.toBeNull();
    }
    expect(await findSession(token, at(168 * HOUR - 1))).not.toBeNull();
    expect(await findSession(token, at(168 * HOUR))).toBeNull();
  });

  it("is written to at most once a minute", async () => {
    const { id } = await makeAccount();
    const token = await makeSession(id, at(0));
    const seen = async () => (await db.session.findFirst({ where: { userId: id } }))?.lastSeenAt;
    await findSession(token, at(59_000));
    expect(await seen()).toEqual(at(0));
    await findSession(token, at(61_000));
    expect(await seen()).toEqual(at(61_000));
  });

  it("is cleared away once it has ended", async () => {
    const old = await makeAccount();
    await makeSession(old.id, new Date(Date.now() - 13 * HOUR));
    await makeSession((await makeAccount()).id);
    expect(await db.session.count({ where: { userId: old.id } })).toBe(0);
  });
});

describe("signing out", () => {
  it("ends this session and no other", async () => {
    const { id } = await makeAccount();
    const [here, there] = [await makeSession(id), await makeSession(id)];
    const response = await leave(here);
    expect(response.status).toBe(303);
    expect(response.headers.get("location")).toBe("/");
    expect(response.headers.get("set-cookie")).toMatch(/^plugfest\.session=;.*Max-Age=0/);
    expect(await findSession(here)).toBeNull();
    expect(await findSession(there)).not.toBeNull();
  });

  it("everywhere ends every session of this person and nobody else's", async () => {
    const [ann, bob] = [await makeAccount(), await makeAccount()];
    const tokens = [await makeSession(ann.id), await makeSession(ann.id)];
    const other = await makeSession(bob.id);
    await leave(tokens[0] ?? "", { everywhere: "yes" });
    expect(await Promise.all(tokens.map((token) => findSession(token)))).toEqual([null, null]);
    expect(await findSession(other)).not.toBeNull();
  });

  it("is not done for another site", async () => {
    const { id } = await makeAccount();
    const token = await makeSession(id);
    const response = await signOut(
      new Request("http://localhost:3000/api/sign-out", {
        method: "POST",
        headers: { cookie: `plugfest.session=${token}`, origin: "https://evil.example" },
        body: "",
      }),
    );
    expect(response.status).toBe(403);
    expect(await findSession(token)).not.toBeNull();
  });
});

describe("the account page", () => {
  it("lists one's own sessions that are still good", async () => {
    const [ann, bob] = [await makeAccount(), await makeAccount()];
    await makeSession(ann.id);
    await makeSession(bob.id);
    const sessions = await (await ann.caller()).persons.sessions();
    expect(sessions).toMatchObject([{ method: "email", userAgent: null }]);
    expect(Object.keys(sessions[0] ?? {}).sort()).toEqual([
      "createdAt",
      "expiresAt",
      "id",
      "lastSeenAt",
      "method",
      "userAgent",
    ]);
  });

  it("ends one of them", async () => {
    const ann = await makeAccount();
    const [here, there] = [await makeSession(ann.id), await makeSession(ann.id)];
    const session = await findSession(there);
    await (await ann.caller()).persons.endSession({ sessionId: session?.sessionId ?? "" });
    expect(await findSession(there)).toBeNull();
    expect(await findSession(here)).not.toBeNull();
  });

  it("does not end somebody else's, and says the same as for one that never was", async () => {
    const [ann, bob] = [await makeAccount(), await makeAccount()];
    const token = await makeSession(bob.id);
    const session = await findSession(token);
    const caller = await ann.caller();
    const end = (sessionId: string) => caller.persons.endSession({ sessionId });
    const foreign = await end(session?.sessionId ?? "").catch((error: unknown) => error);
    const unknown = await end(randomUUID()).catch((error: unknown) => error);
    expect(foreign).toMatchObject({ code: "NOT_FOUND" });
    expect(String(foreign)).toBe(String(unknown));
    expect(await findSession(token)).not.toBeNull();
  });

  it("keeps the name and the zone, and refuses a zone that is none", async () => {
    const ann = await makeAccount();
    const caller = await ann.caller();
    await caller.persons.change({ name: "  Ann  ", zone: "Europe/Bucharest" });
    expect(await caller.persons.viewer()).toEqual({ name: "Ann" });
    expect(await caller.persons.profile()).toEqual({
      name: "Ann",
      email: ann.email,
      zone: "Europe/Bucharest",
      identities: [],
    });
    await expect(
      caller.persons.change({ name: "Ann", zone: "Mars/Olympus" }),
    ).rejects.toMatchObject({ code: "BAD_REQUEST" });
  });

  it("takes an identity off this account only", async () => {
    const [ann, bob] = [await makeAccount(), await makeAccount()];
    for (const { id } of [ann, bob]) {
      await db.account.create({
        data: { userId: id, type: "oauth", provider: "idp", providerAccountId: id },
      });
    }
    const caller = await ann.caller();
    expect((await caller.persons.profile()).identities).toMatchObject([{ provider: "idp" }]);
    await caller.persons.disconnect({ provider: "idp" });
    expect((await caller.persons.profile()).identities).toEqual([]);
    expect(await db.account.count({ where: { userId: bob.id } })).toBe(1);
    await expect(caller.persons.disconnect({ provider: "idp" })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });

  it("is nobody's who is not signed in", async () => {
    await expect((await callAs(null)).persons.profile()).rejects.toMatchObject({
      code: "UNAUTHORIZED",
    });
    await expect((await callAs(null)).persons.sessions()).rejects.toMatchObject({
      code: "UNAUTHORIZED",
    });
  });
});
