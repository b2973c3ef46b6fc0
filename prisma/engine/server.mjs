import readline from "node:readline";
import { createDatabase, parseAddress } from "./address.mjs";
import { logFailure } from "./failure.mjs";
import { openEngine, panic } from "./wasm.mjs";

// The code the native engine gives every failure; what happened is in `data`.
const RPC_FAILURE = 4466;

// Methods whose name differs, or that the wasm engine does not do by itself.
const METHODS = {
  getDatabaseVersion: (engine, params) => engine.version(params),
  createMigration: afterDiagnosis("createMigration"),
  evaluateDataLoss: afterDiagnosis("evaluateDataLoss"),
};

/**
 * The wasm engine makes no shadow database for these two: they work only off the cache that
 * devDiagnostic leaves behind, for exactly the same list of migrations.
 */
function afterDiagnosis(method) {
  return async (engine, params) => {
    const { migrationsList, filters } = params;
    await engine.devDiagnostic({ migrationsList, filters });
    return engine[method](params);
  };
}

/** Answers JSON-RPC requests, one a line on stdin, in the order they came, until stdin closes. */
export function serve(options) {
  process.on("uncaughtException", (error) => {
    logFailure({ message: panic.message || error.stack, is_panic: true, backtrace: error.stack });
    process.exit(101); // what a Rust program ends with when it panics
  });
  let engine;
  const call = async (method, params) => {
    if (method === "createDatabase") return makeDatabase(options.datasource);
    engine ??= await openEngine(options);
    const known = METHODS[method];
    if (known) return known(engine, params);
    if (typeof engine[method] !== "function") {
      throw new Error(`${method} is not supported by the wasm engine`);
    }
    return engine[method](params);
  };

  let last = Promise.resolve();
  const lines = readline.createInterface({ input: process.stdin });
  lines.on("line", (line) => {
    if (line.trim() === "") return;
    const message = JSON.parse(line);
    // A line without a method is the CLI's answer to a `print` of ours.
    if (message.method) last = last.then(() => reply(message, call));
  });
  lines.on("close", () => last.finally(() => process.exit(0)));
}

async function reply({ id, method, params }, call) {
  try {
    const result = (await call(method, params)) ?? null;
    send({ id, result: method === "diff" ? printed(result) : result });
  } catch (error) {
    send({ id, error: failure(error) });
  }
}

/** The native engine prints a diff by a message of its own instead of returning it. */
function printed(result) {
  if (result?.stdout == null) return result;
  send({ id: 1, method: "print", params: { content: result.stdout } });
  return { ...result, stdout: null };
}

function failure(error) {
  const panicked = error.name === "RuntimeError";
  const data = panicked
    ? { is_panic: true, message: panic.message, backtrace: error.stack }
    : {
        is_panic: false,
        message: error.message ?? String(error),
        error_code: error.code,
        meta: error.meta ?? null,
      };
  return { code: RPC_FAILURE, message: "An error happened. Check the data field.", data };
}

async function makeDatabase(datasource) {
  const address = parseAddress(datasource.url);
  await createDatabase(address);
  return { databaseName: address.database };
}

const send = (message) =>
  process.stdout.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);
