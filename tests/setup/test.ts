import { type BrowserContext, test as base, expect, type Page } from "@playwright/test";

/** What the page's policy stopped, in the words of the browser's console. */
const STOPPED = /Content Security Policy|Trusted ?(Type|Script|HTML)|Permissions[- ]Policy/i;

type Fixtures = {
  violations: string[];
  watchPolicy: undefined;
  /** A page in a browser of its own: no cookie in common with any other. */
  newPage(): Promise<Page>;
};

function watch(context: BrowserContext, violations: string[]) {
  context.on("console", (message) => {
    if (STOPPED.test(message.text()))
      violations.push(`${message.page()?.url()}: ${message.text()}`);
  });
  context.on("weberror", (error) => violations.push(String(error.error())));
}

/** Playwright's test, in which whatever a page's own policy has to stop is a failure. */
export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names out of the pattern
  violations: async ({}, use) => {
    const violations: string[] = [];
    await use(violations);
    expect(violations).toEqual([]);
  },
  watchPolicy: [
    async ({ context, violations }, use) => {
      watch(context, violations);
      await use(undefined);
    },
    { auto: true },
  ],
  newPage: async ({ browser, violations }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async () => {
      const context = await browser.newContext();
      contexts.push(context);
      watch(context, violations);
      return context.newPage();
    });
    for (const context of contexts) await context.close();
  },
});

export { expect };
