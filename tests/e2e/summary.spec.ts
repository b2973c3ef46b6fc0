import type { APIRequestContext, Page } from "@playwright/test";
import { expectAccessible } from "@/tests/setup/accessible";
import { pushResults } from "@/tests/setup/push";
import { signIn } from "@/tests/setup/sign-in";
import { expect, test } from "@/tests/setup/test";

const EVENT = "/events/closing";
const SECRET = "Aardwolf";

const press = (page: Page, name: string | RegExp) => page.getByRole("button", { name }).click();
const section = (page: Page, name: string) => page.getByRole("region", { name, exact: true });
const done = (page: Page) => page.getByRole("status");
const fault = (page: Page) => page.getByRole("main").getByRole("alert");
const textOf = (page: Page) => page.getByRole("textbox", { name: "Text", exact: true });
const account = (page: Page) => page.getByRole("article");

/** Enters a project into the DTLS track, in both roles of its handshakes. */
async function enter(page: Page, project: string, consents: string[]) {
  await page.goto(`${EVENT}/join`);
  await page.getByLabel("Project", { exact: true }).fill(project);
  await page.getByLabel("Version you will run").fill("1.0");
  const track = page.getByRole("group", { name: "DTLS" });
  await track.getByRole("checkbox", { name: /DTLS client/ }).check();
  await track.getByRole("checkbox", { name: /DTLS server/ }).check();
  await press(page, "Join");
  const slug = new URL(page.url()).pathname.split("/").at(-1) ?? "";
  await page.goto(`${EVENT}/entries/${slug}/edit`);
  for (const consent of consents) await page.getByLabel(consent).check();
  await press(page, "Save consent");
  return slug;
}

const ALL = [
  "Name this entry",
  "Show its results that passed",
  "Show its results that did not: failures, timeouts, what it does not support",
];

const tellAll = (
  request: APIRequestContext,
  told: [client: string, server: string, outcome: string][],
) =>
  pushResults(request, {
    ...{ event: "closing", track: "dtls" },
    startedAt: new Date(Date.now() - 60_000).toISOString(),
    results: told.map(([client, server, outcome]) => ({
      test: "DTLS-01",
      parties: { client, server },
      outcome,
    })),
  });

test.describe.configure({ mode: "serial" });

test("an organizer makes an edition, closes testing, writes, checks, previews and publishes", async ({
  newPage,
  request,
}) => {
  test.slow();
  const olga = await newPage();
  await signIn(olga, "olga-closes@example.org", "--organizer-of", "loopback");

  // The next edition is a draft that nobody else sees.
  await olga.goto("/events/loopback/settings");
  await olga.getByLabel("Its name").fill("Closing plugfest");
  await olga.getByLabel("Short name in addresses").fill("closing");
  await press(olga, "Make the next edition");
  await expect(done(olga)).toContainText("The next edition is made");
  const visitor = await newPage();
  expect((await visitor.goto(EVENT))?.status()).toBe(404);

  // What was typed comes back with what is wrong with it.
  await olga.getByLabel("Time zone").fill("Mars/Olympus");
  await olga.getByLabel("A project that enters").selectOption("open");
  await olga.getByLabel("Sponsors").fill("Sippy Software | https://sippy.example/ | machines");
  await press(olga, "Save the settings");
  await expect(fault(olga)).toContainText("No such time zone");
  await olga.getByLabel("Time zone").fill("Europe/Bucharest");
  await olga.getByLabel("First day").fill("2026-11-20");
  await olga.getByLabel("Last day").fill("2026-11-24");
  await press(olga, "Save the settings");
  await expect(done(olga)).toHaveText("The settings are saved.");
  await expect(olga.getByLabel("Last day")).toHaveValue("2026-11-24");

  await press(olga, "Open registration");
  await press(olga, "Start testing");
  await expect(section(olga, "Phase")).toContainText("Back to registration");
  const open = await enter(olga, "OpenSSL", ALL);
  const other = await enter(olga, "GnuTLS", ["Name this entry", "Show its results that passed"]);
  const secret = await enter(olga, SECRET, []);
  await tellAll(request, [
    [open, other, "pass"],
    [other, open, "fail"],
    [open, secret, "pass"],
  ]);
  await olga.goto(`${EVENT}/settings`);
  await press(olga, "End testing");
  await expect(section(olga, "Phase")).toContainText("Testing ended");

  // The desk tells what is missing; a text names somebody who has not agreed to it.
  await olga.goto(EVENT);
  await olga.getByRole("link", { name: "Summary desk" }).click();
  const checks = section(olga, "Before publishing");
  await expect(checks).toContainText(`${SECRET} has not agreed to be named`);
  await expect(checks).toContainText("“Overview” is not written");
  await expect(checks).toContainText("Security / DoS is restricted");
  await expect(checks).toContainText("just one of 3 participants is not named");
  const late = await newPage();
  await signIn(late, "olga-closes@example.org");
  await late.goto(`${EVENT}/summary/desk/overview`);
  await olga.getByRole("link", { name: "Overview", exact: true }).click();
  await textOf(olga).fill(`Three came.\n\n- **${SECRET}** did well`);
  await olga.getByLabel("State").selectOption("ready");
  await olga.getByRole("button", { name: "Save the text" }).focus();
  await olga.keyboard.press("Enter");
  await expect(done(olga)).toHaveText("The text is saved.");
  await expect(checks).toContainText(`“Overview” names ${SECRET} without consent`);

  // Nobody overwrites what they have not read, and what they wrote is still there.
  await textOf(late).fill("Four came, I think.");
  await press(late, "Save the text");
  await expect(fault(late)).toContainText("has changed this text since you opened it");
  await expect(textOf(late)).toHaveValue("Four came, I think.");
  await expect(section(late, "As it stands, by olga-closes@example.org")).toContainText(
    "Three came.",
  );

  // Before publication visitors find nothing.
  expect((await visitor.goto(`${EVENT}/summary`))?.status()).toBe(404);
  await olga.goto(`${EVENT}/summary`);
  await expect(olga.getByRole("link", { name: "summary desk" })).toBeVisible();

  await olga.goto(`${EVENT}/summary/preview`);
  await expect(account(olga)).toContainText("a participant did well");
  const previewed = await account(olga).innerHTML();
  await olga.getByLabel(/I have looked at/).check();
  await press(olga, "Publish version 1");
  await expect(done(olga)).toContainText("Published.");
  await visitor.goto(`${EVENT}/summary`);
  expect(await account(visitor).innerHTML()).toBe(previewed);
});

