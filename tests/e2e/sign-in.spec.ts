import { AxeBuilder } from "@axe-core/playwright";
import type { BrowserContext, Page } from "@playwright/test";
import { startSignInSite } from "@/tests/setup/sign-in-site";
import { mintSignInLink, readSite } from "@/tests/setup/site";
import { expect, test } from "@/tests/setup/test";

let site: Awaited<ReturnType<typeof startSignInSite>>;
test.beforeAll(async () => {
  site = await startSignInSite();
});
test.afterAll(() => site.stop());

const own = (page: Page) => page.getByRole("main");

/** Asks for a link by the form, and reads it out of the mail. */
async function linkByMail(page: Page, email: string, callbackUrl = "/account") {
  await page.goto(`${site.url}/sign-in?${new URLSearchParams({ callbackUrl })}`);
  await page.getByLabel("E-mail").fill(email);
  await page.getByRole("button", { name: "Send me a link" }).click();
  await expect(page.getByRole("heading", { name: "Look into your mailbox" })).toBeVisible();
  const mail = await site.mailTo(email);
  return { ...mail, link: /^http\S+$/m.exec(mail.text)?.[0] ?? "" };
}

async function follow(page: Page, link: string) {
  await page.goto(link);
  await own(page).getByRole("button", { name: "Sign in" }).click();
}

async function signIn(page: Page, email: string): Promise<Page> {
  const { link } = await linkByMail(page, email);
  await follow(page, link);
  await expect(page.getByRole("heading", { name: "Your account" })).toBeVisible();
  return page;
}

const sessionCookie = async (context: BrowserContext) =>
  (await context.cookies()).find(({ name }) => name === "plugfest.session");

test("a link by mail signs in once, however often it is fetched before", async ({ page }) => {
  const { link, from, subject, text } = await linkByMail(page, "ann@example.org");
  expect({ from, subject }).toEqual({
    from: '"Plugfest" <plugfest@example.org>',
    subject: "Your link to sign in at localhost:3191",
  });
  expect(text).toContain("within 10 minutes");

  for (const method of ["GET", "GET", "HEAD", "OPTIONS"]) {
    const response = await page.request.fetch(link, { method });
    expect(response.headers()["set-cookie"] ?? "").not.toContain("plugfest.session");
  }
  const form = { ...Object.fromEntries(new URL(link).searchParams) };
  const byGet = new URLSearchParams(form);
  for (const path of ["/api/auth/callback/email", "/api/sign-in/confirm", "/api/auth/session"]) {
    const response = await page.request.get(`${site.url}${path}?${byGet}`, { maxRedirects: 0 });
    expect(response.headers()["set-cookie"]).toBeUndefined();
  }

  await follow(page, link);
  await expect(page).toHaveURL(`${site.url}/account`);
  await expect(own(page).getByText("ann@example.org", { exact: true })).toBeVisible();
  expect(await sessionCookie(page.context())).toMatchObject({
    httpOnly: true,
    sameSite: "Lax",
    path: "/",
  });

  await page.context().clearCookies();
  await follow(page, link);
  await expect(own(page).getByRole("alert")).toContainText("used already or has expired");
  expect(await sessionCookie(page.context())).toBeUndefined();
});

test("a page that needs an account is come back to", async ({ page }) => {
  await page.goto(`${site.url}/outbox`);
  await expect(page).toHaveURL(`${site.url}/sign-in?callbackUrl=/outbox`);
  await page.goto(`${site.url}/account`);
  await expect(page).toHaveURL(`${site.url}/sign-in?callbackUrl=/account`);
});

test("name and zone are kept, and times are shown in that zone", async ({ newPage }) => {
  const page = await signIn(await newPage(), "zoe@example.org");
  await page.getByRole("textbox", { name: "Name" }).fill("Zoë");
  await page.getByLabel("Time zone").selectOption("Asia/Kathmandu");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("status")).toHaveText("Your profile is saved.");
  await expect(page.getByRole("textbox", { name: "Name" })).toHaveValue("Zoë");
  await expect(own(page).getByText("GMT+5:45").first()).toBeVisible();
});

test("a session that is ended elsewhere is out at its next step", async ({ newPage }) => {
  const [here, there] = [
    await signIn(await newPage(), "eve@example.org"),
    await signIn(await newPage(), "eve@example.org"),
  ];
  await here.reload();
  await here.getByRole("button", { name: /^End the session of/ }).click();
  await expect(here.getByRole("status")).toContainText("That session has ended");
  await there.goto(`${site.url}/account`);
  await expect(there).toHaveURL(/\/sign-in\?callbackUrl=/);
  await here.reload();
  await expect(here.getByRole("heading", { name: "Your account" })).toBeVisible();
});

