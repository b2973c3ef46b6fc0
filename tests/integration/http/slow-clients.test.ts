import { once } from "node:events";
import http from "node:http";
import net, { type AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { limitSlowClients } from "@/lib/http/slow-clients";

const SOME = "x".repeat(200_000);

/** `/early` answers before the body has come, `/much` with more than anybody's buffers hold. */
const server = http.createServer((request, response) => {
  if (request.url === "/early") return response.end("no");
  if (request.url === "/much") {
    for (let at = 0; at < 100; at += 1) response.write(SOME);
    return response.end();
  }
  if (request.url === "/live") return response.write("data: hello\n\n");
  request.resume();
  return request.once("end", () => response.end("thanks"));
});

beforeAll(async () => {
  limitSlowClients({ bodyMs: 300, stuckMs: 300, restMs: 100 });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

async function speak(head: string) {
  const socket = net.connect((server.address() as AddressInfo).port, "127.0.0.1");
  await once(socket, "connect");
  socket.on("error", () => undefined);
  socket.write(head);
  return socket;
}

const post = (path: string) => `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{`;
const closed = (socket: net.Socket) => once(socket.resume(), "close");

it("a body that does not come is not waited for", async () => {
  await closed(await speak(post("/")));
});

it("a body that comes after its answer is not waited for either", async () => {
  await closed(await speak(post("/early")));
});

it("a reader that takes nothing is left", async () => {
  const socket = await speak("GET /much HTTP/1.1\r\nHost: x\r\n\r\n");
  socket.pause();
  const connections = () =>
    new Promise((resolve) => server.getConnections((_, count) => resolve(count)));
  await expect.poll(connections, { timeout: 5000 }).toBe(0);
  socket.destroy();
});

it("a slow body of evidence has its time, and so has a live stream that is silent", async () => {
  const upload = await speak(post(`/evidence/${"a".repeat(64)}`));
  const live = await speak("GET /live HTTP/1.1\r\nHost: x\r\n\r\n");
  // Whoever is closed in this time is so before the one that must be.
  await closed(await speak(post("/")));
  await closed(await speak(post("/")));
  expect([upload.destroyed, live.destroyed]).toEqual([false, false]);
  upload.end("x".repeat(999));
  const [answer] = (await once(upload, "data")) as [Buffer];
  expect(answer.toString()).toContain("200 OK");
  live.destroy();
});
