import type { Page } from "@playwright/test";
import { matrixSchema } from "@/lib/matrices/schema";
import { expectAccessible } from "@/tests/setup/accessible";
import { makeLargeEvent } from "@/tests/setup/large-event";
import { pushResults } from "@/tests/setup/push";
import { signIn } from "@/tests/setup/sign-in";
import { expect, test } from "@/tests/setup/test";

// 60 x 60 entries and 100 tests: more squares than a table should have.

let track = "";
let slug = "";
test.beforeAll(async () => {
  test.setTimeout(180_000);
  ({ slug } = await makeLargeEvent(9000));
  track = `/events/${slug}/tracks/calls`;
});

const grid = (page: Page) => page.getByRole("grid").first();
const focused = (page: Page) => page.locator(":focus");
/** Where the focus is, heads counted from 0: as assistive technology is told, from 1. */
const place = (page: Page) =>
  page.evaluate(() => {
    const cell = document.activeElement;
    const row = cell?.closest("[role=row]") ?? document.querySelector(`[aria-owns="${cell?.id}"]`);
    return [
      Number(row?.getAttribute("aria-rowindex")) - 1,
      Number(cell?.getAttribute("aria-colindex")) - 1,
    ];
  });

async function open(page: Page, query = "") {
  await signIn(page, "huge@example.org", "--member-of", `${slug}/e-1`);
  await page.goto(`${track}${query}`);
  await expect(page.locator(".live-state")).toContainText("Live");
  await expect(grid(page)).toBeVisible();
}

test("a grid too large for a table is walked by keyboard through rows that are not drawn yet", async ({
  page,
}) => {
  await open(page);
  const table = grid(page);
  await expect(table).toHaveAttribute("aria-rowcount", "61");
  await expect(table).toHaveAttribute("aria-colcount", "61");
  await expect(table.locator('[tabindex="0"]')).toHaveCount(1);
  const drawn = table.locator("[role=gridcell], [role=rowheader], [role=columnheader]");
  expect(await drawn.count()).toBeLessThan(1500);

  await page.getByRole("button", { name: "Keys" }).focus();
  await page.keyboard.press("Tab");
  await expect(focused(page)).toHaveRole("gridcell");
  expect(await place(page)).toEqual([1, 1]);
  for (let at = 0; at < 40; at += 1) await page.keyboard.press("ArrowDown");
  expect(await place(page)).toEqual([41, 1]);
  await expect(focused(page)).toBeInViewport();
  await page.keyboard.press("Control+End");
  expect(await place(page)).toEqual([60, 60]);
  await expect(focused(page)).toBeInViewport();
  await page.keyboard.press("PageUp");
  expect((await place(page))[0]).toBeLessThan(60);
  await page.keyboard.press("Home");
  await expect(focused(page)).toHaveRole("rowheader");
  await page.keyboard.press("Control+Home");
  expect(await place(page)).toEqual([0, 0]);
  await page.keyboard.press("ArrowRight");
  await expect(focused(page)).toHaveRole("columnheader");

  // Scrolled away from, the cell in hand stays in the document, and the focus in it.
  await table.evaluate((element) => element.closest(".huge-region")?.scrollTo(0, 1200));
  await page.waitForFunction(() => document.querySelector('[aria-rowindex="50"]') !== null);
  await expect(focused(page)).toHaveRole("columnheader");
  expect(await drawn.count()).toBeLessThan(1500);

  await page.keyboard.press("n");
  await expect(focused(page)).toHaveRole("gridcell");
  await expect(focused(page).getByRole("link")).toHaveAccessibleName(/fail|timeout|disputed/);
  const there = await place(page);
  await page.keyboard.press("n");
  expect(await place(page)).not.toEqual(there);
  // For whoever may log, p says "pass".
  await page.keyboard.press("N");
  expect(await place(page)).toEqual(there);
  await page.keyboard.press("/");
  await expect(page.locator(".filters :focus")).toHaveCount(1);
  await page.keyboard.press("Escape");
  expect(await place(page)).toEqual(there);
});

test("a square says how many of how many tests, and Enter opens them as a table", async ({
  page,
}) => {
  await open(page);
  await grid(page).getByRole("gridcell").nth(1).focus();
  await expect(focused(page).getByRole("link")).toHaveAccessibleName(/\d+ of 100 tests, \d+ /);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/rows=e-0&columns=e-1$/);
  await expect(page.getByRole("table").or(page.getByRole("grid")).first()).toBeVisible();
  await expect(
    page.locator(".matrix td a[href*='/cells/'], .matrix td a.mark").first(),
  ).toBeVisible();
  await expectAccessible(page);
  await page.goBack();
  await expect(grid(page)).toBeVisible();
  await expect(focused(page)).toHaveRole("gridcell");
  expect(await place(page)).toEqual([1, 2]);
});

