import net from "node:net";

/**
 * Every connection to the database that is open. When the database does not answer any more, all that
 * wait for it can be told so at once: by itself a socket would wait for ever.
 */
type Wires = { open: Set<net.Socket>; isCut: boolean };
const kept = globalThis as unknown as { plugfestWires?: Wires };

function wires(): Wires {
  kept.plugfestWires ??= { open: new Set(), isCut: false };
  return kept.plugfestWires;
}

/** As lib/core/outage.ts knows it. */
const silent = () => new Error("Connection terminated: the database does not answer.");

/** For `stream` of pg's settings. */
export function newSocket(): net.Socket {
  const { open, isCut } = wires();
  const socket = new net.Socket();
  open.add(socket);
  socket.once("close", () => open.delete(socket));
  // Whoever comes while it is known to be silent need not find out anew.
  if (isCut) process.nextTick(() => socket.destroy(silent()));
  return socket;
}

/** Ends all connections, and each new one until `mend`. */
export function cut(): void {
  wires().isCut = true;
  for (const socket of wires().open) socket.destroy(silent());
}

export function mend(): void {
  wires().isCut = false;
}
