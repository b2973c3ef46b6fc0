import type { APIResponse, Page } from "@playwright/test";
import { addressOf, findCellId, ROUTES, type Route } from "@/tests/setup/routes";
import { signIn } from "@/tests/setup/sign-in";
import { expect, test } from "@/tests/setup/test";

const PAGES = ROUTES.filter(({ kind }) => kind === "page");
const SECURITY = "/api/v1/events/loopback/tracks/security";

/** The answer to a browser, without following to where it is sent. */
const ask = (page: Page, address: string) =>
  page.request.get(address, { maxRedirects: 0, timeout: 20_000 });

test("what is not there is 404 on every page, before the first byte of the answer", async ({
  newPage,
  request,
}) => {
  test.slow();
  const page = await newPage();
  await signIn(page, "walks-404@example.org", "--organizer-of", "loopback");
  const cellId = await findCellId(request);
  const wrong: string[] = [];
  for (const route of PAGES) {
    for (const name of route.names) {
      const address = addressOf(route, { cellId, [name]: "none-such" });
      const status = (await ask(page, address)).status();
      if (status !== 404) wrong.push(`${status} ${address}`);
    }
  }
  expect(wrong).toEqual([]);
});

const inTrack = ({ pattern, isRead }: Route) => isRead && pattern.includes("[trackSlug]");
/** The theme and the test plan of a restricted track are no secret, nor that it has leads (ADR 7). */
const OPEN = /\/tracks\/\[trackSlug\]\/(tests|plan|new-test|lead\/notes)\b/;
/** What a route must be asked for. */
const QUERIES: Record<string, string> = { "badge.svg": "?entry=kamailio-registrar" };

/** Nothing of the results is told. A door for agents alone does not open to a browser at all. */
async function isKept(answer: APIResponse, { pattern }: Route): Promise<boolean> {
  if (answer.status() === 404 || answer.status() === 401) return true;
  return OPEN.test(pattern) && !/kamailio-registrar|\/cells\//.test(await answer.text());
}

test("a restricted track is 404 to whoever has no part in it, by every door", async ({
  newPage,
  request,
}) => {
  test.slow();
  const [visitor, stranger, outsider, foreigner, organizer] = [
    await newPage(),
    await newPage(),
    await newPage(),
    await newPage(),
    await newPage(),
  ];
  await signIn(stranger, "walks-nobody@example.org");
  await signIn(outsider, "walks-outsider@example.org", "--member-of", "loopback/gnutls");
  await signIn(foreigner, "walks-foreigner@example.org", "--member-of", "opensipit-03/asterisk");
  await signIn(organizer, "walks-organizer@example.org", "--organizer-of", "loopback");
  const answer = await organizer.request.get(`${SECURITY}/matrix.json`);
  const matrix = (await answer.json()) as { grids: { cells: { id: string }[] }[] };
  const cellId = matrix.grids.flatMap(({ cells }) => cells)[0]?.id ?? "";
  expect(cellId).not.toBe("");

  const routes = ROUTES.filter(inTrack);
  expect(routes.length).toBeGreaterThan(6);
  const wrong: string[] = [];
  for (const route of routes) {
    const query = QUERIES[route.pattern.split("/").at(-1) ?? ""] ?? "";
    const given = { trackSlug: "security", testKey: "SEC-01", cellId };
    const address = `${addressOf(route, given)}${query}`;
    for (const [who, page] of Object.entries({ visitor, stranger, outsider, foreigner })) {
      const answer = await ask(page, address);
      if (!(await isKept(answer, route))) wrong.push(`${who}: ${answer.status()} ${address}`);
    }
  }
  expect(wrong).toEqual([]);
  expect((await request.get(`${SECURITY}/stream`)).status()).toBe(404);

  const plan = await visitor.goto("/events/loopback/tracks/security/tests");
  expect(plan?.status()).toBe(200);
  await expect(visitor.getByRole("link", { name: /SEC-01/ }).first()).toBeVisible();
});
