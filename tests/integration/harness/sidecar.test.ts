import { copyFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { bundledAgent } from "./agent";

const agent = bundledAgent();

describe("a sidecar", () => {
  it("gives the track, the parties and the tests, and another gives other ids", async () => {
    const { site, run } = await agent.bench();
    const names = path.join(agent.folder, "interop.yaml");
    const text = (test: string) =>
      `track: dtls\nparties: { client: openssl@3.5, server: gnutls }\ntests: { "takes *": ${test} }\n`;
    writeFileSync(names, text("DTLS-01"));
    const push = ["push", path.resolve("tests/fixtures/junit/node.xml"), "--names", names];
    expect(await run(push)).toMatchObject({ code: 0 });
    const [first] = [...site.items.values()];
    expect(first).toMatchObject({ test: "DTLS-01", labels: { name: "takes MD5" } });
    expect([...site.runs.values()][0]?.manifest).toMatchObject({
      track: "dtls",
      parties: [
        { role: "client", entry: "openssl", build: "3.5" },
        { role: "server", entry: "gnutls" },
      ],
    });
    writeFileSync(names, text("DTLS-02"));
    expect(await run(push)).toMatchObject({ code: 0 });
    expect(site.items.size).toBe(10);
    await site.close();
  });
});

describe("patterns for names", () => {
  it("tell of a report who took part by its file, and what was tried by its cases", async () => {
    const { site, run } = await agent.bench();
    const report = path.join(agent.folder, "openssl@3.5-to-gnutls.xml");
    copyFileSync(path.resolve("tests/fixtures/junit/node.xml"), report);
    const names = path.join(agent.folder, "patterns.yaml");
    const text = `track: rfc8760
patterns:
  - { case: "takes {variant.algorithm}", test: DG-01 }
  - { file: "{client}-to-{server}.xml" }
`;
    writeFileSync(names, text);
    expect(await run(["push", report, "--names", names])).toMatchObject({ code: 0 });
    const items = [...site.items.values()];
    expect(items).toContainEqual(
      expect.objectContaining({
        test: "DG-01",
        variant: { algorithm: "MD5" },
        labels: { name: "takes MD5" },
      }),
    );
    expect(items.some(({ test }) => test !== "DG-01")).toBe(true);
    expect([...site.runs.values()][0]?.manifest).toMatchObject({
      track: "rfc8760",
      parties: [
        { role: "client", entry: "openssl", build: "3.5" },
        { role: "server", entry: "gnutls" },
      ],
    });
    // Said twice, it is one result.
    expect(await run(["push", report, "--names", names])).toMatchObject({ code: 0 });
    expect(site.items.size).toBe(items.length);

    writeFileSync(names, text.replace("{client}-to-{server}", "{client}-{server}"));
    const refused = await run(["push", report, "--names", names]);
    expect(refused).toMatchObject({ code: 2 });
    expect(refused.stderr).toContain("can be read in two ways");
    expect(site.items.size).toBe(items.length);
    await site.close();
  });
});
