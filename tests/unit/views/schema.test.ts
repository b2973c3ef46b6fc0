import { describe, expect, it } from "vitest";
import { viewIn } from "@/lib/views/schema";

describe("a view in an address", () => {
  const read = (text: string) => viewIn(new URLSearchParams(text));

  it("has every field, also those that are one value and no list", () => {
    expect(read("flip=1&density=compact&pin=gnutls&sort=attention&asOf=7")).toEqual({
      ...{ flip: "1", density: "compact", pin: "gnutls", sort: "attention", asOf: "7" },
    });
  });

  it("takes a list in one field or in several, and nothing that is empty or unknown", () => {
    expect(read("test=C-1&test=C-2,C-3&hide=passing&entry=&cell=9")).toEqual({
      test: ["C-1", "C-2", "C-3"],
      hide: ["passing"],
    });
  });
});
