/** Runs once when the server starts, before the first request. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { endWithLauncher } = await import("@/lib/core/lifecycle");
  endWithLauncher();
  const { closeStreamsOnTerm } = await import("@/lib/live/closing");
  closeStreamsOnTerm();
  const { limitSlowClients } = await import("@/lib/http/slow-clients");
  limitSlowClients();
  const { standAtTheGate } = await import("@/lib/http/gate");
  standAtTheGate();
}
