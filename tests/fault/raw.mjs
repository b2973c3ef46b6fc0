// Bytes on a bare socket: what no client library would send.
import net from "node:net";

/** Sends `parts` as they are; resolves to the status that comes back, 400 when the socket is just closed. */
export function speak(url, parts, patienceMs = 10_000) {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const began = performance.now();
    let text = "";
    const socket = net.connect(Number(port), hostname);
    const end = () => {
      const status = Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1] ?? (socket.destroyed ? 400 : 0));
      socket.destroy();
      resolve({ status, headers: {}, text, ms: performance.now() - began });
    };
    const timer = setTimeout(end, patienceMs);
    socket.on("data", (chunk) => {
      text += chunk;
      if (text.includes("\r\n\r\n")) socket.end();
    });
    socket.on("error", () => undefined); // "close" follows
    socket.once("close", () => {
      clearTimeout(timer);
      end();
    });
    for (const part of parts) socket.write(part);
  });
}

const HEAD =
  "POST /api/v1/agent/heartbeat HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";

const LIES = {
  "chunks that lie about their length": `${HEAD}Transfer-Encoding: chunked\r\n\r\n5\r\n{}\r\n0\r\n\r\n`,
  "a chunk that is no number": `${HEAD}Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n`,
  "two lengths": `${HEAD}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`,
  "length and chunks": `${HEAD}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
  "a negative length": `${HEAD}Content-Length: -1\r\n\r\n{}`,
  "a folded header": `${HEAD}X-A: b\r\n c\r\nContent-Length: 2\r\n\r\n{}`,
  "no HTTP at all": "INVITE sip:a@b SIP/2.0\r\n\r\n",
  "a NUL in a header": `${HEAD}X-A: \0\r\n\r\n`,
  "a header of 2 MB": `${HEAD}X-A: ${"a".repeat(2_000_000)}\r\n\r\n`,
  "a path of 1 MB": `GET /${"a".repeat(1_000_000)} HTTP/1.1\r\nHost: x\r\n\r\n`,
};

export async function knock(url) {
  const told = [];
  for (const [path, text] of Object.entries(LIES)) {
    told.push({ path, method: "raw", ...(await speak(url, [text])) });
  }
  return told;
}
