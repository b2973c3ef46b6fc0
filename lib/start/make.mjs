// The things made out of the sources: Prisma's client, the agent, the operator's commands, the site.
import fs from "node:fs";
import path from "node:path";
import { bundleAdmin, bundleAgent } from "./bundle.mjs";
import { PRISMA_ENV } from "./prisma.mjs";
import { runNode } from "./processes.mjs";
import { ROOT } from "./root.mjs";
import { makeOnce } from "./steps.mjs";

export const SITE = path.join(ROOT, ".next/standalone/server.js");

const CLIENT = "lib/db/generated";
// Every folder of lib but the launcher's own, whose files only say how things are made.
const LIB = fs
  .readdirSync(path.join(ROOT, "lib"))
  .filter((name) => name !== "start")
  .map((name) => `lib/${name}`);
const SETTINGS = ["package-lock.json", "tsconfig.json"];

export const makeClient = () =>
  makeOnce("client", {
    inputs: ["prisma/schema", "prisma.config.ts", "package-lock.json"],
    outputs: [`${CLIENT}/client.ts`, `${CLIENT}/internal/class.ts`],
    make: () => runNode(["node_modules/prisma/build/index.js", "generate"], PRISMA_ENV),
  });

export const makeAgent = () =>
  makeOnce("agent", {
    inputs: [...LIB, "lib/start/bundle.mjs", ...SETTINGS],
    outputs: ["public/plugfest.mjs"],
    make: () => bundleAgent(),
  });

export const makeAdmin = () =>
  makeOnce("admin", {
    inputs: [...LIB, "prisma/seed/schema.ts", "lib/start/bundle.mjs", ...SETTINGS],
    outputs: ["build/admin.mjs"],
    make: bundleAdmin,
  });

export const makeSite = () =>
  makeOnce("site", {
    inputs: [
      ...["app", "components", "public", ...SETTINGS],
      ...LIB.filter((folder) => folder !== "lib/admin"),
      "lib/start/make.mjs",
      ...[
        "proxy.ts",
        "instrumentation.ts",
        "instrumentation-client.ts",
        "next.config.ts",
        "postcss.config.mjs",
      ],
    ],
    // Next gives every build an id, so a build by hand in between is noticed.
    outputs: [".next/BUILD_ID", ".next/standalone/.next/BUILD_ID", ".next/standalone/server.js"],
    make: buildSite,
  });

async function buildSite() {
  await runNode(["node_modules/next/dist/bin/next", "build"], {
    NODE_ENV: "production",
    NEXT_TELEMETRY_DISABLED: "1",
  });
  // Next leaves these to a content delivery network; here the site serves them itself.
  for (const folder of [".next/static", "public"]) {
    const to = path.join(ROOT, ".next/standalone", folder);
    fs.rmSync(to, { recursive: true, force: true });
    fs.cpSync(path.join(ROOT, folder), to, { recursive: true });
  }
}
