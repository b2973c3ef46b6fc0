import { expectAccessible } from "@/tests/setup/accessible";
import { expect, test } from "@/tests/setup/test";

test("Ctrl-K goes to anything of the event by its name, and Escape back to where one was", async ({
  page,
}) => {
  await page.goto("/events/loopback");
  const door = page.getByRole("button", { name: /^Go to/ });
  await door.focus();
  await page.keyboard.press("Control+k");
  const palette = page.getByRole("dialog", { name: "Go to" });
  await expect(palette.getByRole("option").first()).toBeVisible();
  await expect(palette.getByRole("combobox")).toBeFocused();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(palette).toHaveCount(0);
  await expect(door).toBeFocused();

  await page.keyboard.press("Control+k");
  await expect(palette.getByRole("combobox")).toBeFocused();
  await page.keyboard.type("dtls-01");
  await expect(palette.getByRole("option", { name: /^DTLS-01/ })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/tracks\/dtls\/tests\/DTLS-01$/);
});

test("the palette leads to all that two projects tested together by the names of both", async ({
  page,
}) => {
  await page.goto("/events/loopback");
  await page.getByRole("button", { name: /^Go to/ }).click();
  const palette = page.getByRole("dialog", { name: "Go to" });
  await expect(palette.getByRole("option").first()).toBeVisible();
  await page.keyboard.type("kamailio with jssip");
  const two = palette.getByRole("option", { name: /with JsSIP/ });
  await expect(two).toHaveCount(1);
  await expectAccessible(page);
  await two.click();
  await expect(page).toHaveURL(/\/projects\/jssip\/with\/kamailio$/);
});
