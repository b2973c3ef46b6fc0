// node event.mjs [AGENTS]: makes the event that the benchmarks push to, and prints what they need to know of it.
import { randomUUID } from "node:crypto";
import { authenticateAgent } from "@/lib/auth/agents";
import { grant } from "@/lib/auth/permit";
import { database } from "@/lib/db/client";
import { runSchema } from "@/lib/runs/schema";
import { declareRun } from "@/lib/runs/write";
import { makeEvent, makeTest } from "@/tests/factories/event";
import { manifest } from "@/tests/factories/push";
import { AGENTS, ENTRIES, type Fixture, TESTS } from "./batches";

async function makeFixture(count: number): Promise<Fixture> {
  const event = await makeEvent({
    tests: Array.from({ length: TESTS }, (_, at) => makeTest(`C-${at}`)),
    entries: Array.from({ length: ENTRIES }, (_, at) => ({ slug: `e-${at}` })),
  });
  const agents: Fixture["agents"] = [];
  for (let at = 0; at < count; at += 1) {
    const token = await event.tokenOf(null);
    const { actor, scope } = await authenticateAgent(`Bearer ${token}`, event.slug);
    const runId = randomUUID();
    await declareRun(grant(actor, "run.declare", scope), runId, runSchema.parse(manifest()));
    agents.push({ token, runId });
  }
  return { slug: event.slug, eventId: event.eventId, agents };
}

process.stdout.write(JSON.stringify(await makeFixture(Number(process.argv[2] ?? AGENTS))));
const { pool, prisma } = database();
await prisma.$disconnect();
if (!pool.ended) await pool.end();