test("signing out everywhere ends the session in the second browser, and kept cookies with it", async ({
  newPage,
}) => {
  const [here, there] = [
    await signIn(await newPage(), "max@example.org"),
    await signIn(await newPage(), "max@example.org"),
  ];
  const kept = await here.context().cookies();
  await here.getByRole("button", { name: "Sign out everywhere" }).click();
  await expect(here).toHaveURL(`${site.url}/`);
  expect(await sessionCookie(here.context())).toBeUndefined();
  await there.goto(`${site.url}/account`);
  await expect(there).toHaveURL(/\/sign-in\?callbackUrl=/);
  await here.context().addCookies(kept);
  await here.goto(`${site.url}/account`);
  await expect(here).toHaveURL(/\/sign-in\?callbackUrl=/);
});

const ELSEWHERE = [
  "https://evil.example/",
  "//evil.example",
  "/\\evil.example",
  "/.//evil.example",
  "https:evil.example",
  "http://localhost:3191@evil.example/",
  "\t//evil.example",
  "javascript:alert(1)",
];

test("no callbackUrl leads to another site", async ({ page }) => {
  for (const callbackUrl of ELSEWHERE) {
    await page.context().clearCookies();
    const { link } = await linkByMail(page, "red@example.org", callbackUrl);
    const forged = new URL(link);
    forged.searchParams.set("callbackUrl", callbackUrl);
    await follow(page, forged.toString());
    await expect(page).toHaveURL(`${site.url}/`);
    // Signed in already, the page sends on at once.
    await page.goto(`${site.url}/sign-in?${new URLSearchParams({ callbackUrl })}`);
    await expect(page).toHaveURL(`${site.url}/`);
  }
});

test("another site can neither start nor end anything", async ({ newPage }) => {
  const page = await signIn(await newPage(), "sam@example.org");
  const { link } = await linkByMail(await newPage(), "mallory@example.org");
  const hidden = [...new URL(link).searchParams]
    .map(([name, value]) => `<input name="${name}" value="${value}">`)
    .join("");
  await page.route("http://elsewhere.example/", (route) =>
    route.fulfill({
      contentType: "text/html",
      body: `<form method="post" action="${site.url}/api/sign-out"><button>out</button></form>
        <form method="post" action="${site.url}/api/sign-in/confirm">${hidden}<button>in</button></form>
        <a href="${site.url}/account/connect/north">connect</a>`,
    }),
  );
  for (const name of ["out", "in"]) {
    await page.goto("http://elsewhere.example/");
    const answer = page.waitForResponse((response) => response.request().method() === "POST");
    await page.getByRole("button", { name }).click();
    expect((await answer).status()).toBe(403);
  }
  await page.goto("http://elsewhere.example/");
  const answer = page.waitForResponse(/account\/connect/);
  await page.getByRole("link").click();
  expect((await answer).status()).toBe(403);
  await page.goto(`${site.url}/account`);
  await expect(own(page).getByText("sam@example.org", { exact: true })).toBeVisible();
});

test("without a mail server the link stands in the outbox, for organizers only", async ({
  newPage,
}) => {
  const { url } = readSite();
  const newcomer = await newPage();
  await newcomer.goto(`${url}/sign-in`);
  await expect(newcomer.getByRole("link", { name: /^Continue with/ })).toHaveCount(0);
  await newcomer.getByLabel("E-mail").fill("newcomer@example.org");
  await newcomer.getByRole("button", { name: "Send me a link" }).click();
  await expect(own(newcomer)).toContainText("sends no mail yet");

  const organizer = await newPage();
  await follow(organizer, mintSignInLink("host@example.org", "--organizer-of", "loopback"));
  await organizer.goto(`${url}/account`);
  await organizer.getByRole("link", { name: "Mails that were not sent" }).click();
  const text = organizer.getByRole("region", { name: "Mail to newcomer@example.org" });
  const link = /^http\S+$/m.exec((await text.innerText()).trim())?.[0] ?? "";

  await follow(newcomer, link);
  await newcomer.goto(`${url}/account`);
  await expect(own(newcomer).getByText("newcomer@example.org", { exact: true })).toBeVisible();
  await newcomer.goto(`${url}/outbox`);
  await expect(newcomer.getByRole("heading", { name: "There is nothing here" })).toBeVisible();
});

test("the pages of the sign-in have no fault that axe can find", async ({ page, newPage }) => {
  const faultsOf = async (of: Page, path: string) => {
    await of.goto(`${site.url}${path}`);
    const { violations } = await new AxeBuilder({ page: of }).analyze();
    return violations.map(({ id, nodes }) => [path, id, nodes.map(({ html }) => html)]);
  };
  const paths = ["/sign-in", "/sign-in?error=link-used", "/sign-in/sent", "/sign-in/confirm"];
  for (const path of paths) expect(await faultsOf(page, path)).toEqual([]);
  await signIn(page, "axe@example.org");
  await signIn(await newPage(), "axe@example.org");
  for (const path of ["/account", "/account?done=profile"]) {
    expect(await faultsOf(page, path)).toEqual([]);
  }
});
