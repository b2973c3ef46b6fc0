import type { Page } from "@playwright/test";
import { expectAccessible } from "@/tests/setup/accessible";
import { signIn } from "@/tests/setup/sign-in";
import { expect, test } from "@/tests/setup/test";

const EVENT = "/events/loopback";

const main = (page: Page) => page.getByRole("main");
const press = (page: Page, name: string | RegExp) => page.getByRole("button", { name }).click();
const section = (page: Page, name: string) => page.getByRole("region", { name, exact: true });

test("a stranger joins, an organizer admits, and a colleague comes in by a link; without scripts", async ({
  browser,
}) => {
  const newPage = async () => (await browser.newContext({ javaScriptEnabled: false })).newPage();
  const ann = await newPage();

  // From the event to the form, by way of signing in.
  await ann.goto(`${EVENT}/join`);
  await expect(main(ann).getByRole("link", { name: "Sign in" })).toHaveAttribute(
    "href",
    "/sign-in?callbackUrl=%2Fevents%2Floopback%2Fjoin",
  );
  await signIn(ann, "ann-joins@example.org");
  await ann.goto(`${EVENT}/join`);

  // A name that is nearly another's is asked about, with everything else as it was typed.
  await ann.getByLabel("Project", { exact: true }).fill("Kamalio");
  await ann.getByLabel("Version you will run").fill("0.1-rc");
  await ann.getByRole("group", { name: "DTLS" }).getByRole("checkbox").first().check();
  await press(ann, "Ask to join");
  await expect(ann.getByRole("group", { name: "Did you mean" })).toContainText("Kamailio");
  await expect(ann.getByLabel("Version you will run")).toHaveValue("0.1-rc");
  await expect(
    ann.getByRole("group", { name: "DTLS" }).getByRole("checkbox").first(),
  ).toBeChecked();
  await ann.getByLabel("None of them: Kamalio is another project").check();
  await press(ann, "Ask to join");
  await expect(ann.getByRole("status")).toHaveText("Asked. An organizer decides; you see it here.");
  const page = new URL(ann.url()).pathname;
  expect(page).toBe(`${EVENT}/entries/kamalio`);
  await expect(section(ann, "Builds")).toContainText("0.1-rc");

  // Nobody else sees it until an organizer has let it in.
  const olga = await newPage();
  expect((await olga.goto(page))?.status()).toBe(404);
  await signIn(olga, "olga-joins@example.org", "--organizer-of", "loopback");
  await olga.goto(`${EVENT}/entries`);
  await expect(section(olga, "Waiting for your decision")).toContainText("ann-joins@example.org");
  await press(olga, "Admit Kamalio");
  await expect(olga.getByRole("status")).toContainText("Admitted");

  // Everything of it can be changed by its people.
  await ann.goto(page);
  await ann.getByRole("link", { name: "Change" }).click();
  await ann.getByLabel("New build").fill("0.2");
  await ann.getByText("Commit, parts of a composite, configuration").click();
  const added = ann.locator("#build");
  await added.getByLabel("Commit").fill("75a168a9");
  await added.getByLabel(/Parts/).fill("OpenSIPS SDP demux = 3.4\nFreeSWITCH = 1.10.10");
  await press(ann, "Add and make current");
  await expect(ann.getByRole("status")).toHaveText("The build is named, and current.");
  await expect(section(ann, "Builds").getByText("current", { exact: true })).toHaveCount(1);

  await ann.getByLabel("Address").fill("10.0.0.7");
  await ann.getByLabel("Machine").fill("vm-3");
  await press(ann, "Add the endpoint");
  await expect(section(ann, "Where to reach it")).toContainText("Must be a URI");
  await expect(ann.getByLabel("Machine")).toHaveValue("vm-3");
  await ann.getByLabel("Address").fill("sip:echo@10.0.0.7:5060");
  await ann.getByLabel("Others may call it while nobody of us watches").check();
  await press(ann, "Add the endpoint");
  await expect(section(ann, "Where to reach it")).toContainText("sip:echo@10.0.0.7:5060");

  const can = section(ann, "What it can do");
  await can
    .getByRole("combobox", { name: /the role itself/ })
    .first()
    .selectOption("partial");
  await can.getByLabel("One more: a feature").fill("DTLS 1.3");
  await can.getByLabel("is supported").selectOption("planned");
  await press(ann, "Save what it can do in DTLS");
  await expect(can).toContainText("DTLS 1.3");

  await ann.getByLabel("Name this entry").check();
  await press(ann, "Save consent");
  await expect(ann.getByLabel("Name this entry")).toBeChecked();
  await expect(ann.getByLabel("Show its results that passed")).not.toBeChecked();

  // The link is shown once, works once, and needs an account.
  await ann.getByLabel("For whom").fill("Bob");
  await press(ann, "Make a link");
  const link = await ann.getByRole("textbox", { name: "The link" }).inputValue();
  await ann.goto(`${page}/edit`);
  await expect(ann.getByRole("textbox", { name: "The link" })).toHaveCount(0);
  await expect(section(ann, "People")).toContainText("Bob");
  const bob = await newPage();
  await bob.goto(link);
  await expect(main(bob)).toContainText(
    "ann-joins@example.org invites you to be member of Kamalio",
  );
  await expect(bob.getByRole("link", { name: "Sign in to accept" })).toBeVisible();
  await signIn(bob, "bob-joins@example.org");
  await bob.goto(link);
  await press(bob, "Accept");
  await expect(bob.getByRole("status")).toHaveText("You are a member of this entry now.");
  await expect(section(bob, "People")).toContainText("you");
  await expect(section(bob, "Where to reach it")).toContainText("Welcome");
  await olga.goto(link);
  await expect(main(olga)).toContainText("each link works once");

  // Leaving is one button, and takes the rights along.
  await bob.goto(`${page}/edit`);
  await press(bob, "Leave this entry");
  await expect(bob.getByRole("status")).toContainText("You have left");
  await bob.goto(`${page}/edit`);
  await expect(main(bob)).toContainText("Your part in this event does not open this page");
});

