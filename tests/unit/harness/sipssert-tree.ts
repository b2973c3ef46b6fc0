import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

type Tree = { readonly [name: string]: string | Tree };

/** Writes a folder of texts and folders. */
export function plant(folder: string, tree: Tree) {
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of Object.entries(tree)) {
    const target = path.join(folder, name);
    if (typeof content === "string") writeFileSync(target, content);
    else plant(target, content);
  }
}

/** What SIPssert leaves of a run (its logs/ folder), with these scenarios in one set. */
export const LOGS: Tree = {
  "controller.log": "",
  "report.xml": `<testsuites><testsuite name="stir-shaken">
    <testcase name="01.sign" time="2.5" classname="stir-shaken"/>
    <testcase name="02.expired" time="1.5" classname="stir-shaken"><failure type="failure" message="Failure"/></testcase>
    <testcase name="03.silent" time="30" classname="stir-shaken"><failure type="failure" message="Timeout"/></testcase>
    <testcase name="04.left-out" classname="stir-shaken"><skipped type="skipped" message="Filtered"/></testcase>
  </testsuite></testsuites>`,
  "stir-shaken": {
    init_tasks: { "mysql.status": "0\n", "mysql.log": "ready" },
    "01.sign": {
      "opensips.status": "0",
      "opensips.log": "INFO up",
      "uac-sipp.status": "0",
      "uac-sipp.log": "1 call",
    },
    "02.expired": {
      "opensips.status": "0",
      "opensips.log": "INFO up",
      "uac-sipp.status": "1\n",
      "uac-sipp.log": "unexpected 200 OK",
    },
    "03.silent": { "opensips.status": "0", "uac-sipp.status": "255", "uac-sipp.log": "no answer" },
  },
};
export const FOLDER = "2026-11-22.20:00:00.250000";
