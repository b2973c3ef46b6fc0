import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const text = readFileSync("docs/architecture.md", "utf8");

describe("docs/architecture.md", () => {
  it("names files that exist", () => {
    const named = [...text.matchAll(/`((?:app|components|lib|prisma|tests)\/[^`<>*]+)`/g)].map(
      ([, name]) => name ?? "",
    );
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((name) => !existsSync(name))).toEqual([]);
  });
});

describe("README.md", () => {
  it("is at most 120 lines, with the two commands first", () => {
    const lines = readFileSync("README.md", "utf8").split("\n");
    expect(lines.length).toBeLessThanOrEqual(121);
    expect(lines.slice(0, 6).join("\n")).toContain("npm start");
    expect(lines.slice(0, 6).join("\n")).toContain("npm test");
  });
});
