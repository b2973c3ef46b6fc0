import { readdirSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import type { APIRequestContext, Page } from "@playwright/test";
import { signIn } from "@/tests/setup/sign-in";
import { expect, test } from "@/tests/setup/test";

// The scripts that a page names in its HTML, as they go over the wire; DESIGN.md section 9.

const BUDGETS = { public: 150, workspace: 220, matrix: 240 } as const;
type Kind = keyof typeof BUDGETS;

const MATRIX = "/events/[eventSlug]/tracks/[trackSlug]";
/** What somebody works with; the rest is for everybody to read. */
const WORKSPACE =
  /\/(account|agents|awaiting|cells|edit|evidence|invitations|join|kiosk|lead|log|new-test|outbox|plan|preview|raise|replay|desk|settings)(\/|$)/;
const kindOf = (route: string): Kind => {
  if (route === MATRIX) return "matrix";
  return WORKSPACE.test(route) ? "workspace" : "public";
};

const APP = path.resolve("app");
const ROUTES = readdirSync(APP, { recursive: true, encoding: "utf8" })
  .filter((file) => path.basename(file) === "page.tsx")
  .map((file) => `/${path.dirname(file)}`.replace(/\/\.$/, "/"))
  .sort();

const event = "/events/loopback";

const TRACK = `${event}/tracks/rfc8760`;

/** Where a value is to be looked up: the first match on a page, or in what the API answers. */
const LOOKED_UP: Record<string, { at: string; find: RegExp }> = {
  cellId: { at: `/api/v1${TRACK}/matrix.json`, find: /"id":"([0-9a-f-]{36})"/ },
  agentId: { at: `${event}/agents`, find: /\/agents\/([0-9a-f-]{36})/ },
  sha256: { at: `${TRACK}/cells/[cellId]`, find: /\/evidence\/([0-9a-f]{64})/ },
  key: { at: `${event}/summary/desk`, find: /\/summary\/desk\/([^"/?]+)"/ },
};
const KNOWN: Record<string, string> = {
  eventSlug: "loopback",
  trackSlug: "rfc8760",
  testKey: "R8760-01",
  entrySlug: "jssip",
  projectSlug: "jssip",
  otherSlug: "kamailio",
  day: "2026-11-22",
};
/** Pages that show something of another event only. */
const ADDRESSES: Record<string, string> = {
  "/events/[eventSlug]/issues/[number]": "/events/opensipit-03/issues/1",
  "/events/[eventSlug]/summary": "/events/opensipit-03/summary",
  "/events/[eventSlug]/summary/versions/[version]": "/events/opensipit-03/summary/versions/1",
};

/** What stands where a page is not for the reader; it would load less. */
const REFUSED = ["does not open this page", "This page is for people who take part"];

type Known = Record<string, string>;

async function addressOf(request: APIRequestContext, route: string, known: Known): Promise<string> {
  let address = ADDRESSES[route] ?? route;
  for (const [whole, name = ""] of address.matchAll(/\[(\w+)\]/g)) {
    const value = known[name] ?? (await lookUp(request, name, known));
    if (value === undefined) throw new Error(`${route}: tell this test a value for ${whole}.`);
    address = address.replace(whole, value);
  }
  return address;
}

async function lookUp(request: APIRequestContext, name: string, known: Known) {
  const looked = LOOKED_UP[name];
  if (!looked) return undefined;
  const answer = await request.get(await addressOf(request, looked.at, known));
  return looked.find.exec(await answer.text())?.[1];
}

/** Somebody to whom every page opens: organizer, and member of an entry. */
async function takePart(page: Page) {
  for (const part of ["--member-of=loopback/jssip", "--organizer-of=loopback"]) {
    await signIn(page, "budgets@example.org", part);
  }
}

async function invite(page: Page): Promise<string> {
  await page.goto(`${event}/invitations`);
  await page.getByLabel("For whom").first().fill("Somebody");
  await page.getByRole("button", { name: "Make a link" }).first().click();
  const link = await page.getByRole("textbox", { name: "The link" }).inputValue();
  return new URL(link).pathname.split("/").at(-1) ?? "";
}

/** The scripts that a page's HTML names for a browser of today. */
const scriptsIn = (html: string) =>
  new Set(
    [...html.matchAll(/<script\b[^>]*>/g)]
      .map(([tag]) => tag)
      // Browsers that know modules do not load what is marked for those that do not.
      .filter((tag) => !/\bnomodule\b/i.test(tag))
      .flatMap((tag) => /\bsrc="([^"]+)"/.exec(tag)?.[1] ?? []),
  );

test("no page loads more JavaScript than its budget", async ({ page, request }) => {
  test.setTimeout(120_000);
  await takePart(page);
  const known = { ...KNOWN, token: await invite(page) };
  const sizes = new Map<string, number>();
  const sizeOf = async (script: string) => {
    const weighed = sizes.get(script);
    if (weighed !== undefined) return weighed;
    const answer = await request.get(script);
    expect(answer.status(), script).toBe(200);
    const size = gzipSync(await answer.body()).length;
    sizes.set(script, size);
    return size;
  };
  const kBOf = async (asked: APIRequestContext, address: string) => {
    const answer = await asked.get(address);
    expect(answer.status(), address).toBe(200);
    const html = await answer.text();
    for (const words of REFUSED) expect(html, address).not.toContain(words);
    let bytes = 0;
    for (const script of scriptsIn(html)) bytes += await sizeOf(script);
    return Math.round(bytes / 100) / 10;
  };
  const rows: { route: string; reader: string; kB: number; budget: number }[] = [];
  for (const route of ROUTES) {
    const address = await addressOf(page.request, route, known);
    const kind = kindOf(route);
    // Somebody who takes part works on the pages that others only read.
    const own = BUDGETS[kind === "public" ? "workspace" : kind];
    const signedIn = await kBOf(page.request, address);
    rows.push({ route, reader: "takes part", kB: signedIn, budget: own });
    if (kind === "workspace") continue;
    rows.push({
      route,
      reader: "visitor",
      kB: await kBOf(request, address),
      budget: BUDGETS[kind],
    });
  }
  const lines = rows.map(
    ({ route, reader, kB, budget }) =>
      `${kB.toFixed(1).padStart(6)} kB of ${budget}  ${reader.padEnd(10)}  ${route}`,
  );
  process.stdout.write(`${lines.join("\n")}\n`);
  expect(rows.filter(({ kB, budget }) => kB > budget)).toEqual([]);
  // A page without a script would mean that this test looks in the wrong place.
  expect(rows.filter(({ kB }) => kB === 0)).toEqual([]);
});
