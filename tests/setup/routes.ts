import fs from "node:fs";
import path from "node:path";
import type { APIRequestContext } from "@playwright/test";

const APP = path.resolve(import.meta.dirname, "../../app");

/**
 * What stands for each name in an address, of the demonstration: a page or route with a new name needs a
 * line here, or the walks below fail. A few name nothing that is there: what they would name is a secret,
 * or is made by a journey of its own.
 */
const EXAMPLES: Readonly<Record<string, string>> = {
  eventSlug: "loopback",
  trackSlug: "dtls",
  testKey: "DTLS-01",
  entrySlug: "openssl",
  projectSlug: "openssl",
  otherSlug: "gnutls",
  number: "1",
  version: "1",
  day: "2026-11-22",
  key: "overview",
  form: "none",
  deed: "none",
  provider: "none",
  token: "none",
  trpc: "none",
  agentId: "none",
  runId: "none",
  sha256: "none",
};

export type Route = {
  /** As the folder has it: `/events/[eventSlug]`. */
  pattern: string;
  kind: "page" | "route";
  names: string[];
  /** Whether a browser may ask for it. */
  isRead: boolean;
};

/** Every page and route, from the files that Next serves. */
export const ROUTES: readonly Route[] = fs
  .readdirSync(APP, { recursive: true, encoding: "utf8" })
  .filter((file) => /(^|\/)(page\.tsx|route\.ts)$/.test(file))
  .map((file) => {
    const pattern = `/${path.dirname(file)}`.replace(/^\/\.$/, "/");
    const isPage = file.endsWith("page.tsx");
    return {
      pattern,
      kind: isPage ? ("page" as const) : ("route" as const),
      names: [...pattern.matchAll(/\[(?:\.\.\.)?(\w+)\]/g)].map(([, name]) => name ?? ""),
      isRead: isPage || /\bGET\b/.test(fs.readFileSync(path.join(APP, file), "utf8")),
    };
  })
  .sort((a, b) => a.pattern.localeCompare(b.pattern, "en"));

/** The address of a route with these names in it, and the examples for all others. */
export const addressOf = (
  { pattern }: Pick<Route, "pattern">,
  given: Readonly<Record<string, string>>,
): string =>
  pattern.replace(/\[(?:\.\.\.)?(\w+)\]/g, (_, name: string) => {
    const example = given[name] ?? EXAMPLES[name];
    if (example === undefined) {
      throw new Error(`${pattern}: give an example of [${name}] in tests/setup/routes.ts.`);
    }
    return encodeURIComponent(example);
  });

/** The id of a cell that everybody may see. */
export async function findCellId(request: APIRequestContext): Promise<string> {
  const answer = await request.get("/api/v1/events/loopback/tracks/dtls/matrix.json");
  const { grids } = (await answer.json()) as { grids: { cells: { id?: string }[] }[] };
  const id = grids.flatMap(({ cells }) => cells).find((cell) => cell.id)?.id;
  if (!id) throw new Error("The demonstration has no cell in dtls.");
  return id;
}
