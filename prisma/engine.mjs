#!/usr/bin/env node
// Stand-in for Prisma's native `schema-engine` program, which the npm registry does not carry.
// The CLI starts it through PRISMA_SCHEMA_ENGINE_BINARY (lib/start/prisma.mjs sets that) in one of
// three ways: `--version`; `cli <verb>`, which answers by its exit code; or with neither, as a server
// of JSON-RPC, one message a line. The answers come from @prisma/schema-engine-wasm.
// An author with internet access may leave it out: the native program does the same.
import { parseArguments } from "./engine/arguments.mjs";
import { answer } from "./engine/cli.mjs";
import { serve } from "./engine/server.mjs";

const options = parseArguments(process.argv.slice(2));
if (options.version) process.stdout.write("schema-engine-wasm stand-in\n");
else if (options.verb) process.exitCode = await answer(options);
else serve(options);
