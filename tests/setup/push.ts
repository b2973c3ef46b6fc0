import { randomUUID } from "node:crypto";
import type { APIRequestContext } from "@playwright/test";
import type { BatchReply } from "@/lib/results/schema";
import { mintNeutralToken } from "@/tests/setup/site";
import { expect } from "@/tests/setup/test";

type Told = {
  test: string;
  /** role -> entry, or `entry@build` */
  parties: Record<string, string>;
  variant?: Record<string, string>;
  outcome?: string;
};

type Batch = {
  event?: string;
  track: string;
  /** The token of an agent; a neutral harness speaks without one. */
  token?: string;
  startedAt?: string;
  results: readonly Told[];
};

/** What an agent says in one run, through the door of the agents; resolves to how it was taken. */
export async function pushResults(
  request: APIRequestContext,
  { event = "loopback", track, token = mintNeutralToken(event), results, ...when }: Batch,
): Promise<BatchReply> {
  const headers = { authorization: `Bearer ${token}` };
  const run = `/api/v1/events/${event}/runs/${randomUUID()}`;
  const { startedAt = new Date().toISOString() } = when;
  const manifest = {
    schema: "1",
    track,
    agent: { name: "journey", version: "1" },
    source: { format: "plugfest", files: [] },
    startedAt,
    sentAt: startedAt,
  };
  expect((await request.put(run, { headers, data: manifest })).status()).toBe(201);
  const items = results.map(({ test, parties, variant = {}, outcome = "pass" }) => ({
    ...{ id: randomUUID(), test, variant, outcome, startedAt },
    parties: Object.entries(parties).map(([role, told]) => {
      const [entry, build] = told.split("@");
      return { role, entry, build };
    }),
  }));
  const answer = await request.post(`${run}/results`, { headers, data: { schema: "1", items } });
  const reply = (await answer.json()) as BatchReply;
  expect(reply).toMatchObject({ accepted: items.length });
  return reply;
}

/** One result under a name that the track knows. */
export async function pushResult(
  request: APIRequestContext,
  { track, token, ...told }: Told & Pick<Batch, "track" | "token">,
) {
  const reply = await pushResults(request, { track, ...(token && { token }), results: [told] });
  expect(reply).toMatchObject({ unmapped: 0 });
}
