// Preloaded into a process that is measured: at its end it tells the most memory it has had, in MiB, on descriptor 3.
import fs from "node:fs";

process.once("exit", () => fs.writeSync(3, String(peakMiB())));

/** Of this program alone. What getrusage tells on Linux begins with the parent that was forked. */
function peakMiB() {
  if (process.platform !== "linux") return process.resourceUsage().maxRSS / 1024;
  const [, kib] = /^VmHWM:\s+(\d+) kB/m.exec(fs.readFileSync("/proc/self/status", "utf8"));
  return Number(kib) / 1024;
}
