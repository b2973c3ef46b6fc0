import type { APIRequestContext, Page } from "@playwright/test";
import { expectAccessible } from "@/tests/setup/accessible";
import { pushResults } from "@/tests/setup/push";
import { signIn } from "@/tests/setup/sign-in";
import { mintAgentToken } from "@/tests/setup/site";
import { expect, test } from "@/tests/setup/test";

// A live track of twenty entries: three agents push while its lead works by keyboard alone.

const EVENT = "/events/twenty";
const TRACK = `${EVENT}/tracks/dtls`;
const NAMES = Array.from({ length: 20 }, (_, at) => `Stack ${String(at + 1).padStart(2, "0")}`);
const slugOf = (name: string) => name.toLowerCase().replace(" ", "-");
const AGENTS = ["stack-01", "stack-02", "stack-03"];
const TESTS = ["DTLS-02", "DTLS-03", "DTLS-04", "DTLS-16"];

const grid = (page: Page) => page.getByRole("grid", { name: /offerer .*× .*answerer/i });
const isLive = (page: Page) => expect(page.locator(".live-state")).toContainText("Live");

async function press(page: Page, name: string | RegExp) {
  const button = page.getByRole("button", { name });
  await button.focus();
  await button.press("Enter");
}

/** An edition of twenty entries in both roles, being tested. */
async function makeEvent(olga: Page, baseURL: string | undefined) {
  await signIn(olga, "olga-twenty@example.org", "--organizer-of", "loopback");
  await olga.goto("/events/loopback/settings");
  await olga.getByLabel("Its name").fill("Twenty stacks");
  await olga.getByLabel("Short name in addresses").fill("twenty");
  await press(olga, "Make the next edition");
  await olga.getByLabel("A project that enters").selectOption("open");
  await press(olga, "Save the settings");
  await expect(olga.getByText("The settings are saved.").first()).toBeVisible();
  await press(olga, "Open registration");
  await expect(olga.getByRole("button", { name: "Start testing" })).toBeVisible();
  for (const name of NAMES) {
    const fields = new URLSearchParams({ "project.name": name, chosen: "new" });
    fields.append("entry.kind", "participant");
    for (const role of ["offerer", "answerer"]) fields.append("role", `dtls/${role}`);
    const answer = await olga.request.post(`${EVENT}/join/enter`, {
      headers: { origin: baseURL ?? "", "content-type": "application/x-www-form-urlencoded" },
      data: fields.toString(),
      maxRedirects: 0,
    });
    expect(answer.headers().location).toContain(`/entries/${slugOf(name)}`);
  }
  await press(olga, "Start testing");
  await expect(olga.getByRole("button", { name: "End testing" })).toBeVisible();
}

/** What one of the agents says of its entry against every other as the answerer, test by test. */
async function pushAll(request: APIRequestContext, offerer: string) {
  const token = mintAgentToken("twenty", offerer);
  for (const name of TESTS) {
    const others = NAMES.map(slugOf).filter((answerer) => answerer !== offerer);
    const reply = await pushResults(request, {
      ...{ event: "twenty", track: "dtls", token },
      results: others.map((answerer) => ({ test: name, parties: { offerer, answerer } })),
    });
    expect(reply).toMatchObject({ unmapped: 0 });
  }
}

/** What the grid says, place by place. */
const saidIn = (page: Page) =>
  grid(page)
    .locator("[aria-label]")
    .evaluateAll((marks) => marks.map((mark) => mark.getAttribute("aria-label")));

