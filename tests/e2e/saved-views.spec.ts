import type { Page } from "@playwright/test";
import { expectAccessible } from "@/tests/setup/accessible";
import { makeLargeEvent } from "@/tests/setup/large-event";
import { signIn } from "@/tests/setup/sign-in";
import { expect, test } from "@/tests/setup/test";

const EVENT = "/events/loopback";
const TRACK = `${EVENT}/tracks/dtls`;

const control = (page: Page) => page.locator(".saved-views");
const summary = (page: Page) => control(page).locator("summary");
const view = (page: Page, name: string) => control(page).getByRole("link", { name, exact: true });

async function openControl(page: Page) {
  await expect(summary(page)).toBeVisible();
  if ((await control(page).getAttribute("open")) === null) await summary(page).press("Enter");
  await expect(control(page)).toHaveAttribute("open");
}

async function saveAs(page: Page, name: string) {
  await openControl(page);
  const form = control(page).getByRole("form", { name: "Save this view" });
  await form.getByLabel("Save this view as").fill(name);
  await form.getByRole("button", { name: "Save" }).press("Enter");
}

test("a view is kept under a name, comes back by a click and by the palette, and is nobody else's", async ({
  page,
  newPage,
}) => {
  await signIn(page, "views-one@example.org", "--member-of", "loopback/openssl");
  await page.goto(TRACK);
  await openControl(page);
  await expect(control(page)).toContainText("A saved view is the matrix as you filtered");
  await expectAccessible(page);

  await page.goto(`${TRACK}?q=state:confirmed&sort=attention`);
  await saveAs(page, "Confirmed with us");
  await page.waitForURL(/\/tracks\/dtls\?q=state:confirmed&sort=attention#view-/);
  await expect(summary(page)).toContainText("Confirmed with us");
  await openControl(page);
  await expect(view(page, "Confirmed with us")).toHaveAttribute("aria-current", "true");
  await expectAccessible(page);

  await page.goto(TRACK);
  await expect(summary(page)).not.toContainText("Confirmed with us");
  await openControl(page);
  await view(page, "Confirmed with us").press("Enter");
  await page.waitForURL(/\?q=state:confirmed&sort=attention$/);
  await expect(page.getByRole("combobox", { name: "Show only" })).toHaveValue("state:confirmed");

  await page.goto(EVENT);
  await page.getByRole("button", { name: /^Go to/ }).focus();
  await page.keyboard.press("Control+k");
  const palette = page.getByRole("dialog", { name: "Go to" });
  await expect(palette.getByRole("option").first()).toBeVisible();
  await page.keyboard.type("confirmed with");
  await expect(palette.getByRole("option", { name: /^Confirmed with us/ })).toBeVisible();
  await page.keyboard.press("Enter");
  await page.waitForURL(/\?q=state:confirmed&sort=attention$/);

  const other = await newPage();
  await signIn(other, "views-two@example.org", "--member-of", "loopback/gnutls");
  await other.goto(TRACK);
  await openControl(other);
  await expect(view(other, "Confirmed with us")).toHaveCount(0);
});

test("a lead keeps a view for everybody, and shares one of their own; visitors open it", async ({
  page,
  newPage,
}) => {
  await signIn(page, "views-lead@example.org", "--lead-of", "loopback/dtls");
  await page.goto(`${TRACK}?outcome=fail,timeout`);
  await openControl(page);
  await control(page).getByRole("checkbox", { name: "For everybody who sees this track" }).check();
  await saveAs(page, "What does not work");
  await page.waitForURL(/#view-/);
  await page.goto(`${TRACK}?state=disputed`);
  await saveAs(page, "To be settled");
  await page.waitForURL(/#view-/);

  const visitor = await newPage();
  await visitor.goto(TRACK);
  await openControl(visitor);
  await expect(view(visitor, "What does not work")).toBeVisible();
  await expect(view(visitor, "To be settled")).toHaveCount(0);
  await expect(control(visitor).getByRole("form")).toHaveCount(0);
  await expect(control(visitor).getByRole("link", { name: "Sign in" })).toBeVisible();
  await expectAccessible(visitor);

  await openControl(page);
  await control(page).getByRole("link", { name: "Rename, share or delete" }).press("Enter");
  await expect(page).toHaveTitle(/^Saved views · Loopback/);
  await expectAccessible(page);
  await page
    .getByRole("button", { name: "Share To be settled with everybody here" })
    .press("Enter");
  await expect(page.getByRole("status").filter({ hasText: "Shared" })).toBeVisible();

  await visitor.reload();
  await openControl(visitor);
  await view(visitor, "To be settled").press("Enter");
  await visitor.waitForURL(/\?state=disputed$/);
  await expect(summary(visitor)).toContainText("To be settled");
  await visitor.goto(`${EVENT}/views`);
  await expect(visitor.getByRole("link", { name: "What does not work" })).toBeVisible();
  await expect(visitor.getByRole("main").getByRole("button")).toHaveCount(0);
});

test("without scripts views are kept, refused with the reason, renamed and deleted", async ({
  browser,
}) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.setViewportSize({ width: 390, height: 844 });
  await signIn(page, "views-plain@example.org", "--member-of", "loopback/rtpengine");
  await page.goto(`${TRACK}?state=reported`);
  await saveAs(page, "Waits for a word");
  await page.waitForURL(/\?state=reported#view-/);
  await openControl(page);
  await expect(view(page, "Waits for a word")).toBeVisible();

  await page.goto(`${TRACK}?state=confirmed`);
  await saveAs(page, "waits for a WORD");
  await page.waitForURL(/[?&]state=confirmed&answer=/);
  await expect(control(page).getByRole("alert")).toContainText("Choose another name.");
  const field = control(page).getByLabel("Save this view as");
  await expect(field).toHaveValue("waits for a WORD");
  await expect(field).toHaveAttribute("aria-invalid", "true");
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);

  await page.goto(TRACK);
  await saveAs(page, "Everything");
  await expect(control(page).getByRole("alert")).toContainText("This is the whole matrix");

  await page.goto(`${EVENT}/views`);
  const rename = page.getByRole("form", { name: "Rename Waits for a word" });
  await rename.getByRole("textbox", { name: "Name" }).fill("Unanswered");
  await rename.getByRole("button").press("Enter");
  await expect(page.getByRole("status").filter({ hasText: "Renamed." })).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await page.getByRole("button", { name: "Delete Unanswered" }).press("Enter");
  await expect(page.getByRole("status").filter({ hasText: "Deleted." })).toBeVisible();
  await expect(page.getByRole("link", { name: "Unanswered" })).toHaveCount(0);
  await context.close();
});

test("in a grid that filters itself the view that is saved is the one that is shown", async ({
  page,
}) => {
  test.setTimeout(240_000);
  const { slug } = await makeLargeEvent(9000);
  const track = `/events/${slug}/tracks/calls`;
  await signIn(page, "views-huge@example.org", "--member-of", `${slug}/e-1`);
  await page.goto(track);
  await expect(page.locator(".live-state")).toContainText("Live");
  await expect(page.getByRole("grid").first()).toBeVisible();
  await page.getByText("Order, density and what to leave out").press("Enter");
  await page.locator("select[name=sort]").selectOption("attention");
  await page.getByRole("button", { name: "Show", exact: true }).press("Enter");
  await page.waitForURL(/\?sort=attention$/);
  await saveAs(page, "Attention first");
  await page.waitForURL(/\?sort=attention#view-/);
  await expect(summary(page)).toContainText("Attention first");
  await expect(page.locator(".live-state")).toContainText("Live");
});

test("a track without a result shows its saved views, those taken over from the edition before, too", async ({
  page,
}) => {
  const before = `${EVENT}/tracks/siprec`;
  const track = "/events/views-next/tracks/siprec";
  await signIn(page, "views-next@example.org", "--organizer-of", "loopback");
  await page.goto(`${before}?state=planned`);
  await openControl(page);
  await control(page).getByRole("checkbox", { name: "For everybody who sees this track" }).check();
  await saveAs(page, "Still planned");
  await page.waitForURL(/#view-/);
  await page.goto(`${EVENT}/settings`);
  await page.getByLabel("Its name").fill("Saved views, next");
  await page.getByLabel("Short name in addresses").fill("views-next");
  await page.getByRole("button", { name: "Make the next edition" }).press("Enter");
  await expect(page.getByText("The next edition is made").first()).toBeVisible();

  await page.goto(track);
  await expect(page.getByRole("heading", { name: "No result yet." })).toBeVisible();
  await openControl(page);
  await expect(view(page, "Still planned")).toHaveAttribute("href", `${track}?state=planned`);
  await expectAccessible(page);
  await page.goto(`${track}?state=disputed`);
  await saveAs(page, "To be settled");
  await page.waitForURL(/\?state=disputed#view-/);
  await expect(summary(page)).toContainText("To be settled");
});
