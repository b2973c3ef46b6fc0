// The things made out of the sources: Prisma's client, the agent, the operator's commands, the site.
import fs from "node:fs";
import path from "node:path";
import { PRISMA_ENV } from "./prisma.mjs";
import { runNode } from "./processes.mjs";
import { ROOT } from "./root.mjs";
import { makeOnce } from "./steps.mjs";

export const ADMIN = path.join(ROOT, "build/admin.mjs");
export const SITE = path.join(ROOT, ".next/standalone/server.js");

const CLIENT = "lib/db/generated";
// Every folder of lib but the launcher's own, whose files end up in nothing that is made.
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
    inputs: ["lib/harness", "lib/protocols", "lib/core", ...SETTINGS],
    outputs: ["public/plugfest.mjs"],
    make: () => bundle("lib/harness/main.ts", "public/plugfest.mjs", { minify: true }),
  });

export const makeAdmin = () =>
  makeOnce("admin", {
    inputs: [...LIB, "prisma/seed", ...SETTINGS],
    outputs: ["build/admin.mjs"],
    make: () => bundle("lib/admin/main.ts", "build/admin.mjs", { external: ["pg-native"] }),
  });

export const makeSite = () =>
  makeOnce("site", {
    inputs: [
      ...["app", "components", "public", ...SETTINGS],
      ...LIB.filter((folder) => folder !== "lib/admin"),
      ...["proxy.ts", "instrumentation.ts", "next.config.ts", "postcss.config.mjs"],
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

// Dependencies in CommonJS call `require`, which a module of Node does not have by itself.
const BANNER = [
  "#!/usr/bin/env node",
  'import { createRequire as plugfestRequire } from "node:module";',
  "const require = plugfestRequire(import.meta.url);",
].join("\n");

/** One file that runs with nothing beside it. `@/` is resolved by tsconfig.json. */
async function bundle(entry, outfile, options) {
  const { build } = await import("esbuild");
  await build({
    absWorkingDir: ROOT,
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: "node",
    target: "node20.19",
    format: "esm",
    legalComments: "inline",
    logLevel: "warning",
    banner: { js: BANNER },
    ...options,
  });
}
