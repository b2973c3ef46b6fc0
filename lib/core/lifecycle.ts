/**
 * The launcher holds the other end of this channel: if it dies, even by kill -9, so do we, and the
 * port is free for the next start. Without a launcher there is no channel and nothing happens.
 */
export function endWithLauncher(): void {
  process.once("disconnect", () => process.kill(process.pid, "SIGTERM"));
}
