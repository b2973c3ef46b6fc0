import { describe, expect, it } from "vitest";
import { GET as whoAmI } from "@/app/api/v1/agent/route";
import { SCOPES } from "@/lib/agents/schema";
import { db } from "@/lib/db/client";
import { callAs, makeMember, makeOrganizer } from "@/tests/factories/caller";
import { makeEvent } from "@/tests/factories/event";
import { codeOf, makeOwn, refusal } from "@/tests/factories/own-entry";
import { item, push, request } from "@/tests/factories/push";
import { queriesOf } from "@/tests/factories/queries";

const wanted = (entry: string | null) => ({ name: "vm", entry, scopes: [...SCOPES] });
const statusOf = async (token: string) =>
  (await whoAmI(request("agent", "GET", { token }), {})).status;

describe("a member's own agents", () => {
  it("are made, push for their entry, and are seen with their token and what they did", async () => {
    const { event, me } = await makeOwn();
    const where = { eventSlug: event.slug };
    const { agentId, token } = await me.agents.create({ ...where, agent: wanted("alpha") });
    expect(token).toMatch(/^pf_agt_/);
    expect(await push(event, token, [item()])).toMatchObject({ accepted: 1 });
    const { agents, entries, mayMakeNeutral } = await me.agents.list(where);
    expect({ entries, mayMakeNeutral }).toEqual({
      entries: [{ slug: "alpha", name: "alpha" }],
      mayMakeNeutral: false,
    });
    expect(agents).toMatchObject([
      {
        id: agentId,
        name: "vm",
        entry: { slug: "alpha" },
        isRevoked: false,
        isSilent: false,
        beat: null,
        tokens: [{ state: "live", scopes: SCOPES }],
        runs: [{ track: { slug: "calls" }, state: "open", accepted: 1, truncated: false }],
        turnedDown: 0,
      },
    ]);
    expect(JSON.stringify(agents)).not.toContain(token);
  });

  it("may do no more than they were made for", async () => {
    const { event, me } = await makeOwn();
    const agent = { ...wanted("alpha"), scopes: ["runs:read" as const], days: 7 };
    const { token } = await me.agents.create({ eventSlug: event.slug, agent });
    await expect(push(event, token, [item()])).rejects.toThrow("lacks the scope results:write");
    const row = await db.agentToken.findFirstOrThrow({
      where: { agent: { name: "vm", eventId: event.eventId } },
    });
    const days = (row.expiresAt.getTime() - row.createdAt.getTime()) / 86_400_000;
    expect(Math.round(days)).toBe(7);
  });

  it("speak for nobody else: not for another entry, and not for nobody", async () => {
    const { event, me } = await makeOwn();
    const make = (entry: string | null) =>
      refusal(me.agents.create({ eventSlug: event.slug, agent: wanted(entry) }));
    expect(await make("beta")).toBe(
      "FORBIDDEN: Only members of an entry and the organizers make an agent that speaks for it.",
    );
    expect(await make(null)).toBe(
      "FORBIDDEN: Only the organizers of the event make a neutral agent: it speaks for every side.",
    );
    expect(await make("gamma")).toContain("NOT_FOUND");
  });

  it("are nobody's to see or end but theirs and the organizers'", async () => {
    const { event, me } = await makeOwn();
    const where = { eventSlug: event.slug };
    const { agentId, token } = await me.agents.create({ ...where, agent: wanted("alpha") });
    const other = await callAs(await makeMember(event.entryIds.beta ?? ""));
    expect((await other.agents.list(where)).agents).toEqual([]);
    const one = { ...where, agentId };
    const [mine] = (await me.agents.list(where)).agents;
    const tokenId = mine?.tokens[0]?.id ?? "";
    expect(await codeOf(other.agents.byId(one))).toBe("NOT_FOUND");
    expect(await codeOf(other.agents.revoke(one))).toBe("NOT_FOUND");
    expect(await codeOf(other.agents.revokeToken({ ...one, tokenId }))).toBe("NOT_FOUND");
    expect(await codeOf(other.agents.rotate({ ...one, token: { scopes: [...SCOPES] } }))).toBe(
      "NOT_FOUND",
    );
    expect(await codeOf((await callAs(null)).agents.list(where))).toBe("UNAUTHORIZED");
    const foreign = await makeEvent();
    const stranger = await callAs(await makeOrganizer(foreign.eventId));
    expect(await codeOf(stranger.agents.list(where))).toBe("FORBIDDEN");
    expect(await codeOf(stranger.agents.byId({ eventSlug: foreign.slug, agentId }))).toBe(
      "NOT_FOUND",
    );
    expect(await statusOf(token)).toBe(200);
    const organizer = await callAs(await makeOrganizer(event.eventId));
    expect((await organizer.agents.list(where)).agents).toHaveLength(1);
    await organizer.agents.revoke(one);
    expect(await statusOf(token)).toBe(401);
  });
});

