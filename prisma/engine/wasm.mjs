// Node 20 cannot import a .wasm file as a module, so it is instantiated by hand.
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import * as bindings from "@prisma/schema-engine-wasm/schema_engine_bg";
import { adapterFactory } from "./adapter.mjs";

/** The Rust side writes its last words here before it dies. */
export const panic = {
  message: "",
  set_message(message) {
    this.message = message;
  },
};

function instantiate() {
  globalThis.PRISMA_WASM_PANIC_REGISTRY = panic;
  const folder = path.dirname(fileURLToPath(import.meta.resolve("@prisma/schema-engine-wasm")));
  const bytes = fs.readFileSync(path.join(folder, "schema_engine_bg.wasm"));
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), {
    "./schema_engine_bg.js": bindings,
  });
  bindings.__wbg_set_wasm(exports);
  exports.__wbindgen_start();
}

export function openEngine({ datasource, datamodels }) {
  instantiate();
  const files = datamodels.map((file) => [file, fs.readFileSync(file, "utf8")]);
  return bindings.SchemaEngine.new(
    { datamodels: files.length > 0 ? files : undefined },
    () => undefined,
    adapterFactory(datasource),
  );
}
