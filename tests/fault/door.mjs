import net from "node:net";

/**
 * One address for a server that has a new port at every start. While it is shut nothing listens there:
 * who knocks is refused, as at a machine whose database is down.
 */
export async function openDoor(firstTarget) {
  const sockets = new Set();
  let target = firstTarget;
  const door = net.createServer((inside) => {
    const outside = net.connect(target, "127.0.0.1");
    join(inside, outside);
    join(outside, inside);
  });
  const join = (from, to) => {
    sockets.add(from);
    from.setNoDelay(true);
    from.on("error", () => undefined); // "close" follows
    from.once("close", () => {
      sockets.delete(from);
      to.destroy();
    });
    from.pipe(to);
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
  return { port, shut, open };
}
