// node import-naive.mjs FILE URL SLUG TOKEN RUN: a report as one would push it first: read whole, made a tree, every
// result in memory, each batch sent as it is. It keeps nothing on disk, and sends nothing again.
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import sax from "sax";

const [file = "", url = "", slug = "", token = "", runId = ""] = process.argv.slice(2);
const BATCH = 1000;

type Node = { name: string; attributes: Record<string, string>; children: Node[]; text: string };

function treeOf(xml: string): Node {
  const root: Node = { name: "", attributes: {}, children: [], text: "" };
  const open = [root];
  const parser = sax.parser(true);
  parser.onopentag = ({ name, attributes }) => {
    const node = { name, attributes: attributes as Record<string, string>, children: [], text: "" };
    open.at(-1)?.children.push(node);
    open.push(node);
  };
  parser.onclosetag = () => void open.pop();
  parser.ontext = (text) => {
    const node = open.at(-1);
    if (node) node.text += text;
  };
  parser.write(xml).close();
  return root;
}

const find = (node: Node, name: string): Node[] =>
  node.children.flatMap((child) => (child.name === name ? [child] : find(child, name)));

const OUTCOMES = [
  ["failure", "fail"],
  ["error", "error"],
  ["skipped", "skipped"],
] as const;

function itemOf(one: Node, startedAt: string) {
  const has = (name: string) => one.children.find((child) => child.name === name);
  const [found, outcome] = OUTCOMES.find(([name]) => has(name)) ?? [undefined, "pass"];
  const log = [found && has(found)?.text, has("system-out")?.text].filter(Boolean).join("\n");
  const message = found && has(found)?.attributes.message;
  return {
    id: randomUUID(),
    test: one.attributes.name ?? "",
    outcome,
    startedAt,
    durationMs: Number(one.attributes.time) * 1000,
    parties: [
      { role: "uac", entry: "e-0", build: "1.0" },
      { role: "uas", entry: "e-1", build: "1.0" },
    ],
    ...(message && { message }),
    ...(log && { log: { excerpt: log.slice(0, 16_000), truncated: false } }),
  };
}

const items = find(treeOf(readFileSync(file, "utf8")), "testsuite").flatMap((suite) =>
  find(suite, "testcase").map((one) => itemOf(one, suite.attributes.timestamp ?? "")),
);
for (let at = 0; at < items.length; at += BATCH) {
  const response = await fetch(`${url}/api/v1/events/${slug}/runs/${runId}/results`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ schema: "1", items: items.slice(at, at + BATCH) }),
  });
  if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`);
  await response.arrayBuffer();
}