test("a filter is answered in place, and is in the address", async ({ page }) => {
  await open(page);
  await page.evaluate(() => {
    document.body.dataset.same = "yes";
  });
  await page.getByText("Choose from lists").click();
  await page.getByRole("combobox", { name: "Outcome" }).selectOption("Timeout");
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await expect(page).toHaveURL(/\?outcome=timeout$/);
  // Of the hundred tests those that timed out somewhere stay.
  await expect(
    grid(page)
      .getByRole("link", { name: /: 25 of 25 tests, / })
      .first(),
  ).toBeVisible();
  await expect(page.locator("body")).toHaveAttribute("data-same", "yes");
  await page.getByRole("link", { name: /^Fail: show only these/ }).click();
  await expect(page).toHaveURL(/outcome=fail/);
  await expect(page.getByRole("combobox", { name: "Outcome" })).toHaveValue("fail");
  await page.goBack();
  await expect(page).toHaveURL(/\?outcome=timeout$/);
  await expect(page.locator("body")).toHaveAttribute("data-same", "yes");
});

test("a query is answered in place where the signs say enough, else by the server", async ({
  page,
}) => {
  await open(page);
  await page.evaluate(() => {
    document.body.dataset.same = "yes";
  });
  const field = page.getByRole("combobox", { name: "Show only" });
  const show = page.getByRole("button", { name: "Show", exact: true });
  await field.fill("outcome:timeout project:e-3");
  await show.click();
  await expect(page).toHaveURL(/\?q=outcome%3Atimeout\+project%3Ae-3$/);
  await expect(page.getByText(/Showing \d+ of 9000 cells/)).toBeVisible();
  const [, asked] =
    /Showing (\d+)/.exec((await page.locator(".data-note").first().textContent()) ?? "") ?? [];
  // The same is asked of the server, where every cell is looked at by itself.
  const answer = await page.request.get(
    `/api/v1${track}/matrix.json?q=outcome:timeout+project:e-3`,
  );
  const { grids } = matrixSchema.parse(await answer.json());
  expect(Number(asked)).toBe(grids[0]?.cells.length);
  await expect(page.locator("body")).toHaveAttribute("data-same", "yes");
  await page.goBack();
  await expect(page.getByText(/Showing \d+ of/)).toHaveCount(0);
  await expect(field).toHaveValue("");
  await expect(page.locator("body")).toHaveAttribute("data-same", "yes");

  await field.fill("changed:1h outcome:timeout");
  await show.click();
  await expect(page.getByText("Only what the query asks for is drawn")).toBeVisible();
  await expect(page.locator("body")).not.toHaveAttribute("data-same", "yes");
});

test("every change that comes in is counted, also while another filter is taken", async ({
  page,
}) => {
  await open(page);
  // Results of the other way round are of places that nobody has spoken of.
  const batch = (from: number) =>
    pushResults(page.request, {
      ...{ event: slug, track: "calls" },
      results: Array.from({ length: 40 }, (_, at) => ({
        test: `C-${from + at}`,
        parties: { uac: "e-40@1.0", uas: "e-2@1.0" },
      })),
    });
  await batch(0);
  await expect(page.locator(".live-count")).toHaveText("40 changes since you looked");
  await page.locator(".filters summary").first().click();
  await page.getByRole("combobox", { name: "Outcome" }).selectOption("Pass");
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await expect(page).toHaveURL(/outcome=pass/);
  await batch(40);
  await expect(page.locator(".live-count")).toHaveText("80 changes since you looked");
  await page.getByRole("button", { name: "Seen" }).click();
  await expect(page.locator(".live-count")).toHaveCount(0);
});

test("whoever may log gets there from an empty square", async ({ page }) => {
  await open(page, "?rows=e-1&columns=e-50&test=C-3");
  await page.locator(".matrix a.mark-empty").click();
  await expect(page).toHaveURL(/\/log\?track=calls&test=C-3&uac=e-1&uas=e-50$/);
  await expect(page.getByRole("heading", { name: /C-3/ })).toBeVisible();
});

test("without scripts and on a phone the entries lead to their own parts", async ({ page }) => {
  await open(page);
  await expectAccessible(page);
  await page.setViewportSize({ width: 320, height: 800 });
  await expect(grid(page)).toBeHidden();
  const list = page.getByRole("list", { name: "By entry" });
  await expect(list.getByRole("link")).toHaveCount(60);
  await expectAccessible(page);
  await list.getByRole("link", { name: "e-7", exact: true }).click();
  await expect(page).toHaveURL(/entry=e-7$/);
  await expect(page.locator(".matrix").first()).toBeVisible();
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBeLessThanOrEqual(320);
});
