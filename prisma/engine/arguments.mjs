import { parseArgs } from "node:util";

/**
 * The arguments the Prisma CLI gives its engine.
 * `verb` is set for `cli <verb>`; `datasource` is `{ url?, shadowDatabaseUrl? }`; `datamodels` are
 * `[path, text]` pairs are read later, so that a missing file is reported over JSON-RPC.
 */
export function parseArguments(argv) {
  const { values, positionals } = parseArgs({
    args: argv,
    strict: false, // the CLI may pass options of the native engine that mean nothing here
    allowPositionals: true,
    options: {
      version: { type: "boolean" },
      datasource: { type: "string" },
      datamodels: { type: "string", multiple: true },
    },
  });
  const [command, verb] = positionals;
  return {
    version: values.version === true,
    verb: command === "cli" ? verb : undefined,
    datasource: JSON.parse(values.datasource ?? "{}"),
    datamodels: values.datamodels ?? [],
  };
}
