import type { Page } from "@playwright/test";
import { pushResult } from "@/tests/setup/push";
import { signIn } from "@/tests/setup/sign-in";
import { expect, test } from "@/tests/setup/test";

const TRACK = "/events/loopback/tracks/security";
const EDIT = "/events/loopback/entries/kamailio-registrar/edit";
const PAIR = { tester: "sipvicious", target: "kamailio-registrar" };

/** Opens the restricted track and waits until it hears of changes. */
async function watch(page: Page) {
  expect((await page.goto(TRACK))?.status()).toBe(200);
  await expect(page.locator(".live-state")).toContainText("Live");
}

const mark = (page: Page, words: RegExp) => page.getByRole("link", { name: words });

/** Nothing of the matrix is left on the page, though nobody touched it. */
async function expectCleared(page: Page) {
  await expect(page.locator(".matrix")).toHaveCount(0, { timeout: 15_000 });
  await expect(page.getByRole("link", { name: /SEC-/ })).toHaveCount(0);
}

test("a restricted track shows, as it happens, each role what it may see and nobody else anything", async ({
  newPage,
  page: visitor,
  request,
}) => {
  const [party, lead, organizer] = [await newPage(), await newPage(), await newPage()];
  const [outsider, foreigner] = [await newPage(), await newPage()];
  await signIn(party, "roles-party@example.org", "--member-of", "loopback/kamailio-registrar");
  // A lead is usually a participant too; here of an entry that has no part in the track.
  await signIn(lead, "roles-lead@example.org", "--member-of", "loopback/openssl");
  await signIn(lead, "roles-lead@example.org", "--lead-of", "loopback/security");
  await signIn(organizer, "roles-organizer@example.org", "--organizer-of", "loopback");
  await signIn(outsider, "roles-outsider@example.org", "--member-of", "loopback/gnutls");
  await signIn(foreigner, "roles-foreigner@example.org", "--member-of", "opensipit-03/asterisk");
  const others = [visitor, outsider, foreigner];
  for (const page of others) expect((await page.goto(TRACK))?.status()).toBe(404);
  for (const page of [party, lead, organizer]) await watch(page);

  await pushResult(request, { track: "security", test: "SEC-01", parties: PAIR });
  for (const page of [party, lead, organizer]) {
    await expect(mark(page, /SEC-01.*confirmed.*pass/i)).toBeVisible();
  }

  const alone = { tester: "sipvicious" };
  await pushResult(request, { track: "security", test: "SEC-07", parties: alone });
  const foreign = mark(lead, /SEC-07.*confirmed.*pass/i);
  await expect(foreign).toBeVisible();
  await expect(mark(organizer, /SEC-07.*confirmed.*pass/i)).toBeVisible();
  await pushResult(request, { track: "security", test: "SEC-02", parties: PAIR });
  await expect(mark(party, /SEC-02.*confirmed.*pass/i)).toBeVisible();
  await expect(mark(party, /SEC-07.*pass/i)).toHaveCount(0);

  // The address of a cell that one may not see is nobody's address.
  const address = (await foreign.getAttribute("href")) ?? "";
  expect((await lead.goto(address))?.status()).toBe(200);
  for (const page of [party, ...others]) expect((await page.goto(address))?.status()).toBe(404);
  for (const page of others) {
    await page.goto("/events/loopback");
    const track = page.getByRole("row", { name: /^Security/ });
    await expect(track).toContainText("shown to its parties");
  }
});

test("who is no member any more sees the open page empty itself", async ({ newPage }) => {
  const [leaver, mate] = [await newPage(), await newPage()];
  await signIn(leaver, "roles-leaver@example.org", "--member-of", "loopback/kamailio-registrar");
  await signIn(mate, "roles-mate@example.org", "--member-of", "loopback/kamailio-registrar");
  await watch(leaver);
  await mate.goto(EDIT);
  await mate.getByRole("button", { name: "Remove roles-leaver@example.org" }).click();
  await expect(mate.getByRole("status")).toContainText("no member any more");
  await expectCleared(leaver);
});

test("signing out everywhere ends what is open in the other browser", async ({ newPage }) => {
  const [open, elsewhere] = [await newPage(), await newPage()];
  await signIn(open, "roles-twice@example.org", "--organizer-of", "loopback");
  await watch(open);
  await signIn(elsewhere, "roles-twice@example.org");
  await elsewhere.goto("/account");
  await elsewhere.getByRole("button", { name: "Sign out everywhere" }).click();
  await expect(elsewhere).toHaveURL(/\/$/);
  await expectCleared(open);
});
