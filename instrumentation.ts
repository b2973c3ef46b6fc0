/** Runs once when the server starts, before the first request. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { endWithLauncher } = await import("@/lib/core/lifecycle");
  endWithLauncher();
  const { closeStreams } = await import("@/lib/live/closing");
  // A stream that is open would keep the process alive for as long as its reader likes.
  process.once("SIGTERM", closeStreams);
}
