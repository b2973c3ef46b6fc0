import { expect, type Page } from "@playwright/test";
import { mintSignInLink } from "@/tests/setup/site";

/** Signs somebody in by a link of the operator's, who may give them a part: `--lead-of`, `loopback/dtls`. */
export async function signIn(page: Page, email: string, ...part: string[]) {
  await page.goto(mintSignInLink(email, ...part));
  const button = page.getByRole("main").getByRole("button", { name: "Sign in" });
  await button.click();
  await expect(button).toHaveCount(0);
}
