import { expect, type Page } from "@playwright/test";
import { mintSignInLink } from "./site";

/** Signs a page in by a link of the operator's; `more` are roles, as `--member-of loopback/kamailio`. */
export async function signIn(page: Page, email: string, ...more: string[]) {
  await page.goto(mintSignInLink(email, ...more));
  const button = page.getByRole("main").getByRole("button", { name: "Sign in" });
  await button.focus();
  await button.press("Enter");
  await expect(button).toHaveCount(0);
}
