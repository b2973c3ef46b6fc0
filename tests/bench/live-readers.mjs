// Two ways to see what was pushed: the open stream, and the whole matrix again every second.
import { setTimeout as pause } from "node:timers/promises";

const POLL_MS = 1000;

const isEnded = (error) => {
  if (error.name !== "AbortError") throw error;
};

/** Opens a stream and resolves when its first matrix has come; `onSeen` hears every changed cell. */
export async function followStream(url, { token, onSeen, signal }) {
  const response = await fetch(url, { headers: { authorization: `Bearer ${token}` }, signal });
  if (!response.ok) throw new Error(`The stream is answered ${response.status}.`);
  let opened;
  const open = new Promise((resolve) => {
    opened = resolve;
  });
  const hear = ({ event, data }) => {
    if (event === "matrix") opened();
    if (event !== "cells") return;
    for (const { test, row, column } of JSON.parse(data).cells) onSeen(`${test} ${row} ${column}`);
  };
  const ended = readEvents(response, hear).catch(isEnded);
  await open;
  return { ended };
}

/** WHATWG HTML, "Server-sent events", as far as this server writes them. */
async function readEvents(response, hear) {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of response.body) {
    text += decoder.decode(chunk, { stream: true });
    const messages = text.split("\n\n");
    text = messages.pop();
    for (const message of messages) hear(fieldsOf(message));
  }
}

const fieldsOf = (message) =>
  Object.fromEntries(
    message.split("\n").map((line) => {
      const at = line.indexOf(": ");
      return [line.slice(0, at), line.slice(at + 2)];
    }),
  );

/** The matrix by JSON, and again a second later, by its ETag; the readers spread over that second. */
export async function pollMatrix(url, { token, onSeen, signal, phaseMs }) {
  const ended = poll(url, { token, onSeen, signal, phaseMs }).catch(isEnded);
  return { ended };
}

async function poll(url, { token, onSeen, signal, phaseMs }) {
  await pause(phaseMs, undefined, { signal });
  let etag;
  while (!signal.aborted) {
    const asked = performance.now();
    const headers = { authorization: `Bearer ${token}`, ...(etag && { "if-none-match": etag }) };
    const response = await fetch(url, { headers, signal });
    if (response.status === 200) {
      etag = response.headers.get("etag");
      tellCells(await response.json(), onSeen);
    }
    await pause(Math.max(0, POLL_MS - (performance.now() - asked)), undefined, { signal });
  }
}

function tellCells({ grids }, onSeen) {
  for (const { rows, columns, tests, cells } of grids) {
    for (const { row, column, test } of cells) {
      onSeen(`${tests[test].key} ${rows[row].entry} ${columns[column]?.entry}`);
    }
  }
}