test("a project that is in already is entered once more under its own name", async ({
  newPage,
}) => {
  const page = await newPage();
  await signIn(page, "cat-joins@example.org");
  await page.goto(`${EVENT}/join`);
  await page.getByLabel("Project", { exact: true }).fill("open ssl");
  await press(page, "Ask to join");
  const slug = page.getByLabel("Short name of the entry");
  await expect(main(page)).toContainText("This project is in already, as 'openssl'");
  await slug.fill("openssl-fips");
  await press(page, "Ask to join");
  await expect(main(page)).toContainText("Say how this entry differs");
  await page.getByRole("textbox", { name: "Note" }).fill("With the FIPS provider.");
  await press(page, "Ask to join");
  await expect(page.getByRole("heading", { name: "OpenSSL (openssl-fips)" })).toBeVisible();
  await page.getByRole("link", { name: "Change" }).click();
  await press(page, "Withdraw the entry");
  await expect(page.getByRole("status")).toContainText("Withdrawn");
});

test("a form from another site is refused", async ({ newPage, baseURL }) => {
  const page = await newPage();
  await signIn(page, "eve-joins@example.org");
  for (const [path, form] of [
    [`${EVENT}/join/enter`, { "project.name": "Evil" }],
    [`${EVENT}/entries/openssl/edit/admit`, { none: "" }],
    ["/invitations/AAAAAAAAAAAAAAAAAAAAAAAAAAA/accept", { none: "" }],
  ] as const) {
    const response = await page.request.post(`${baseURL}${path}`, {
      form: { ...form },
      headers: { origin: "https://evil.example", "sec-fetch-site": "cross-site" },
      maxRedirects: 0,
    });
    expect(response.status(), path).toBe(403);
  }
});

test("the pages about entries, projects and invitations are accessible", async ({ newPage }) => {
  test.slow();
  const page = await newPage();
  await signIn(page, "org-joins@example.org", "--organizer-of", "loopback");
  for (const path of [
    `${EVENT}/join`,
    `${EVENT}/entries`,
    `${EVENT}/entries/openssl`,
    `${EVENT}/entries/openssl/edit`,
    `${EVENT}/invitations`,
    "/projects",
    "/projects/openssl",
  ]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expectAccessible(page);
  }
  await page.goto(`${EVENT}/invitations`);
  await page.getByLabel("To become").selectOption("lead/dtls");
  await press(page, "Make a link");
  const link = await page.getByRole("textbox", { name: "The link" }).inputValue();
  await expectAccessible(page);
  await page.goto(link);
  await expect(main(page)).toContainText("lead of DTLS");
  await expectAccessible(page);
});
