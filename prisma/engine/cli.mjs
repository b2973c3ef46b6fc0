import { createDatabase, dropDatabase, parseAddress, withClient } from "./address.mjs";
import { describeFailure, logFailure } from "./failure.mjs";

const VERBS = {
  "can-connect-to-database": (address) =>
    withClient(address.url, (client) => client.query("SELECT 1")),
  "create-database": (address) => createDatabase(address),
  "drop-database": (address) => dropDatabase(address),
};

/** Does what `cli <verb>` asks; resolves to the exit code. */
export async function answer({ verb, datasource }) {
  const address = parseAddress(datasource.url);
  try {
    const run = VERBS[verb];
    if (!run) throw new Error(`unknown command of the schema engine: ${verb}`);
    await run(address);
    return 0;
  } catch (error) {
    const [error_code, message] = describeFailure(error, address);
    process.stderr.write("\n");
    logFailure({ message, error_code, is_panic: false });
    return 1;
  }
}
