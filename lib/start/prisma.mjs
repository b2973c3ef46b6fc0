import { spawn } from "node:child_process";
import path from "node:path";
import { ROOT } from "./root.mjs";

/** The environment in which the Prisma CLI downloads nothing. */
export const PRISMA_ENV = {
  PRISMA_SCHEMA_ENGINE_BINARY: path.join(ROOT, "prisma/engine.mjs"),
  PRISMA_HIDE_UPDATE_MESSAGE: "1",
  CHECKPOINT_DISABLE: "1",
};

/** Runs the Prisma CLI in this terminal; resolves to its exit code. */
export function prisma(args, env = {}) {
  const cli = path.join(ROOT, "node_modules/prisma/build/index.js");
  const child = spawn(process.execPath, [cli, ...args], {
    cwd: ROOT,
    stdio: "inherit",
    env: { ...process.env, ...PRISMA_ENV, ...env },
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => resolve(code ?? 1));
  });
}