describe("a token", () => {
  it("is rotated: two are good at once, never three, until the older one is revoked", async () => {
    const { event, me } = await makeOwn();
    const where = { eventSlug: event.slug };
    const { agentId, token } = await me.agents.create({ ...where, agent: wanted("alpha") });
    const one = { ...where, agentId };
    const rotate = () => me.agents.rotate({ ...one, token: { scopes: [...SCOPES] } });
    const { token: next } = await rotate();
    expect([await statusOf(token), await statusOf(next)]).toEqual([200, 200]);
    expect(await refusal(rotate())).toContain("CONFLICT: Two tokens of this agent are live");
    const { agent } = await me.agents.byId(one);
    const tokenId = agent.tokens.at(-1)?.id ?? "";
    await me.agents.revokeToken({ ...one, tokenId });
    expect([await statusOf(token), await statusOf(next)]).toEqual([401, 200]);
    expect(await codeOf(me.agents.revokeToken({ ...one, tokenId }))).toBe("NOT_FOUND");
    await rotate();
    await me.agents.revoke(one);
    expect(await statusOf(next)).toBe(401);
    expect(await codeOf(rotate())).toBe("NOT_FOUND");
    const audit = await db.audit.findMany({ where: { subject: agentId }, orderBy: { id: "asc" } });
    expect(audit.map(({ action }) => action)).toEqual([
      "agent.create",
      "agent.rotate",
      "agent.revoke",
      "agent.rotate",
      "agent.revoke",
    ]);
  });

  it("lets two who rotate at once make one", async () => {
    const { event, me } = await makeOwn();
    const where = { eventSlug: event.slug };
    const { agentId } = await me.agents.create({ ...where, agent: wanted("alpha") });
    const rotate = () =>
      codeOf(me.agents.rotate({ ...where, agentId, token: { scopes: [...SCOPES] } }));
    expect((await Promise.all([rotate(), rotate()])).toSorted()).toEqual(["CONFLICT", "done"]);
  });

  it("may no more than whoever made it: it ends when they leave, and a colleague's stays", async () => {
    const { event, me, personId } = await makeOwn();
    const where = { eventSlug: event.slug };
    const { agentId, token } = await me.agents.create({ ...where, agent: wanted("alpha") });
    const colleague = await callAs(await makeMember(event.entryIds.alpha ?? ""));
    const { token: theirs } = await colleague.agents.rotate({
      ...where,
      agentId,
      token: { scopes: [...SCOPES] },
    });
    await db.entryMember.deleteMany({ where: { personId } });
    expect([await statusOf(token), await statusOf(theirs)]).toEqual([401, 200]);
  });

  it("of a neutral agent ends when its organizer is none any more", async () => {
    const event = await makeEvent();
    const personId = await makeOrganizer(event.eventId);
    const organizer = await callAs(personId);
    const { token } = await organizer.agents.create({ eventSlug: event.slug, agent: wanted(null) });
    expect(await statusOf(token)).toBe(200);
    await db.organizer.deleteMany({ where: { personId } });
    expect(await statusOf(token)).toBe(401);
  });
});

describe("the list", () => {
  it("takes as many queries for one agent as for three", async () => {
    const event = await makeEvent();
    const organizer = await callAs(await makeOrganizer(event.eventId));
    const list = () => organizer.agents.list({ eventSlug: event.slug });
    await event.tokenOf("alpha");
    await list();
    const one = await queriesOf(list);
    await event.tokenOf("beta");
    await push(event, await event.tokenOf(null), [item()]);
    expect(await queriesOf(list)).toBe(one);
    expect((await list()).agents.map(({ name }) => name)).toEqual(["neutral", "alpha", "beta"]);
  });

  it("tells who has not been seen for long", async () => {
    const { event, me } = await makeOwn();
    await event.tokenOf("alpha");
    const where = { eventSlug: event.slug };
    const silent = async (minutes: number) => {
      const lastSeenAt = new Date(Date.now() - minutes * 60_000);
      await db.agent.updateMany({ where: { eventId: event.eventId }, data: { lastSeenAt } });
      return (await me.agents.list(where)).agents[0]?.isSilent;
    };
    expect([await silent(14), await silent(16)]).toEqual([false, true]);
  });
});
