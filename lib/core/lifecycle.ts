// A live page holds its request open for as long as it is looked at; those do not stop us.
const GRACE_MS = 3000;

/**
 * The launcher holds the other end of this channel: if it dies, even by kill -9, so do we, and the
 * port is free for the next start. Without a launcher there is no channel and nothing happens.
 */
export function endWithLauncher(): void {
  process.once("disconnect", () => {
    process.kill(process.pid, "SIGTERM");
    setTimeout(() => process.exit(143), GRACE_MS).unref();
  });
}
