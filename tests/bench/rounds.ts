import { gzipSync } from "node:zlib";
import { groupBy } from "@/lib/core/group";
import { type Fixture, type Mix, makeBatch } from "./batches";
import { type Prepared, prepareStatements, type Side } from "./sides";

/** `count` batches, dealt to `agents` in turn; their transactions are recorded one after the other. */
export async function prepareRound(
  fixture: Fixture,
  mix: Mix,
  { agents, count }: { agents: number; count: number },
): Promise<Prepared[]> {
  const prepared: Prepared[] = [];
  for (let at = 0; at < count; at += 1) {
    const agent = at % agents;
    const batch = makeBatch(mix, agent) as { items: unknown[] };
    prepared.push({
      agent,
      zipped: gzipSync(JSON.stringify(batch)),
      statements: await prepareStatements(fixture, agent, batch),
    });
  }
  return prepared;
}

/** Each agent stores its batches one after the other, all agents at once. Resolves to results per second. */
export async function measureRound(side: Side, prepared: readonly Prepared[]): Promise<number> {
  const queues = groupBy(prepared, ({ agent }) => agent);
  const began = performance.now();
  await Promise.all(
    [...queues.values()].map(async (queue) => {
      for (const one of queue) await side.store(one);
    }),
  );
  return (prepared.length * 1000) / ((performance.now() - began) / 1000);
}

/** The middle one, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low = Number.NaN, high = low] = sorted.slice(
    Math.ceil(middle) - 1,
    Math.floor(middle) + 1,
  );
  return (low + high) / 2;
}

/** The value below which `share` of the values lie. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
