/** Prisma's code and words for a failed connection: the CLI decides by the code what to do next. */
export function describeFailure(error, address) {
  const { code, message } = error;
  if (code === "3D000") return ["P1003", `Database \`${address.database}\` does not exist`];
  if (code === "42P04") {
    return ["P1009", `Database \`${address.database}\` already exists on the database server`];
  }
  if (code === "28P01" || code === "28000") {
    return ["P1000", `The database server does not accept the credentials of \`${address.user}\`.`];
  }
  if (UNREACHABLE.has(code) || /timeout/.test(message)) {
    return ["P1001", `Can't reach database server at \`${address.host}\``];
  }
  return [undefined, message];
}

const UNREACHABLE = new Set(["ECONNREFUSED", "ENOTFOUND", "ETIMEDOUT", "EHOSTUNREACH"]);

/** One line of the native engine's log, which the CLI reads from stderr. */
export function logFailure(fields) {
  const line = {
    timestamp: new Date().toISOString(),
    level: "ERROR",
    fields,
    target: "schema_engine::logger",
  };
  process.stderr.write(`${JSON.stringify(line)}\n`);
}
