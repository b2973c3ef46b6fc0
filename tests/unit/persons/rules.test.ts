import { describe, expect, it } from "vitest";
import { describeBrowser, listZones } from "@/lib/persons/rules";
import { profileSchema } from "@/lib/persons/schema";

describe("a browser is described by", () => {
  it.each([
    ["Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0", "Firefox on Linux"],
    [
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/153.0.0.0 Safari/537.36 Edg/153.0.0.0",
      "Edge on Windows",
    ],
    [
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15",
      "Safari on macOS",
    ],
    [
      "Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/153.0 Mobile/15E148 Safari/604.1",
      "Chrome on iOS",
    ],
    [
      "Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/153.0.0.0 Mobile Safari/537.36",
      "Chrome on Android",
    ],
    [
      "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/153.0.0.0 Safari/537.36",
      "Chrome on Linux",
    ],
    ["curl/8.5.0", "Unknown browser"],
    ["", "Unknown browser"],
  ])("%s", (userAgent, words) => {
    expect(describeBrowser(userAgent)).toBe(words);
  });

  it("nothing that it did not say", () => {
    expect(describeBrowser(null)).toBe("Unknown browser");
  });
});

describe("the zones to choose from", () => {
  it("are each one that the profile takes, under the name of today", () => {
    const zones = listZones(null);
    expect(zones).toContain("UTC");
    expect(zones).toContain("Europe/Kyiv");
    expect(zones).not.toContain("Europe/Kiev");
    for (const zone of zones) {
      expect(profileSchema.safeParse({ name: "", zone }).success, zone).toBe(true);
    }
  });

  it("include the one chosen before, once", () => {
    expect(listZones("Europe/Kiev").filter((zone) => zone === "Europe/Kiev")).toHaveLength(1);
    expect(listZones("UTC").filter((zone) => zone === "UTC")).toHaveLength(1);
  });
});
