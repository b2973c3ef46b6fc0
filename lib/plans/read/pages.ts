import { hash } from "node:crypto";
import type { Permit } from "@/lib/auth/permit";
import { Refusal } from "@/lib/core/refusal";
import { database } from "@/lib/db/client";
import { type CatalogueTrack, catalogueTrackSchema } from "@/lib/tracks/schema";
import { judgeImport } from "../rules";
import type { ImportPreview, PlannedPage, PlannedTest, PlanPage } from "../schema";
import { readNamesInUse, readPlan } from "./plan";

/** The plan of a track as a list, the retired tests last: one query. */
export async function loadPlan({ scope }: Permit<"track.lead">): Promise<PlanPage> {
  const { track, tests } = await readPlan(database().pool, scope.trackId);
  return {
    track,
    rows: tests.map(({ content, version, retired, shapes }) => ({
      key: content.key,
      title: content.title,
      version,
      level: content.level,
      kind: content.kind,
      retired,
      hasResults: shapes.length > 0,
    })),
  };
}

/** The plan as a file that can be taken in again, without what is retired. One query. */
export async function loadPlanFile({ scope }: Permit<"track.view">): Promise<CatalogueTrack> {
  const { track, tests } = await readPlan(database().pool, scope.trackId);
  const current = tests.filter(({ retired }) => !retired).map(({ content }) => content);
  return { ...track, tests: current };
}

const VERSIONS = `
SELECT v.version, v.published_at, p.name AS by FROM test_case_version v LEFT JOIN person p ON p.id = v.published_by
WHERE v.test_case_id = $1 ORDER BY v.version DESC`;

type VersionRow = { version: number; published_at: Date; by: string | null };

/** One test of the plan, retired or not, with its versions: two queries. */
export async function loadPlannedTest(
  { scope }: Permit<"track.lead">,
  key: string,
): Promise<PlannedPage> {
  const { pool } = database();
  const { track, tests } = await readPlan(pool, scope.trackId);
  const test = tests.find(({ content }) => content.key === key);
  if (!test) throw new Refusal("not_found", `No test '${key}' in this track.`);
  const { rows } = await pool.query<VersionRow>(VERSIONS, [test.id]);
  return {
    track,
    content: test.content,
    version: test.version,
    retired: test.retired,
    hasResults: test.shapes.length > 0,
    seen: seenOf(test),
    versions: rows.map(({ published_at, ...row }) => ({
      ...row,
      publishedAt: published_at.toISOString(),
    })),
  };
}

/** Tells what somebody has seen of a test from any other state of it. */
export const seenOf = ({ content, version, retired }: PlannedTest): string =>
  hash("sha256", JSON.stringify([content, version, retired])).slice(0, 16);

/** What taking a plan in would do, and a word for this very answer. Three queries at most. */
export async function previewImport(
  { scope }: Permit<"track.plan">,
  text: string,
): Promise<ImportPreview> {
  const given = parsePlan(text);
  const { pool } = database();
  const plan = await readPlan(pool, scope.trackId);
  const lines = judgeImport(plan, given, await readNamesInUse(pool, plan.trackId));
  return { lines, seen: seenOfLines(lines) };
}

export const seenOfLines = (lines: ImportPreview["lines"]): string =>
  hash("sha256", JSON.stringify(lines)).slice(0, 16);

/** A plan as an export has it. What is no plan is refused with where and why. */
export function parsePlan(text: string): CatalogueTrack {
  const parsed = catalogueTrackSchema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.slice(0, 8).map(({ path, message }) => {
    const pointer = `/${path.map(String).join("/")}`;
    return { pointer, code: "unfit", message: `${pointer}: ${message}` };
  });
  const where = faults.map(({ message }) => message).join("; ");
  throw new Refusal("invalid", `This is no test plan of a track: ${where}.`, faults);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Refusal("invalid", `This is no JSON: ${why}`);
  }
}
