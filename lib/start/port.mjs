import net from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { CannotStart } from "./cannot-start.mjs";

// A site whose launcher was killed needs this long to notice and let go of its port.
const LETTING_GO_MS = 5000;

/** Refuses a port that something else listens on. `patient` waits for a dying site of ours first. */
export async function requireFreePort({ port, listen }, { patient = false } = {}) {
  const deadline = performance.now() + (patient ? LETTING_GO_MS : 0);
  for (;;) {
    const error = await tryToListen(port, listen);
    if (!error) return;
    if (error.code !== "EADDRINUSE" || performance.now() >= deadline) {
      throw new CannotStart(describePortFailure(error, port, listen), { cause: error });
    }
    await pause(100);
  }
}

function tryToListen(port, host) {
  return new Promise((resolve) => {
    const probe = net.createServer();
    probe.once("error", resolve);
    probe.listen({ port, host }, () => probe.close(() => resolve(undefined)));
  });
}

function describePortFailure({ code, message }, port, listen) {
  if (code === "EADDRINUSE") {
    return `Port ${port} is in use by another program: stop it, or choose another port with PORT=${port + 1} npm start.`;
  }
  if (code === "EACCES") {
    return `Port ${port} may only be used by root: choose one above 1023 with PORT=3000 npm start.`;
  }
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND") {
    return `LISTEN is "${listen}", which is no address of this machine: use 127.0.0.1, or 0.0.0.0 for every interface.`;
  }
  return `Port ${port} cannot be used: ${message}`;
}
