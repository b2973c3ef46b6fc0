/** One line of JSON per thing worth telling, for whoever runs the site. */
export function logFailure(what: string, error: unknown, more: Record<string, unknown> = {}) {
  const cause = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(
    `${JSON.stringify({ at: new Date().toISOString(), level: "error", what, cause, ...more })}\n`,
  );
}
