import { randomUUID } from "node:crypto";
import type { APIRequestContext } from "@playwright/test";
import { mintNeutralToken } from "@/tests/setup/site";
import { expect } from "@/tests/setup/test";

type Said = {
  track: string;
  test: string;
  /** role -> entry */
  parties: Record<string, string>;
  outcome?: string;
  /** The token of an agent; a neutral harness speaks without one. */
  token?: string;
};

/** What a harness says of one exchange, through the door of the agents. */
export async function pushResult(request: APIRequestContext, said: Said) {
  const { track, test, outcome = "pass", token = mintNeutralToken("loopback") } = said;
  const headers = { authorization: `Bearer ${token}` };
  const run = `/api/v1/events/loopback/runs/${randomUUID()}`;
  const startedAt = new Date().toISOString();
  const manifest = {
    schema: "1",
    track,
    agent: { name: "journey", version: "1" },
    source: { format: "plugfest", files: [] },
    startedAt,
    sentAt: startedAt,
  };
  expect((await request.put(run, { headers, data: manifest })).status()).toBe(201);
  const parties = Object.entries(said.parties).map(([role, entry]) => ({ role, entry }));
  const items = [{ id: randomUUID(), test, outcome, startedAt, parties }];
  const answer = await request.post(`${run}/results`, { headers, data: { schema: "1", items } });
  expect(await answer.json()).toMatchObject({ accepted: 1, unmapped: 0 });
}
