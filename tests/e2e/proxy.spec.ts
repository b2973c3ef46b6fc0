import { pushResult } from "@/tests/setup/push";
import { expect, test } from "@/tests/setup/test";

const TRACK = "/events/loopback/tracks/dtls";
const PARTIES = { client: "werift", server: "gnutls" };

test("a cell's page whose stream a proxy answered with 502 hears of the next result all the same", async ({
  page,
  request,
}) => {
  await page.goto(`${TRACK}?test=DTLS-01`);
  const mark = page.getByRole("link", { name: /DTLS-01, client werift, server GnuTLS: / });
  const cell = await mark.getAttribute("href");

  let asked = 0;
  await page.route(/\/api\/trpc\/results\.onCell/, (route) => {
    asked += 1;
    // As nginx does while what is behind it starts anew.
    return asked === 1 ? route.fulfill({ status: 502, body: "Bad Gateway" }) : route.continue();
  });
  const isAgain = (one: { url(): string }) => one.url().includes("results.onCell") && asked > 0;
  const again = page.waitForRequest(isAgain);
  await page.goto(cell ?? "");
  await again;
  await expect(page.getByRole("main")).not.toContainText(/degraded/i);
  await pushResult(request, {
    track: "dtls",
    test: "DTLS-01",
    parties: PARTIES,
    outcome: "degraded",
  });
  await expect(page.getByRole("main")).toContainText(/degraded/i);
});
