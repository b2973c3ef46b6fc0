import { expectAccessible } from "@/tests/setup/accessible";
import { pushResult } from "@/tests/setup/push";
import { expect, test } from "@/tests/setup/test";

const TRACK = "/events/loopback/tracks/rfc8760";
const PAIR = { uac: "jssip", uas: "challenge-uas" };

test("a slider replays the week: any moment at once, and in the address", async ({
  page,
  request,
}) => {
  for (const name of ["R8760-03", "R8760-04"])
    await pushResult(request, { track: "rfc8760", test: name, parties: PAIR });
  await page.goto(TRACK);
  await page.getByRole("navigation", { name: "This track" }).getByText("Replay").click();
  await expect(page).toHaveTitle(/^Replay · RFC 8760/);
  const slider = page.getByRole("slider", { name: "Moment" });
  await expect(slider).toBeEnabled();
  const last = Number(await slider.getAttribute("max"));
  expect(last).toBeGreaterThan(1);
  await expect(slider).toHaveValue(String(last));
  const markOf = (key: string) =>
    page.getByRole("link", {
      name: new RegExp(`${key}, uac JsSIP, uas Challenge UAS`),
    });
  await expect(markOf("R8760-04")).toHaveCount(1);
  // Nothing more is asked of the server.
  const asked: string[] = [];
  page.on("request", (one) => asked.push(one.url()));

  await slider.press("ArrowLeft");
  await expect(slider).toHaveValue(String(last - 1));
  await expect(markOf("R8760-04")).toHaveCount(0);
  await expect(markOf("R8760-03")).toHaveCount(1);
  await expect(page).toHaveURL(/[?&]at=\d+$/);
  const [moment] = await page.locator(".replay-moment").allTextContents();
  await expect(slider).toHaveAttribute("aria-valuetext", /moment \d+ of \d+, 1 cell changed/);

  await slider.press("Home");
  await expect(page.getByText("The beginning")).toBeVisible();
  await expect(
    page.getByText(/^None of \d+ applicable combinations tried yet/).first(),
  ).toBeVisible();
  await slider.press("End");
  await expect(markOf("R8760-04")).toHaveCount(1);
  await slider.press("ArrowLeft");
  await expect(page.locator(".replay-moment")).toHaveText(moment ?? "");
  const at = /at=(\d+)$/;
  await expect(page).toHaveURL(at);
  expect(asked).toEqual([]);

  // The address is of this moment, and so is the snapshot that it links to.
  await page.reload();
  await expect(page.locator(".replay-moment")).toHaveText(moment ?? "");
  await expect(markOf("R8760-04")).toHaveCount(0);
  const position = at.exec(page.url())?.[1];
  await expect(page.getByRole("link", { name: "This moment as a page" })).toHaveAttribute(
    "href",
    `${TRACK}?asOf=${position}`,
  );

  await expectAccessible(page);
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await expectAccessible(page);
});

test("it plays by itself, as fast as one likes, until it is stopped", async ({ page, request }) => {
  for (const name of ["R8760-05", "R8760-06"])
    await pushResult(request, { track: "rfc8760", test: name, parties: PAIR });
  await page.clock.install();
  await page.goto(`${TRACK}/replay?at=0`);
  const slider = page.getByRole("slider", { name: "Moment" });
  await expect(slider).toHaveValue("0");
  await expect(slider).toBeEnabled();
  await page.clock.pauseAt(Date.now() + 3_600_000);
  await page.getByLabel("Speed").selectOption("1 moment a second");
  await page.getByRole("button", { name: "Play" }).click();
  const pause = page.getByRole("button", { name: "Pause" });
  await expect(pause).toBeVisible();
  await page.clock.runFor(1000);
  await expect(slider).toHaveValue("1");
  await page.clock.runFor(1000);
  await expect(slider).toHaveValue("2");
  await pause.click();
  await page.clock.runFor(5000);
  await expect(slider).toHaveValue("2");
  // From the end it begins anew.
  await slider.press("End");
  await page.getByRole("button", { name: "Play" }).click();
  await expect(slider).toHaveValue("0");
});

test("without scripts the days are links to their ends", async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${TRACK}/replay?at=0`);
  await expect(
    page.getByText(/^None of \d+ applicable combinations tried yet/).first(),
  ).toBeVisible();
  const days = page.getByRole("navigation", { name: "Days" });
  await days.getByRole("link").last().click();
  await expect(page).toHaveURL(/\?at=\d{2,}$/);
  await expect(page.getByText(/\d+ of \d+ applicable combinations tried/).first()).toBeVisible();
  await context.close();
});

test("where nothing has happened it says what comes next", async ({ page }) => {
  await page.goto("/events/opensipit-03/tracks/dtls/replay");
  await expect(page.getByRole("heading", { name: "Nothing to replay yet." })).toBeVisible();
  await expectAccessible(page);
});
