// node matrix-naive.mjs SLUG: the compact matrix as one would read it first: every result by Prisma, folded in JavaScript by
// the product's own fold. It asks nobody's rights. Prints how long that took, and what the grids say.
import { createHash } from "node:crypto";
import { fold, hear, NO_VOICES } from "@/lib/cells/rules";
import type { Origin, Utterance } from "@/lib/cells/schema";
import { database, db } from "@/lib/db/client";
import { compactGrid } from "@/lib/exports/rules";
import { buildGrids } from "@/lib/matrices/rules";
import type { SourceCell } from "@/lib/matrices/schema";
import type { Outcome } from "@/lib/results/schema";
import { signatureOf } from "@/lib/tracks/rules";

const [slug = ""] = process.argv.slice(2);
/** All rows at once would need more memory than Node takes by itself. */
const PORTION = 5000;

type Party = { role: string; entry: string; build: string | null };
type Heard = { parties: Party[]; test: string; utterance: Utterance };

async function readResults(trackId: string): Promise<Map<string, Heard[]>> {
  const cells = new Map<string, Heard[]>();
  for (let after = 0n; ; ) {
    const rows = await db.result.findMany({
      where: { trackId, seq: { gt: after } },
      orderBy: { seq: "asc" },
      take: PORTION,
    });
    for (const row of rows) {
      const parties = row.parties as Party[];
      const utterance: Utterance = {
        speaker: row.entryId ?? "",
        origin: row.origin as Origin,
        builds: parties
          .map(({ entry, build }) => `${entry}@${build ?? ""}`)
          .sort()
          .join(" "),
        outcome: row.outcome as Outcome,
        startedAt: row.startedAt.getTime(),
        attempt: row.attempt,
        id: row.id,
        seq: String(row.seq),
        testVersion: row.testVersion ?? 1,
        exchange: row.exchange,
        answers: null,
        denial: row.denial,
      };
      const key = `${row.test} ${parties.map(({ role, entry }) => `${role}:${entry}`).join(" ")}`;
      const heard = cells.get(key) ?? [];
      heard.push({ parties, test: row.test, utterance });
      cells.set(key, heard);
    }
    const last = rows.at(-1);
    if (!last) return cells;
    after = last.seq;
  }
}

async function readMatrix(): Promise<string> {
  const track = await db.track.findFirstOrThrow({
    where: { slug: "calls", event: { slug } },
    include: {
      roles: { orderBy: { position: "asc" } },
      tests: { orderBy: [{ position: "asc" }, { key: "asc" }] },
      entries: { include: { entry: { include: { currentBuild: true } } } },
    },
  });
  const positions = new Map(track.roles.map(({ key, position }) => [key, position]));
  const tests = track.tests.map((test) => ({
    ...test,
    level: test.level as "must",
    roles: test.roles as { key: string; min: number; max: number }[],
    variants: test.variants as Record<string, string[]>,
  }));
  const byKey = new Map(tests.map((test) => [test.key, test]));
  const heard = await readResults(track.id);
  const cells = [...heard].flatMap(([id, all]): SourceCell[] => {
    const [first] = all;
    const test = byKey.get(first?.test ?? "");
    if (!first || !test) return [];
    const voices = hear(
      NO_VOICES,
      all.map(({ utterance }) => utterance),
    );
    const parties = first.parties.map(({ role, entry }) => ({ role, entry }));
    const view = fold(voices ?? NO_VOICES, [...new Set(parties.map(({ entry }) => entry))]);
    if (view.state === "untested") return [];
    return [
      {
        id,
        testCaseId: test.id,
        variant: {},
        parties,
        signature: signatureOf(test.roles, positions).join("+"),
        state: view.state,
        outcome: view.outcome,
        sides: view.sides,
        sidesOf: view.sidesOf,
        attempts: all.length,
        flaky: view.flaky,
        knownIssue: false,
        tested: {},
        testVersion: view.testVersion,
        latestAt: view.latestAt === null ? null : new Date(view.latestAt).toISOString(),
      },
    ];
  });
  const entries = track.entries
    .map(({ entry, roles }) => ({
      id: entry.id,
      number: entry.number,
      entry: entry.slug,
      name: entry.name,
      kind: entry.kind as "participant",
      build: entry.currentBuild?.label ?? null,
      currentBuildId: entry.currentBuildId,
      plays: roles,
      consent: { named: false, passing: false, failing: false },
    }))
    .sort((a, b) => a.name.localeCompare(b.name, "en"));
  const grids = buildGrids({
    ...{ eventSlug: slug, trackSlug: "calls", roles: track.roles, tests, entries, cells },
    needsConsent: false,
  });
  return JSON.stringify(grids.map(compactGrid));
}

await db.$queryRaw`SELECT 1`; // the connection is not what is measured
const began = performance.now();
const grids = await readMatrix();
const ms = performance.now() - began;
const told = (JSON.parse(grids) as { cells: string }[]).map(({ cells }) => cells).join("\n");
const digest = createHash("sha256").update(told).digest("hex");
process.stdout.write(JSON.stringify({ ms, digest }));
const { pool, prisma } = database();
await prisma.$disconnect();
if (!pool.ended) await pool.end();
