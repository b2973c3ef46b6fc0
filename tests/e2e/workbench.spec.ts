import type { Page } from "@playwright/test";
import { expectAccessible } from "@/tests/setup/accessible";
import { pushResult } from "@/tests/setup/push";
import { signIn } from "@/tests/setup/sign-in";
import { expect, test } from "@/tests/setup/test";

const TRACK = "/events/loopback/tracks/dtls";

async function open(page: Page, query = "") {
  await page.goto(`${TRACK}${query}`);
  await expect(page.locator(".live-state")).toContainText("Live");
  await expect(page.getByRole("grid").first()).toBeVisible();
}

const grid = (page: Page) => page.getByRole("grid", { name: /DTLS client .*× DTLS server/ });
const focused = (page: Page) => page.locator(":focus");
/** Where the focus is in its grid, head row and head column counted. */
const place = (page: Page) =>
  page.evaluate(() => {
    const cell = document.activeElement?.closest("td, th");
    const row = cell?.closest("tr");
    const rows = [...(row?.closest("table")?.querySelectorAll("tbody tr") ?? [])];
    return [rows.indexOf(row as Element) + 1, (cell as HTMLTableCellElement | null)?.cellIndex];
  });

test("the matrix is one tab stop, walked by arrows, and Enter and Escape lead in and out", async ({
  page,
}) => {
  await open(page);
  const table = grid(page);
  await expect(table.locator('[tabindex="0"]')).toHaveCount(1);
  await expect(table.locator("a:not([tabindex='-1'])")).toHaveCount(0);

  // By Tab from the button before it, and by one more out of it.
  await page.getByRole("button", { name: "Keys" }).focus();
  await page.keyboard.press("Tab");
  await expect(focused(page)).toHaveRole("gridcell");
  expect(await place(page)).toEqual([1, 1]);
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowDown");
  expect(await place(page)).toEqual([2, 2]);
  await page.keyboard.press("Home");
  await expect(focused(page)).toHaveRole("rowheader");
  await page.keyboard.press("End");
  const [, last] = await place(page);
  await page.keyboard.press("Control+End");
  const end = await place(page);
  expect(end[1]).toBe(last);
  await page.keyboard.press("PageUp");
  expect((await place(page))[0]).toBeLessThan(end[0] ?? 0);
  await page.keyboard.press("Control+Home");
  expect((await place(page))[1]).toBe(0);
  await page.keyboard.press("ArrowRight");
  await expect(focused(page)).toHaveRole("columnheader");

  // Row and column of the cell in hand are marked.
  await page.keyboard.press("ArrowDown");
  await expect(table.locator("tr[data-cross]")).toHaveCount(1);
  await expect(table.locator("col[data-cross]")).toHaveCount(1);

  // A cell with several results is gone into, and left by Escape.
  await page.keyboard.press("ArrowRight");
  const cell = await place(page);
  await page.keyboard.press("Enter");
  await expect(focused(page)).toHaveRole("link");
  const one = await focused(page).getAttribute("aria-label");
  await page.keyboard.press("ArrowRight");
  expect(await focused(page).getAttribute("aria-label")).not.toBe(one);
  await page.keyboard.press("Escape");
  await expect(focused(page)).toHaveRole("gridcell");
  expect(await place(page)).toEqual(cell);
  await page.keyboard.press("Tab");
  expect(await table.evaluate((element) => element.contains(document.activeElement))).toBe(false);
});

