import { expect, type Page } from "@playwright/test";
import { expectAccessible } from "@/tests/setup/accessible";
import { signIn } from "@/tests/setup/sign-in";
import { test } from "@/tests/setup/test";

// No other journey changes anything in this track.
const TRACK = "/events/loopback/tracks/stir-shaken";

type Told = { grids: { cells: { state: string; outcome: string; url: string }[] }[] };

/** The address of a cell that passes. */
async function passingCell(page: Page): Promise<string> {
  const answer = await page.request.get(`/api/v1${TRACK}/matrix.json`);
  const { grids } = (await answer.json()) as Told;
  const cells = grids.flatMap((grid) => grid.cells);
  const url = cells.find(({ state, outcome }) => state !== "disputed" && outcome === "pass")?.url;
  if (url === undefined) throw new Error(`No cell of ${TRACK} passes.`);
  return url;
}

/** Of one cell a failure is expected, though it passes. */
async function expectFailure(page: Page, cell: string) {
  await page.goto(cell);
  await page.getByText("Expected: pass").click();
  await page.getByLabel("Expected outcome").selectOption("fail");
  await page.getByRole("button", { name: "Expect it" }).press("Enter");
  await expect(page.getByText("Kept: the comparison with the baseline")).toBeVisible();
  await expect(page.getByText("Expected: fail")).toBeVisible();
}

test("a lead takes a baseline, mends a cell of it, and sees what is not as expected", async ({
  page,
  newPage,
}) => {
  await signIn(page, "base-lead@example.org", "--lead-of", "loopback/stir-shaken");
  await page.goto(`${TRACK}/compare`);
  await page.getByRole("button", { name: "Expect what stands" }).press("Enter");
  await expect(page.getByText("Taken: this is what is expected")).toBeVisible();
  await expect(page.getByRole("heading", { name: /^0 of \d+ cells differ/ })).toBeVisible();

  await expectFailure(page, await passingCell(page));
  await page.goto(`${TRACK}/compare`);
  await page.getByLabel("Before").selectOption({ label: "the expected baseline" });
  await page.getByRole("button", { name: "Compare", exact: true }).press("Enter");
  const counts = "0 regressed, 1 fixed, 0 changed, 0 not expected, 0 not tested";
  await expect(page.getByText(counts)).toBeVisible();
  await expect(page.getByRole("row", { name: /^Fixed/ })).toContainText("Expected fail");
  await expectAccessible(page);
  const data = await page.request.get(
    (await page.getByRole("link", { name: "JSON" }).getAttribute("href")) ?? "",
  );
  expect(await data.json()).toMatchObject({ counts: { fixed: 1 }, from: { side: "baseline" } });

  const visitor = await newPage();
  await visitor.setViewportSize({ width: 390, height: 800 });
  await visitor.goto(`${TRACK}/compare?from=baseline`);
  await expect(visitor.getByText(counts)).toBeVisible();
  await expect(visitor.getByRole("button", { name: "Drop it" })).toHaveCount(0);
  const wider = await visitor.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(wider).toBe(0);

  await page.getByRole("button", { name: "Drop it" }).press("Enter");
  await expect(page.getByText("Dropped: nothing is expected")).toBeVisible();
});
