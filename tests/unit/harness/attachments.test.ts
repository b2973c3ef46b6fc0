import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { readGroup } from "@/lib/harness/formats/formats";
import { NOTHING_ASKED, spellOut } from "./golden";
import { openScratch } from "./scratch";

const scratch = openScratch();

async function read(body: string) {
  const file = scratch.write(
    `<testsuite name="s"><testcase name="a">${body}</testcase></testsuite>`,
    "report.xml",
  );
  const sources = [{ path: file, name: "report.xml", changedAt: "2026-11-23T00:00:00.000Z" }];
  return (await spellOut(
    await readGroup({ label: file, format: "auto", sources }, NOTHING_ASKED),
  )) as {
    warnings: string[];
    captures?: { name: string }[];
    items: { evidence?: { name: string; kind: string }[]; labels?: object; parties?: object }[];
  };
}

it("a case's files go along as its evidence, by mark and by property, each once", async () => {
  mkdirSync(path.join(scratch.folder, "out"), { recursive: true });
  writeFileSync(path.join(scratch.folder, "out", "trace.log"), "INVITE sip:a@b SIP/2.0\r\n");
  const told = await read(
    '<properties><property name="attachment" value="out/trace.log"/></properties><system-out>x\n[[ATTACHMENT|out/trace.log]]\n</system-out>',
  );
  expect(told.warnings).toEqual([]);
  expect(told.captures?.map(({ name }) => name)).toEqual(["trace.log"]);
  expect(told.items[0]?.evidence).toMatchObject([{ name: "trace.log" }]);
});

it.each([
  ["/etc/passwd", "outside"],
  ["../../../etc/passwd", "outside"],
  ["link", "outside"],
  ["nowhere.pcap", "not there"],
])("a file named %s is not sent, and that is said", async (name, why) => {
  if (name === "link") symlinkSync("/etc/passwd", path.join(scratch.folder, "link"));
  const told = await read(`<system-out>[[ATTACHMENT|${name}]]</system-out>`);
  expect(told.captures).toBeUndefined();
  expect(told.items[0]?.evidence).toBeUndefined();
  expect(told.warnings.join()).toContain(name === "../../../etc/passwd" ? "passwd" : why);
});

it("what is printed may label a case, and cannot say who took part", async () => {
  const told = await read(
    "<system-out>[[PROPERTY|ticket=K-1]] [[PROPERTY|plugfest.role.as=evil]] [[PROPERTY|plugfest.item={}]]</system-out>",
  );
  expect(told.items[0]?.labels).toEqual({ ticket: "K-1" });
  expect(told.items[0]?.parties).toBeUndefined();
});
