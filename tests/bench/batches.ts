import { randomUUID } from "node:crypto";

/** An event of the size that research/results.md calls the design point, on the axis of entries. */
export const ENTRIES = 60;
export const TESTS = 100;
export const AGENTS = 8;
const BATCH = 1000;

export type Fixture = {
  slug: string;
  eventId: string;
  agents: { token: string; runId: string }[];
};

/** How many cells a batch of 1,000 results touches. */
export const MIXES = { few: { peers: 25, tests: 1 }, many: { peers: 50, tests: 20 } } as const;
export type Mix = keyof typeof MIXES;

const OUTCOMES = ["pass", "pass", "pass", "pass", "fail", "timeout", "degraded", "skipped"];
const BEGAN = Date.UTC(2026, 10, 20, 9);
let made = 0;

/** Goes on as if so many batches had been made: what is stored already is older than what comes. */
export function skipTo(count: number) {
  made = count;
}

/**
 * 1,000 results of one implementation, the agent's, against its peers. Each agent has cells of its own,
 * and comes back to them with every fifth batch at the latest.
 */
export function makeBatch(mix: Mix, agent: number): object {
  const { peers, tests } = MIXES[mix];
  made += 1;
  const items = Array.from({ length: BATCH }, (_, at) => ({
    id: randomUUID(),
    test: `C-${((made % 5) * tests + Math.floor(at / peers)) % (5 * tests)}`,
    attempt: 1 + Math.floor(at / (peers * tests)),
    parties: [
      { role: "uac", entry: `e-${agent}`, build: "1.0" },
      { role: "uas", entry: `e-${(agent + 1 + (at % peers)) % ENTRIES}`, build: "1.0" },
    ],
    outcome: OUTCOMES[(made * 7 + at * 5) % OUTCOMES.length],
    startedAt: new Date(BEGAN + made * 1000 + at).toISOString(),
    durationMs: at * 3,
    ...(at % 10 === 0 && {
      message: `Expected 200 OK, received 486 Busy Here after 32 s; see the capture at frame ${at}.`,
    }),
  }));
  return { schema: "1", items };
}
