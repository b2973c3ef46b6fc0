import net from "node:net";

/**
 * One address for a server that has a new port at every start. While it is shut nothing listens there:
 * who knocks is refused, as at a machine whose database is down. `hush` lets everybody in and passes on
 * nothing; `slam` resets whoever is there and whoever comes; `open` or `mend` make it a door again.
 */
export async function openDoor(firstTarget) {
  const sockets = new Set();
  let target = firstTarget;
  let mode = "open";
  const door = net.createServer((inside) => {
    keep(inside);
    if (mode === "slammed") inside.resetAndDestroy();
    if (mode !== "open") return;
    const outside = net.connect(target, "127.0.0.1");
    keep(outside);
    join(inside, outside);
    join(outside, inside);
  });
  const keep = (socket) => {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on("error", () => undefined); // "close" follows
    socket.once("close", () => sockets.delete(socket));
  };
  const join = (from, to) => {
    from.once("close", () => to.destroy());
    from.on("data", (chunk) => {
      if (mode === "open") to.write(chunk);
    });
  };
  const listen = (port) => new Promise((resolve) => door.listen(port, "127.0.0.1", resolve));
  await listen(0);
  const { port } = door.address();
  const shut = () => {
    door.close();
    for (const socket of sockets) socket.destroy();
  };
  const open = (newTarget) => {
    target = newTarget;
    return listen(port);
  };
  const hush = () => {
    mode = "hushed";
  };
  const slam = () => {
    mode = "slammed";
    for (const socket of sockets) socket.resetAndDestroy();
  };
  const mend = () => {
    mode = "open";
    // What was swallowed is gone: nobody could go on with such a connection.
    for (const socket of sockets) socket.destroy();
  };
  return { port, shut, open, hush, slam, mend };
}
