/** Postgres' own codes for "not now": connection lost, shutting down, too many, timed out, retry. */
const CODES = new Set(["57P01", "57P02", "57P03", "57P05", "57014", "40001", "40P01", "55P03"]);
/** Whole classes of them: connection exceptions, insufficient resources. */
const CLASSES = /^(08|53)[0-9A-Z]{3}$/;
/** Prisma's: not reached, timed out, closed, none free, transaction gone, conflict, too many. */
const PRISMA = new Set([
  ...["P1001", "P1002", "P1008", "P1017"],
  ...["P2024", "P2028", "P2034", "P2037"],
]);
const NETWORK = new Set([
  ...["ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT"],
  ...["ENOTFOUND", "EHOSTUNREACH", "ENETUNREACH", "EAI_AGAIN"],
]);
/** What pg says without a code. */
const LOST = /Connection terminated|connection error and is not queryable|Client was closed/i;
const LATE =
  /timeout exceeded when trying to connect|connection timeout|timeout expired|Query read timeout/i;

/** Whether an error says that the database is away or busy, so that trying again is right. */
export function isOutage(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code = "" } = error as { code?: string };
  if (CODES.has(code) || CLASSES.test(code) || PRISMA.has(code) || NETWORK.has(code)) return true;
  return LOST.test(error.message) || LATE.test(error.message) || isOutage(error.cause);
}

/** Whether the connection itself is gone. */
export const isLost = (error: unknown): boolean =>
  error instanceof Error && LOST.test(error.message);
