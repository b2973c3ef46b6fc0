import { startSite } from "@/lib/start/site.mjs";
import { expectAccessible } from "@/tests/setup/accessible";
import { makeLargeEvent } from "@/tests/setup/large-event";
import { pushResult } from "@/tests/setup/push";
import { signIn } from "@/tests/setup/sign-in";
import { readSite } from "@/tests/setup/site";
import { expect, test } from "@/tests/setup/test";

const KIOSK = "/events/loopback/kiosk";
const PORT = 3195;

test("a screen in a room shows a track live, without the site around it", async ({
  page,
  request,
}) => {
  await page.goto(`${KIOSK}?every=3600&track=dtls`);
  await expect(page).toHaveTitle(/^Kiosk · Loopback/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("DTLS");
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  await expect(page.getByRole("navigation", { name: "Site" })).toBeHidden();
  await expect(page.getByRole("contentinfo")).toBeHidden();
  await expect(page.getByText(/applicable combinations tried/).first()).toBeVisible();

  // What arrives is told with who said it, and changes the pair's mark and the numbers.
  await pushResult(request, {
    track: "dtls",
    test: "DTLS-03",
    parties: { offerer: "rtpengine", answerer: "werift" },
  });
  const news = page.getByRole("complementary", { name: "What happens now" });
  const line = news.getByRole("listitem").filter({ hasText: "DTLS-03: confirmed pass" });
  await expect(line).toContainText("just now");
  await expect(line).toContainText(/rtpengine, werift/);

  await expectAccessible(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(page.getByRole("button", { name: "Pause" })).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await expectAccessible(page);
});

test("it goes on by itself, and by buttons and keys, until it is paused", async ({ page }) => {
  await page.clock.install();
  await page.goto(`${KIOSK}?every=600&track=dtls`);
  const title = page.getByRole("heading", { level: 1 });
  const pause = page.getByRole("button", { name: "Pause" });
  await expect(title).toHaveText("DTLS");
  await expect(pause).toBeVisible();
  await page.clock.fastForward("10:01");
  await expect(title).not.toHaveText("DTLS");
  const second = (await title.textContent()) ?? "";
  await page.keyboard.press("ArrowLeft");
  await expect(title).toHaveText("DTLS");

  await page.keyboard.press("Space");
  const goOn = page.getByRole("button", { name: "Go on" });
  await expect(goOn).toBeVisible();
  await page.clock.fastForward("20:00");
  await expect(title).toHaveText("DTLS");

  // Nothing takes the focus away from whoever goes through the tracks.
  const next = page.getByRole("link", { name: "Next" });
  await next.press("Enter");
  await expect(title).toHaveText(second);
  await expect(next).toBeFocused();
  await goOn.click();
  await expect(pause).toBeVisible();
  await page.clock.fastForward("10:01");
  await expect(title).not.toHaveText(second);
});

test("where the device asks for less motion it begins paused", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.goto(KIOSK);
  await expect(page.getByText("Paused, since this device asks for less motion.")).toBeVisible();
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(page.getByText("Paused, since")).toHaveCount(0);
});

test("it fills the screen and gives it back", async ({ page }) => {
  await page.goto(`${KIOSK}?every=3600`);
  await page.getByRole("button", { name: "Full screen", exact: true }).click();
  await page.getByRole("button", { name: "End full screen" }).click();
  await expect(page.getByRole("button", { name: "Full screen", exact: true })).toBeVisible();
});

test("a track without results says what comes next, and is passed quickly", async ({ page }) => {
  await page.clock.install();
  await page.goto("/events/opensipit-03/kiosk?every=600");
  await expect(page.getByRole("heading", { name: "No result." })).toBeVisible();
  const title = page.getByRole("heading", { level: 1 });
  const first = (await title.textContent()) ?? "";
  await expect(page.getByRole("button", { name: "Pause" })).toBeVisible();
  await page.clock.fastForward("00:06");
  await expect(title).not.toHaveText(first);
});

test("a matrix too large to be read from afar is what its role pairs say; and it is replayed by days", async ({
  page,
}) => {
  test.setTimeout(180_000);
  const { slug } = await makeLargeEvent(900);
  await signIn(page, "kiosk-large@example.org", "--member-of", `${slug}/e-1`);
  await page.goto(`/events/${slug}/kiosk?every=3600`);
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  await expect(page.getByText(/\d+ of \d+ run passed/)).toBeVisible();
  await expect(page.getByRole("table")).toHaveCount(0);
  await expectAccessible(page);
  await page.goto(`/events/${slug}/tracks/calls/replay`);
  const main = page.getByRole("main");
  await expect(main.getByRole("heading", { level: 2 })).toHaveText(
    /^(Too much to replay on one page|Nothing to replay yet)\.$/,
  );
  await expect(page.getByRole("slider")).toHaveCount(0);
});

test("without scripts it is a page for each track", async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${KIOSK}?track=dtls`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("DTLS");
  await expect(page.getByRole("table").first()).toBeVisible();
  await page.getByRole("link", { name: "Next" }).click();
  await expect(page).toHaveURL(/every=20&track=/);
  await expect(page.getByRole("heading", { level: 1 })).not.toHaveText("DTLS");
  await context.close();
});

test("it is offered to those who run the event, and open to all who see its results", async ({
  page,
}) => {
  await page.goto("/events/loopback");
  const link = page.getByRole("link", { name: "Kiosk for the room" });
  await expect(page.getByRole("heading", { name: "Tracks" })).toBeVisible();
  await expect(link).toHaveCount(0);
  await signIn(page, "kiosk@example.org", "--organizer-of=loopback");
  await page.goto("/events/loopback");
  await link.click();
  await expect(page.getByRole("button", { name: "Pause" })).toBeVisible();
  // The palette still leads everywhere.
  await page.keyboard.press("Control+k");
  const search = page.getByRole("combobox");
  await search.fill("kiosk");
  await expect(page.getByRole("option", { name: /Kiosk for the room/ })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByRole("link", { name: "Leave" }).click();
  await expect(page).toHaveURL(/\/events\/loopback$/);
});

test("it outlives a restart of the site, and goes on with what happened meanwhile", async ({
  page,
  request,
}) => {
  test.slow();
  const url = `http://localhost:${PORT}`;
  const start = () =>
    startSite({ port: PORT, listen: "127.0.0.1", env: { ...readSite().env, APP_URL: url } });
  const first = await start();
  await page.goto(`${url}${KIOSK}?every=3600&track=dtls`);
  const live = page.getByText("Live", { exact: true });
  const title = page.getByRole("heading", { level: 1 });
  await expect(live).toBeVisible();
  await first.stop();
  await first.ended;
  await expect(page.getByText("Connecting …")).toBeVisible();
  // A track that cannot be had yet: the last one stays until it can.
  await page.keyboard.press("ArrowRight");
  await expect(title).toHaveText("DTLS");
  const next = await start();
  await expect(title).not.toHaveText("DTLS", { timeout: 30_000 });
  await page.keyboard.press("ArrowLeft");
  await expect(title).toHaveText("DTLS");
  await expect(live).toBeVisible({ timeout: 30_000 });
  await pushResult(request, {
    track: "dtls",
    test: "DTLS-16",
    parties: { offerer: "rtpengine", answerer: "werift" },
  });
  const news = page.getByRole("complementary", { name: "What happens now" });
  await expect(news.getByText(/DTLS-16: confirmed pass/)).toBeVisible();
  await next.stop();
  await next.ended;
});
