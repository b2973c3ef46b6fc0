import type { Page } from "@playwright/test";
import { expectAccessible } from "@/tests/setup/accessible";
import { expect, test } from "@/tests/setup/test";

const TRACK = "/events/loopback/tracks/dtls";
const FILE = "/api/v1/events/loopback/tracks/dtls/matrix.json";

const field = (page: Page) => page.getByRole("combobox", { name: "Show only" });
const option = (page: Page, name: string) =>
  page.getByRole("listbox", { name: "Completions" }).getByRole("option", { name });

/** How many cells the page says it shows, over all of its grids. */
async function shown(page: Page): Promise<number> {
  const said = await page.getByText(/Showing \d+ of \d+ cells/).allTextContents();
  return said.reduce((sum, text) => sum + Number(/Showing (\d+)/.exec(text)?.[1]), 0);
}

test("a query is written by keyboard with what is offered, and stands in the address", async ({
  page,
}) => {
  await page.goto(TRACK);
  await expect(page.locator(".live-state")).toContainText("Live");
  await page.keyboard.press("/");
  await expect(field(page)).toBeFocused();

  await page.keyboard.type("outc");
  await page.keyboard.press("ArrowDown");
  await expect(option(page, "outcome:")).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  await expect(field(page)).toHaveValue("outcome:");
  await page.keyboard.type("fa");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Tab");
  await expect(field(page)).toHaveValue(/^outcome:fail ?$/);
  await expectAccessible(page);

  await page.keyboard.press("Enter");
  await page.waitForURL(/[?&]q=outcome(:|%3A)fail/);
  await expect(page.getByText(/Showing \d+ of \d+ cells/).first()).toBeVisible();
  await expect(field(page)).toHaveValue("outcome:fail");
});

test("Escape puts the offers away and leaves what was typed", async ({ page }) => {
  await page.goto(TRACK);
  await expect(page.locator(".live-state")).toContainText("Live");
  await field(page).fill("sta");
  await expect(option(page, "state:")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("listbox", { name: "Completions" })).toBeHidden();
  await expect(field(page)).toHaveValue("sta");
});

test("what is wrong in a query is told with its place, and the rest of it still filters", async ({
  page,
}) => {
  await page.goto(`${TRACK}?q=outcome:fial+state:confirmed`);
  const faults = page.getByRole("status").filter({ hasText: "character 1" });
  await expect(faults).toContainText("What is shown answers to state:confirmed.");
  await expect(field(page)).toHaveAttribute("aria-invalid", "true");
  await expectAccessible(page);
  await faults.getByRole("link", { name: "Use outcome:fail" }).click();
  await page.waitForURL(/outcome(:|%3A)fail/);
  await expect(field(page)).not.toHaveAttribute("aria-invalid");
});

test("page and file answer to the same query with the same cells", async ({ page, request }) => {
  const query = "?q=state:confirmed+-outcome:pass";
  await page.goto(`${TRACK}${query}`);
  await expect(page.locator(".live-state")).toContainText("Live");
  const answer = await request.get(`${FILE}${query}`);
  const { grids } = (await answer.json()) as { grids: { cells: { outcome: string }[] }[] };
  const outcomes = grids.flatMap(({ cells }) => cells.map(({ outcome }) => outcome));
  expect(outcomes.length).toBeGreaterThan(0);
  expect(outcomes).not.toContain("pass");
  expect(await shown(page)).toBe(outcomes.length);
});

test("without scripts the query is a field of a plain form", async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(TRACK);
  await page.locator("input[name=q]").fill("outcome:fail");
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await page.waitForURL(/[?&]q=outcome(:|%3A)fail/);
  expect(await shown(page)).toBeGreaterThan(0);
  await context.close();
});
