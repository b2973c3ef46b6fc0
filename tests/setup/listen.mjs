import http from "node:http";

/** A server of the test's own on a free port; `handlerFor` is told its address. */
export async function listen(handlerFor) {
  const server = http.createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://localhost:${server.address().port}`;
  server.on("request", handlerFor(url));
  const stop = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(() => resolve()));
  };
  return { url, stop };
}