test("a lead works by keyboard while three agents push, and two open pages agree", async ({
  newPage,
  request,
  baseURL,
}) => {
  test.slow();
  const olga = await newPage();
  await makeEvent(olga, baseURL);
  const [lea, other] = [await newPage(), await newPage()];
  await signIn(lea, "lea-twenty@example.org", "--lead-of", "twenty/dtls");
  await signIn(other, "otto-twenty@example.org", "--lead-of", "twenty/dtls");
  for (const page of [lea, other]) {
    await page.goto(TRACK);
    await isLive(page);
    await expect(grid(page)).toBeVisible();
  }

  // The lead stands in the grid; what arrives moves neither the focus nor what is in view.
  await press(lea, "Keys");
  await lea.getByRole("button", { name: "Close" }).press("Enter");
  await lea.keyboard.press("Tab");
  for (const key of ["ArrowDown", "ArrowDown", "ArrowRight"]) await lea.keyboard.press(key);
  const held = await lea.evaluateHandle(() => document.activeElement);
  const scrolled = await lea.evaluate(() => [scrollX, scrollY]);
  await Promise.all(AGENTS.map((offerer) => pushAll(request, offerer)));
  // 3 offerers x 19 answerers x 4 tests.
  await expect(lea.locator(".live-count")).toHaveText("228 changes since you looked");
  expect(await held.evaluate((element) => element === document.activeElement)).toBe(true);
  expect(await lea.evaluate(() => [scrollX, scrollY])).toEqual(scrolled);
  await press(lea, "Seen");
  await expect(lea.locator(".live-count")).toHaveCount(0);

  // One server saw it otherwise: one key finds it, and the desk settles it.
  const contradicts = "stack-04";
  await pushResults(request, {
    ...{ event: "twenty", track: "dtls", token: mintAgentToken("twenty", contradicts) },
    results: [
      {
        test: "DTLS-02",
        parties: { offerer: "stack-02", answerer: contradicts },
        outcome: "fail",
      },
    ],
  });
  await expect(lea.locator(".live-count")).toHaveText("1 change since you looked");
  await expect.poll(() => saidIn(other)).toEqual(await saidIn(lea));

  const desk = lea.getByRole("link", { name: "Lead", exact: true });
  await desk.focus();
  await desk.press("Enter");
  const settle = lea.getByRole("link", { name: /^Settle DTLS-02/ });
  await settle.focus();
  await settle.press("Enter");
  await lea.waitForURL(/\/cells\//);
  const outcome = lea.getByRole("combobox", { name: "Outcome" });
  await outcome.focus();
  await lea.keyboard.type("Pass");
  await lea.keyboard.press("Tab");
  await lea.keyboard.type("Stack 04");
  await lea.getByLabel("Reason").focus();
  await lea.keyboard.type("The capture shows the handshake complete.");
  await press(lea, "Settle");
  await expect(lea.getByRole("region", { name: /^Ruling$/ })).toContainText("Pass");
  await expect(
    other.getByRole("link", { name: /DTLS-02, offerer Stack 02, answerer Stack 04: settled pass/ }),
  ).toBeVisible();
});

test("a link that is sent to a colleague opens the same view", async ({ newPage }) => {
  const [lea, colleague] = [await newPage(), await newPage()];
  await signIn(lea, "lea-twenty@example.org");
  await lea.goto(`${TRACK}?rows=stack-02,stack-01&test=DTLS-02&flip=1&sort=attention`);
  await isLive(lea);
  await signIn(colleague, "otto-twenty@example.org");
  await colleague.goto(lea.url());
  await isLive(colleague);
  expect(await grid(colleague).ariaSnapshot()).toBe(await grid(lea).ariaSnapshot());
});

test("a screen reader is told the grid by rows, columns and words", async ({ newPage }) => {
  const page = await newPage();
  await signIn(page, "lea-twenty@example.org");
  await page.goto(`${TRACK}?rows=stack-02&columns=stack-03,stack-04&test=DTLS-02`);
  await isLive(page);
  await expect(grid(page)).toMatchAriaSnapshot(`
    - grid "Matrix, SDP offerer × SDP answerer":
      - caption:
        - paragraph: /DTLS-02 Role negotiation/
        - paragraph: /Showing 2 of 228 cells\\. The whole grid. 228 of \\d+ applicable combinations tried, 1 confirmed/
      - rowgroup:
        - row "SDP offerer SDP answerer":
          - gridcell "SDP offerer"
          - columnheader "SDP answerer"
        - row "Stack 03 Stack 04":
          - columnheader "Stack 03"
          - columnheader "Stack 04"
      - rowgroup:
        - row:
          - rowheader "Stack 02"
          - 'gridcell "DTLS-02, offerer Stack 02, answerer Stack 03: reported pass, 1 of 2 sides"':
            - 'link "DTLS-02, offerer Stack 02, answerer Stack 03: reported pass, 1 of 2 sides"'
          - 'gridcell "DTLS-02, offerer Stack 02, answerer Stack 04: settled pass, 2 of 2 sides"':
            - 'link "DTLS-02, offerer Stack 02, answerer Stack 04: settled pass, 2 of 2 sides"'
  `);
  await expectAccessible(page);
});

test("a participant does their part on a phone", async ({ newPage }) => {
  test.slow();
  const page = await newPage();
  await page.setViewportSize({ width: 390, height: 844 });
  await signIn(page, "pia-twenty@example.org", "--member-of", "twenty/stack-05");
  const fits = async () =>
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
      390,
    );
  await page.goto(EVENT);
  await fits();
  await page.goto(`${EVENT}/awaiting`);
  await fits();
  const first = page.locator("li.card", { hasText: "says Stack 01" }).first();
  await expect(first).toBeVisible();
  await first.getByRole("button", { name: /^Agree/ }).click();
  await expect(
    page
      .getByRole("status")
      .filter({ hasText: /agreed|confirmed/i })
      .first(),
  ).toBeVisible();
  await page.goto(`${EVENT}/log?track=dtls&test=DTLS-18&offerer=stack-05&answerer=stack-06`);
  await fits();
  await page.getByRole("radio", { name: "Pass" }).check();
  await page.getByRole("button", { name: /^Log/ }).click();
  await expect(page.locator(".log-status")).toHaveText("Logged: Pass.");
  await page.goto(`${TRACK}?entry=stack-05`);
  await fits();
  await expect(
    page.getByRole("link", { name: /DTLS-18, offerer Stack 05, answerer Stack 06: reported pass/ }),
  ).toBeVisible();
  await expectAccessible(page);
});