test("Enter opens a result, and who comes back stands where they were", async ({ page }) => {
  await open(page, "?test=DTLS-01");
  const [first] = await grid(page).locator("td:has(a[href*='/cells/'])").all();
  await first?.focus();
  const before = await place(page);
  await page.keyboard.press("Enter");
  const panel = page.getByRole("complementary", { name: "Cell" });
  await panel.getByRole("link", { name: "The whole page" }).click();
  await expect(page).toHaveURL(/\/cells\//);
  await page.goBack();
  await expect(grid(page)).toBeVisible();
  await expect.poll(() => place(page)).toEqual(before);
});

test("single keys lead to the filter, to what wants attention and to the help; and can be switched off", async ({
  page,
}) => {
  await open(page);
  await page.keyboard.press("/");
  await expect(focused(page)).toHaveAccessibleName("Show only");
  await page.keyboard.press("Escape");
  await expect(focused(page)).toHaveRole("gridcell");

  await page.keyboard.press("n");
  const wanting = page.locator(".matrix a[data-need]:focus");
  await expect(wanting).toHaveCount(1);
  const one = await focused(page).getAttribute("aria-label");
  expect(one).toMatch(/disputed|reported|fail|timeout/);
  await page.keyboard.press("n");
  expect(await focused(page).getAttribute("aria-label")).not.toBe(one);
  await page.keyboard.press("p");
  expect(await focused(page).getAttribute("aria-label")).toBe(one);

  await page.keyboard.press("?");
  const help = page.getByRole("dialog", { name: "Keys in the matrix" });
  await expect(help).toBeVisible();
  await expectAccessible(page);
  await help.getByRole("checkbox").uncheck();
  await help.getByRole("button", { name: "Close" }).click();
  await expect(help).toBeHidden();
  await page.reload();
  await expect(page.getByRole("grid").first()).toBeVisible();
  await page.keyboard.press("?");
  await expect(help).toBeHidden();
  await page.getByRole("button", { name: "Keys" }).click();
  await expect(help).toBeVisible();
  await help.getByRole("checkbox").check();
});

test("the address says how the matrix is drawn", async ({ newPage }) => {
  const page = await newPage();
  await signIn(page, "bench-werift@example.org", "--member-of", "loopback/werift");
  await open(page);
  const form = page.getByRole("form", { name: "Filter the matrix" });
  await form.getByText("Order, density and what to leave out").click();
  await form.getByRole("combobox", { name: "First" }).selectOption({ label: "werift (yours)" });
  await form.getByRole("combobox", { name: "Density" }).selectOption("Compact");
  await form.getByRole("combobox", { name: "Order" }).selectOption("Attention first");
  await form.getByLabel("Rows for columns").check();
  await form.getByRole("button", { name: "Show" }).click();
  const { searchParams } = new URL(page.url());
  expect(searchParams.get("pin")).toBe("werift");
  await expect(page.locator(".bench")).toHaveAttribute("data-density", "compact");
  const table = page.getByRole("grid", { name: /DTLS client .*× DTLS server/ });
  await expect(table.locator("th[scope=colgroup]")).toContainText("DTLS client");
  await expect(table.getByRole("rowheader").first()).toContainText("werift");
  await expectAccessible(page);

  await open(page, "?hide=passing");
  const quiet = page.locator(".matrix a.mark[data-quiet]");
  await expect(
    page.locator('.matrix a.mark:not([data-quiet])[aria-label*=": confirmed pass"]'),
  ).toHaveCount(0);
  if ((await quiet.count()) > 0) await expect(quiet.first()).toHaveAccessibleName(/pass/);
  await expectAccessible(page);
});

test("results that arrive are marked, counted and told once, and nothing moves", async ({
  page,
  request,
}) => {
  await open(page);
  const mark = page
    .getByRole("link", { name: /DTLS-03, offerer libdatachannel, answerer werift/ })
    .first();
  const state = page.locator(".live-state");
  const shape = () =>
    page.evaluate(() => [
      window.scrollY,
      ...[...document.querySelectorAll(".matrix")].map(
        (table) => `${table.querySelectorAll("tr").length} ${table.querySelectorAll("td").length}`,
      ),
    ]);
  await page.evaluate(() => window.scrollTo(0, 200));
  const before = await shape();
  const parties = { offerer: "libdatachannel", answerer: "werift" };
  await pushResult(request, { track: "dtls", test: "DTLS-03", parties });
  await expect(mark).toHaveAttribute("data-changed", "true");
  await expect(state).toContainText("1 change since you looked");
  await pushResult(request, { track: "dtls", test: "DTLS-16", parties, outcome: "timeout" });
  await expect(state).toContainText("2 changes since you looked");
  expect(await shape()).toEqual(before);
  await expect(state.getByRole("status")).toHaveText(/^Changed: |changes? in the matrix/);
  await expect(mark).toHaveAttribute("tabindex", "-1");
  await state.getByRole("button", { name: "Seen" }).click();
  await expect(state).not.toContainText("since you looked");
  await expect(page.locator(".mark[data-changed]")).toHaveCount(0);
});

test("the workbench is accessible, light and dark, and on a phone", async ({ page }) => {
  await open(page);
  await expectAccessible(page);
  await open(page, "?test=DTLS-07&density=compact");
  await expectAccessible(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page);
  await expectAccessible(page);
});
