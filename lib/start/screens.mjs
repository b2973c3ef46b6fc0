// npm run screens -- URL [SIGN-IN-LINK]: pictures of every screen into docs/screens, light, dark and
// 390 px wide, from a running site. They are looked at by people; no test compares them.
import fs from "node:fs";
import path from "node:path";
import { chromium } from "@playwright/test";
import { findChromium } from "./chromium.mjs";

const FOLDER = path.resolve("docs/screens");
const LOOKS = {
  light: { colorScheme: "light", viewport: { width: 1360, height: 900 } },
  dark: { colorScheme: "dark", viewport: { width: 1360, height: 900 } },
  phone: { colorScheme: "light", viewport: { width: 390, height: 844 } },
};
const SCREENS = {
  home: "/",
  event: "/events/loopback",
  track: "/events/loopback/tracks/dtls",
  "track-one-test": "/events/loopback/tracks/dtls?test=DTLS-07",
  "track-query": "/events/loopback/tracks/dtls?q=outcome:pass+-project:werift",
  "track-entry": "/events/loopback/tracks/dtls?entry=gnutls",
  "track-third-parties": "/events/loopback/tracks/performance?split=third",
  compare: "/events/loopback/tracks/dtls/compare",
  replay: "/events/loopback/tracks/dtls/replay",
  kiosk: "/events/loopback/kiosk",
  "test-plan": "/events/loopback/tracks/dtls/tests",
  "test-case": "/events/loopback/tracks/stir-shaken/tests/SS-07",
  entries: "/events/loopback/entries",
  project: "/projects/kamailio",
  "two-projects": "/projects/gnutls/with/openssl",
  measurements: "/events/loopback/tracks/performance/measurements",
  "plan-print": "/events/loopback/tracks/dtls/tests/print",
  "event-published": "/events/opensipit-03",
  summary: "/events/opensipit-03/summary",
  issues: "/events/opensipit-03/issues",
  issue: "/events/opensipit-03/issues/3",
  "api-docs": "/docs/api",
  "sign-in": "/sign-in",
  "not-found": "/events/nowhere",
};

/** Of somebody who is organizer of the event and member of an entry in the DTLS track. */
const OWN_SCREENS = {
  "event-organizer": SCREENS.event,
  account: "/account",
  settings: "/events/loopback/settings",
  "summary-desk": "/events/loopback/summary/desk",
  "summary-preview": "/events/loopback/summary/preview",
  agents: "/events/loopback/agents",
  "lead-desk": "/events/loopback/tracks/dtls/lead",
  plan: "/events/loopback/tracks/dtls/plan",
  "plan-test": "/events/loopback/tracks/dtls/plan/DTLS-01",
  log: "/events/loopback/log?track=dtls&test=DTLS-01&client=openssl&server=werift",
  awaiting: "/events/loopback/awaiting",
  "saved-views": "/events/loopback/views",
  "issue-raise": "/events/loopback/issues/raise?track=dtls",
};

const [url, signInLink] = process.argv.slice(2);
if (!url) {
  console.error("usage: npm run screens -- URL [SIGN-IN-LINK]");
  process.exit(2);
}
const { executablePath, env } = await findChromium();
const browser = await chromium.launch({
  ...(executablePath ? { executablePath } : {}),
  env: { ...process.env, ...env },
  args: ["--no-sandbox"],
});
fs.mkdirSync(FOLDER, { recursive: true });
const state = signInLink ? await signIn() : undefined;
for (const [look, options] of Object.entries(LOOKS)) await takeAll(look, options);
await browser.close();

async function takeAll(look, options) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  for (const [name, address] of Object.entries(SCREENS))
    await take(page, `${name}-${look}`, address);
  await takeCell(page, "", look);
  if (state) await takeSignedIn(look, options);
  await context.close();
}

async function takeSignedIn(look, options) {
  const context = await browser.newContext({ ...options, storageState: state });
  const page = await context.newPage();
  for (const [name, address] of Object.entries(OWN_SCREENS))
    await take(page, `${name}-${look}`, address);
  await takeCell(page, "-own", look);
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox").waitFor();
  await page.screenshot({ path: path.join(FOLDER, `palette-${look}.png`) });
  await context.close();
}

/** The first cell of the track, beside its matrix and on a page of its own. */
async function takeCell(page, whose, look) {
  await page.goto(`${url}${SCREENS.track}`);
  const cell = await page.locator('a[href*="/cells/"]').first().getAttribute("href");
  const id = cell?.split("/cells/")[1]?.split("?")[0];
  if (!id) throw new Error("The track has no cell to take a picture of.");
  await take(page, `panel${whose}-${look}`, `${SCREENS.track}?cell=${id}`);
  await take(page, `cell${whose}-${look}`, cell);
}

async function take(page, name, address) {
  await page.goto(new URL(address, url).href);
  const live = page.locator(".live-state");
  if ((await live.count()) > 0) await page.locator('.live-state[data-connected="true"]').waitFor();
  if (address.includes("?cell=")) await page.locator("#panel-sides").waitFor();
  await page.screenshot({ path: path.join(FOLDER, `${name}.png`) });
}

async function signIn() {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(signInLink);
  await page
    .getByRole("button", { name: /sign in/i })
    .first()
    .click();
  await page.waitForLoadState();
  return context.storageState();
}
