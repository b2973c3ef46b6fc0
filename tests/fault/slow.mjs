// F11: clients that drip their headers, drip their bodies, or ask for much and read nothing.
import net from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { openClient, quantile, rounded, until } from "./client.mjs";

const CLOSED_MS = 95_000;
const DRIP_MS = 5000;

const BODY =
  "POST /api/v1/agent/heartbeat HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n";
const KINDS = {
  "slow headers": { first: () => "GET / HTTP/1.1\r\nHost: x\r\n", drip: "X-A: b\r\n" },
  "slow body, without a token": { first: () => `${BODY}\r\n{`, drip: " " },
  "slow body": { first: (token) => `${BODY}Authorization: Bearer ${token}\r\n\r\n{`, drip: " " },
  // More than the system's buffers hold, so that the server has to wait for the reader.
  "slow reading": {
    first: () => "GET /plugfest.mjs HTTP/1.1\r\nHost: x\r\n\r\n".repeat(40),
    drip: "",
  },
};

export async function beSlow({ site, tokens }, { isShort }) {
  const { hostname, port } = new URL(site.url);
  const count = isShort ? 200 : 2000;
  const names = Object.keys(KINDS);
  const began = performance.now();
  const closed = Object.fromEntries(names.map((name) => [name, []]));
  const open = new Set();
  for (let at = 0; at < count; at += 1) {
    // Few who read slowly: each asks for forty files, and it is not the asking that is to be tried.
    const name = at % 20 === 0 ? "slow reading" : names[at % 3];
    const socket = net.connect({ host: hostname, port: Number(port), highWaterMark: 1024 });
    open.add(socket);
    let openedAt = performance.now();
    socket.once("connect", () => {
      openedAt = performance.now();
      socket.write(KINDS[name].first(tokens[1]));
    });
    if (name === "slow reading") socket.pause();
    else socket.resume();
    socket.on("error", () => undefined); // "close" follows
    socket.once("close", () => {
      open.delete(socket);
      closed[name].push(performance.now() - openedAt);
    });
    socket.drip = KINDS[name].drip;
    if (at % 50 === 0) await pause(1);
  }
  const dripping = setInterval(() => {
    for (const socket of open) {
      // A paused socket does not hear that it has been closed, unless it says something.
      if (performance.now() - began > CLOSED_MS - 2 * DRIP_MS) socket.resume();
      if (socket.drip !== "" && socket.writable) socket.write(socket.drip);
    }
  }, DRIP_MS);
  const ms = [];
  const client = openClient(site.url, { sockets: 2, token: tokens[1] });
  const others = async (path) => {
    while (open.size > 0 && performance.now() - began < CLOSED_MS) {
      ms.push((await client.ask(path)).ms);
      await pause(100);
    }
  };
  await Promise.all([
    others("/api/v1/agent"),
    others("/events/loopback"),
    until(() => open.size === 0, CLOSED_MS),
  ]);
  clearInterval(dripping);
  client.close();
  const left = open.size;
  for (const socket of open) socket.destroy();
  const lastOf = (name) =>
    closed[name].length ? rounded(Math.max(...closed[name]) / 1000) : "never";
  return {
    figures: {
      "slow clients": count,
      "last closed after": names.map((name) => `${name} ${lastOf(name)} s`).join(", "),
      "requests of others": `${ms.length}, p50 ${rounded(quantile(ms, 0.5))} ms, p99 ${rounded(quantile(ms, 0.99))} ms`,
    },
    faults: {
      "still open after 95 s": left,
      "others' p99 of 500 ms or more": +(quantile(ms, 0.99) >= 500),
    },
  };
}
