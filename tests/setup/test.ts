import { test as base, expect } from "@playwright/test";

/** What the page's policy stopped, in the words of the browser's console. */
const STOPPED = /Content Security Policy|Trusted ?Type|Permissions[- ]Policy/i;

type Fixtures = { watchPolicy: undefined };

/** Playwright's test, in which whatever the page's own policy has to stop is a failure. */
export const test = base.extend<Fixtures>({
  watchPolicy: [
    async ({ context }, use) => {
      const violations: string[] = [];
      context.on("console", (message) => {
        if (STOPPED.test(message.text())) violations.push(message.text());
      });
      context.on("weberror", (error) => violations.push(String(error.error())));
      await use(undefined);
      expect(violations).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };
