/** Postgres' own codes for "not now": connection lost, shutting down, too many, timed out, retry. */
const CODES = new Set([
  "57P01",
  "57P02",
  "57P03",
  "53300",
  "57014",
  "40001",
  "40P01",
  "55P03",
  "08006",
  "08003",
  "08001",
]);
const NETWORK = new Set(["ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT", "ENOTFOUND"]);
const TOLD = /timeout exceeded when trying to connect|Connection terminated|connection timeout/i;

/** Whether an error says that the database is away or busy, so that trying again is right. */
export function isOutage(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: string };
  if (code !== undefined && (CODES.has(code) || NETWORK.has(code))) return true;
  return TOLD.test(error.message) || isOutage(error.cause);
}
