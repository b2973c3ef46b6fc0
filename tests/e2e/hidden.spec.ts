import type { Page } from "@playwright/test";
import { addressOf, findCellId, ROUTES, type Route } from "@/tests/setup/routes";
import { signIn } from "@/tests/setup/sign-in";
import { expect, test } from "@/tests/setup/test";

const PAGES = ROUTES.filter(({ kind }) => kind === "page");
const SECURITY = "/api/v1/events/loopback/tracks/security";

/** What is asked for, answered as a browser would hear it, without following to where it is sent. */
async function statusOf(page: Page, address: string): Promise<number> {
  const response = await page.request.get(address, { maxRedirects: 0, timeout: 20_000 });
  return response.status();
}

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
      const status = await statusOf(page, address);
      if (status !== 404) wrong.push(`${status} ${address}`);
    }
  }
  expect(wrong).toEqual([]);
});

/** The theme and the test plan of a restricted track are no secret (ADR 7); a lead's pages are refused. */
const OPEN = /\/tracks\/\[trackSlug\]\/(tests|plan|new-test)\b/;
const inTrack = ({ pattern, isRead }: Route) =>
  isRead && pattern.includes("[trackSlug]") && !OPEN.test(pattern);

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
    const address = addressOf(route, { trackSlug: "security", testKey: "SEC-01", cellId });
    for (const [who, page] of Object.entries({ visitor, stranger, outsider, foreigner })) {
      const status = await statusOf(page, address);
      // A door for agents alone does not open to a browser at all.
      if (status !== 404 && status !== 401) wrong.push(`${who}: ${status} ${address}`);
    }
  }
  expect(wrong).toEqual([]);
  expect((await request.get(`${SECURITY}/stream`)).status()).toBe(404);

  const plan = await visitor.goto("/events/loopback/tracks/security/tests");
  expect(plan?.status()).toBe(200);
  await expect(visitor.getByRole("link", { name: /SEC-01/ }).first()).toBeVisible();
});