test("a visitor reads it without a session, on paper and as data, and nobody unnamed is in it", async ({
  page,
  request,
}) => {
  await page.goto(EVENT);
  await page.getByRole("link", { name: "Read the summary" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Summary of Closing plugfest");
  const dtls = section(page, "DTLS");
  await expect(dtls).toContainText(
    "1 of 1 confirmed outcome passed (100 %). 2 more cells are withheld",
  );
  await expect(dtls).toContainText("1 not named");
  await expect(section(page, "Security / DoS")).toContainText(
    "The results of this track are not published.",
  );
  await expect(section(page, "Thanks")).toContainText("Sippy Software");
  await expectAccessible(page);

  // On paper there is no navigation, in light colours even where the screen is dark.
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  await expect(page.getByRole("navigation")).toHaveCount(0);
  await expect(page.getByRole("banner")).toHaveCount(0);
  await expect(account(page)).toBeVisible();
  await page.emulateMedia({ media: "screen", colorScheme: "light" });

  // Every number leads to what was counted.
  await dtls.getByRole("link", { name: "Passed: 1" }).click();
  await expect(page).toHaveURL(/\/tracks\/dtls\?state=confirmed&outcome=pass$/);

  const texts = [await (await request.get(`${EVENT}/summary`)).text()];
  for (const [ending, type] of [
    ["md", "text/markdown"],
    ["json", "application/json"],
    ["csv", "text/csv"],
  ] as const) {
    const answer = await request.get(`/api/v1${EVENT}/summary.${ending}`);
    expect(answer.headers()["content-type"]).toContain(type);
    texts.push(await answer.text());
  }
  expect(texts.every((text) => text.includes("GnuTLS"))).toBe(true);
  expect(texts.filter((text) => text.toLowerCase().includes(SECRET.toLowerCase()))).toEqual([]);
});

test("a correction is a further version; the one before stays", async ({ newPage }) => {
  const olga = await newPage();
  await signIn(olga, "olga-closes@example.org");
  await olga.goto(`${EVENT}/summary/desk/overview`);
  await textOf(olga).fill("Three came, and one of them from afar.");
  await press(olga, "Save the text");
  await olga.getByRole("link", { name: "Preview and publish" }).click();
  await olga.getByLabel(/I have looked at/).check();
  await press(olga, "Publish version 2");
  await expect(fault(olga)).toContainText("Say what this version corrects");
  await olga.getByLabel("What this version corrects").fill("Who came from where.");
  await olga.getByLabel(/I have looked at/).check();
  await press(olga, "Publish version 2");
  await expect(done(olga)).toContainText("Published.");

  const visitor = await newPage();
  await visitor.goto(`${EVENT}/summary`);
  await expect(account(visitor)).toContainText("from afar");
  await expect(section(visitor, "Versions")).toContainText("Who came from where.");
  await section(visitor, "Versions").getByRole("link", { name: "Version 1" }).click();
  await expect(account(visitor)).not.toContainText("from afar");
  await visitor.getByRole("link", { name: "There is a newer version, 2" }).click();
  await expect(visitor).toHaveURL(/\/summary$/);
  expect((await visitor.goto(`${EVENT}/summary/versions/3`))?.status()).toBe(404);
  expect((await visitor.goto(`${EVENT}/summary/desk`))?.status()).toBe(200);
  await expect(visitor.getByRole("heading", { level: 1 })).toHaveText("Sign in to see this");
});

test("the organizer's pages are accessible, and OpenSIPIt'03 tells its own story", async ({
  newPage,
}) => {
  test.slow();
  const olga = await newPage();
  await signIn(olga, "olga-closes@example.org");
  for (const path of ["settings", "summary/desk", "summary/desk/track-dtls", "summary/preview"]) {
    await olga.goto(`${EVENT}/${path}`);
    await expect(olga.getByRole("heading", { level: 1 })).toBeVisible();
    await expectAccessible(olga);
  }
  await olga.goto("/events/opensipit-03");
  await expect(section(olga, "What the account states")).toContainText("8 projects.");
  await expect(section(olga, "Sponsors")).toContainText("Sippy Software");
  await expectAccessible(olga);
  await olga.getByRole("link", { name: "Read the summary" }).click();
  await expect(section(olga, "STIR/SHAKEN")).toContainText("75a168a9");
  await expect(section(olga, "DTLS")).toContainText("No result is recorded in this track.");
  await expectAccessible(olga);
});

test("a form from another site is refused", async ({ newPage, baseURL }) => {
  const page = await newPage();
  await signIn(page, "olga-closes@example.org");
  for (const path of [
    "settings/phase",
    "settings/save",
    "settings/next",
    "summary/preview/publish",
    "summary/desk/add",
  ]) {
    const response = await page.request.post(`${baseURL}${EVENT}/${path}`, {
      form: { none: "" },
      headers: { origin: "https://evil.example", "sec-fetch-site": "cross-site" },
      maxRedirects: 0,
    });
    expect(response.status(), path).toBe(403);
  }
});
