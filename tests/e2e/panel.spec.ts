import type { Page } from "@playwright/test";
import { expectAccessible } from "@/tests/setup/accessible";
import { signIn } from "@/tests/setup/sign-in";
import { expect, test } from "@/tests/setup/test";

const TRACK = "/events/loopback/tracks/dtls";
const panelOf = (page: Page) => page.getByRole("complementary", { name: "Cell" });

async function open(page: Page, address: string) {
  await page.goto(address);
  await expect(page.locator(".live-state")).toContainText("Live");
  await expect(page.getByRole("grid").first()).toBeVisible();
}

test("a cell opens beside the matrix by Enter, follows the arrows, and Escape leads back", async ({
  page,
  newPage,
}) => {
  await open(page, `${TRACK}?test=DTLS-01`);
  const square = page.locator("table.matrix td:has(a[href*='/cells/'])").first();
  await square.focus();
  await page.keyboard.press("Enter");
  const panel = panelOf(page);
  await expect(panel.getByRole("heading", { name: "What each side says" })).toBeVisible();
  await expect(page).toHaveURL(/cell=[0-9a-f-]{36}/);
  await expect(square).toBeFocused();
  await expectAccessible(page);

  // A second Enter goes in.
  const title = await panel.getByRole("heading", { level: 2 }).first().innerText();
  await page.keyboard.press("Enter");
  await expect(panel.getByRole("heading", { level: 2 }).first()).toBeFocused();
  const link = page.url();
  await page.keyboard.press("Escape");
  await expect(panel).toHaveCount(0);
  await expect(square).toBeFocused();
  await expect(page).not.toHaveURL(/cell=/);

  // The link opens the same for somebody else.
  const other = await newPage();
  await open(other, link);
  await expect(panelOf(other).getByRole("heading", { level: 2 }).first()).toHaveText(title);
});

test("a cell's panel leads to all that its two projects tested together; one with itself does not", async ({
  page,
}) => {
  await open(page, `${TRACK}?test=DTLS-01`);
  const panel = panelOf(page);
  const two = panel.getByRole("link", { name: "these two everywhere" });
  const openCell = async (name: RegExp) => {
    await page.locator("table.matrix td", { has: page.getByRole("link", { name }) }).focus();
    await page.keyboard.press("Enter");
    await expect(panel.getByRole("heading", { name: "What each side says" })).toBeVisible();
  };
  await openCell(/client GnuTLS, server GnuTLS:/);
  await expect(two).toHaveCount(0);
  await page.keyboard.press("Escape");
  await openCell(/client GnuTLS, server werift:/);
  await two.press("Enter");
  await page.waitForURL(/\/projects\/gnutls\/with\/werift$/);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("GnuTLS");
});

test("a letter on a cell of one's own logs, and is undone; on another's it says why not", async ({
  newPage,
}) => {
  const page = await newPage();
  await signIn(page, "fay-panels@example.org", "--member-of", "loopback/rtpengine");
  await open(page, `${TRACK}?test=DTLS-01`);
  await page.locator("table.matrix td:has(a[href*='rtpengine'])").first().focus();
  await page.keyboard.press("f");
  const panel = panelOf(page);
  await expect(panel.getByRole("radio", { name: "Fail" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(panel.locator(".log-status")).toHaveText("Logged: Fail.");
  await page.keyboard.press("z");
  await expect(panel.locator(".log-status")).toHaveText("Taken back. It stays in the history.");

  const visitor = await newPage();
  await open(visitor, `${TRACK}?test=DTLS-01`);
  await visitor.locator("table.matrix td:has(a[href*='/cells/'])").first().focus();
  await visitor.keyboard.press("f");
  await expect(visitor.locator(".panel-words")).toHaveText("Sign in to log a result.");
});
