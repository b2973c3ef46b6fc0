import type { Page } from "@playwright/test";
import { startSignInSite } from "@/tests/setup/sign-in-site";
import { expect, test } from "@/tests/setup/test";

let site: Awaited<ReturnType<typeof startSignInSite>>;
test.beforeAll(async () => {
  site = await startSignInSite();
});
test.afterAll(() => site.stop());

const account = (page: Page) => page.getByRole("heading", { name: "Your account" });
const alert = (page: Page) => page.getByRole("main").getByRole("alert");
const says = (page: Page, text: string) =>
  expect(page.getByRole("main").getByText(text, { exact: true })).toBeVisible();

/** From the sign-in page to the provider's own form. */
async function goTo(page: Page, provider: string) {
  await page.goto(`${site.url}/sign-in?callbackUrl=/account`);
  await page.getByRole("link", { name: `Continue with ${provider}` }).click();
}

/** Signs in at the provider's form, and consents. */
async function enter(page: Page, subject: string) {
  await page.locator("input[name=login]").fill(subject);
  await page.locator("input[name=password]").fill("any");
  await page.getByRole("button", { name: "Sign-in" }).click();
  await page.getByRole("button", { name: "Continue" }).click();
}

async function comeIn(page: Page, provider: string, subject: string) {
  await goTo(page, provider);
  await enter(page, subject);
}

/** As another browser: neither our cookies nor the provider's. */
const afresh = (page: Page) => page.context().clearCookies();

async function comeInByMail(page: Page, email: string) {
  await page.goto(`${site.url}/sign-in?callbackUrl=/account`);
  await page.getByLabel("E-mail").fill(email);
  await page.getByRole("button", { name: "Send me a link" }).click();
  const { text } = await site.mailTo(email);
  await page.goto(/^http\S+$/m.exec(text)?.[0] ?? "");
  await page.getByRole("main").getByRole("button", { name: "Sign in" }).click();
  await expect(account(page)).toBeVisible();
}

test("two providers sign in, and the same name at both is two people", async ({ page }) => {
  await comeIn(page, "North", "bob");
  await says(page, "bob@north.example");
  await page.getByRole("textbox", { name: "Name" }).fill("Bob of the north");
  await page.getByRole("button", { name: "Save" }).click();
  await afresh(page);
  await comeIn(page, "South", "bob");
  await says(page, "bob@south.example");
  await expect(page.getByRole("textbox", { name: "Name" })).toHaveValue("bob");
  await afresh(page);
  await comeIn(page, "North", "bob");
  await expect(page.getByRole("textbox", { name: "Name" })).toHaveValue("Bob of the north");
});

test("GitHub signs in with the primary address", async ({ page }) => {
  await goTo(page, "GitHub");
  await expect(account(page)).toBeVisible();
  await says(page, "octocat@github.example");
  await expect(page.getByRole("textbox", { name: "Name" })).toHaveValue("octocat");
});

test("the same address at a second provider is refused, until it is connected", async ({
  page,
}) => {
  await comeIn(page, "North", "twin");
  await says(page, "twin@example.org");
  await afresh(page);
  await comeIn(page, "South", "twin");
  await expect(alert(page)).toContainText("exists already");
  await expect(page).toHaveURL(/\/sign-in\?error=address-taken/);

  await afresh(page);
  await comeInByMail(page, "twin@example.org");
  await page.getByRole("link", { name: "Connect South" }).click();
  await enter(page, "twin");
  await expect(page.getByRole("button", { name: "Disconnect South" })).toBeVisible();
  await afresh(page);
  await comeIn(page, "South", "twin");
  await says(page, "twin@example.org");
  await expect(page.getByRole("button", { name: "Disconnect North" })).toBeVisible();

  await page.getByRole("button", { name: "Disconnect South" }).click();
  await expect(page.getByRole("status")).toContainText("Disconnected");
  await afresh(page);
  await comeIn(page, "South", "twin");
  await expect(alert(page)).toContainText("exists already");
});

test("an identity of another account is not taken over by connecting it", async ({ page }) => {
  await comeIn(page, "North", "owner");
  await afresh(page);
  await comeInByMail(page, "thief@example.org");
  await page.getByRole("link", { name: "Connect North" }).click();
  await enter(page, "owner");
  await expect(alert(page)).toContainText("belongs to another account");
  await says(page, "thief@example.org");
});

test("an address that the provider has not verified is refused", async ({ page }) => {
  await comeIn(page, "North", "unverified");
  await expect(alert(page)).toContainText("has not verified your e-mail address");
  await page.goto(`${site.url}/account`);
  await expect(page).toHaveURL(/\/sign-in/);
});

test("whoever cancels at the provider is told so, and can go on", async ({ page }) => {
  await goTo(page, "North");
  await page.getByRole("link", { name: /cancel/i }).click();
  await expect(alert(page)).toContainText("You cancelled");
  await expect(page).toHaveURL(/callbackUrl=%2Faccount/);
});

test("an answer counts in the browser that asked, for the provider that was asked, and once", async ({
  page,
}) => {
  const refused = () => expect(alert(page)).toContainText("could not be verified");
  let answer = "";
  page.on("request", (request) => {
    if (request.url().includes("/api/auth/callback/north?code=")) answer = request.url();
  });
  await goTo(page, "North");
  const ours = await page.context().cookies(site.url);
  await page.context().clearCookies({ name: /^plugfest\./ });
  await enter(page, "mix");
  await refused();

  await page.context().addCookies(ours);
  await page.goto(answer.replace("/callback/north", "/callback/south"));
  await refused();

  await page.context().addCookies(ours);
  await page.goto(answer);
  await expect(account(page)).toBeVisible();

  await afresh(page);
  await page.context().addCookies(ours);
  await page.goto(answer);
  await refused();
});

test("a provider that does not answer is said to be away", async ({ page }) => {
  await page.goto(`${site.url}/sign-in`);
  await site.stopSouth();
  await page.getByRole("link", { name: "Continue with South" }).click();
  await expect(alert(page)).toContainText("does not answer");
});
