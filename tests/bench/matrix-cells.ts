// node matrix-cells.mjs SLUG TOKEN RUN CELLS: pushes one result into each of so many cells, by the product's own write.
import { randomUUID } from "node:crypto";
import { authenticateAgent } from "@/lib/auth/agents";
import { grant } from "@/lib/auth/permit";
import { database } from "@/lib/db/client";
import { recordResults } from "@/lib/results/write/record";
import { ENTRIES, TESTS } from "./batches";

const [slug = "", token = "", runId = "", cells = "0"] = process.argv.slice(2);
const BATCH = 1000;
const OUTCOMES = ["pass", "pass", "pass", "pass", "fail", "timeout", "degraded", "unsupported"];
const BEGAN = Date.UTC(2026, 10, 20, 9);

function itemOf(at: number) {
  const row = Math.floor(at / TESTS) % ENTRIES;
  const outcome = OUTCOMES[(at * 5) % OUTCOMES.length];
  return {
    id: randomUUID(),
    test: `C-${at % TESTS}`,
    parties: [
      { role: "uac", entry: `e-${row}`, build: "1.0" },
      {
        role: "uas",
        entry: `e-${(row + 1 + Math.floor(at / (TESTS * ENTRIES))) % ENTRIES}`,
        build: "1.0",
      },
    ],
    outcome,
    ...(outcome === "unsupported" && { unsupportedBy: ["uas"] }),
    startedAt: new Date(BEGAN + at).toISOString(),
  };
}

const { actor, scope } = await authenticateAgent(`Bearer ${token}`, slug);
const permit = grant(actor, "result.push", scope);
const items = Array.from({ length: Number(cells) }, (_, at) => itemOf(at));
for (let at = 0; at < items.length; at += BATCH) {
  const { accepted } = await recordResults(permit, runId, items.slice(at, at + BATCH));
  if (accepted < Math.min(BATCH, items.length - at)) throw new Error(`accepted ${accepted}`);
}
const { pool, prisma } = database();
await prisma.$disconnect();
if (!pool.ended) await pool.end();
