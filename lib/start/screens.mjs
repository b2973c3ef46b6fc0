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
  "test-plan": "/events/loopback/tracks/dtls/tests",
  "test-case": "/events/loopback/tracks/stir-shaken/tests/SS-07",
  entries: "/events/loopback/entries",
  project: "/projects/kamailio",
  "sign-in": "/sign-in",
  "not-found": "/events/nowhere",
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
  await page.goto(`${url}${SCREENS.track}`);
  const cell = await page.locator('a[href*="/cells/"]').first().getAttribute("href");
  if (cell) await take(page, `cell-${look}`, cell);
  if (state) await takeSignedIn(look, options);
  await context.close();
}

async function takeSignedIn(look, options) {
  const context = await browser.newContext({ ...options, storageState: state });
  const page = await context.newPage();
  await take(page, `event-organizer-${look}`, SCREENS.event);
  await take(page, `account-${look}`, "/account");
  await context.close();
}

async function take(page, name, address) {
  await page.goto(new URL(address, url).href);
  const live = page.locator(".live-state");
  if ((await live.count()) > 0) await page.locator('.live-state[data-connected="true"]').waitFor();
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
