import { startSite } from "@/lib/start/site.mjs";
import { pushResult } from "@/tests/setup/push";
import { readSite } from "@/tests/setup/site";
import { expect, test } from "@/tests/setup/test";

const PORT = 3192;
const url = `http://localhost:${PORT}`;
const TRACK = "/events/loopback/tracks/dtls";
const STREAM = `${url}/api/v1/events/loopback/tracks/dtls/stream`;

const start = () =>
  startSite({ port: PORT, listen: "127.0.0.1", env: { ...readSite().env, APP_URL: url } });

type Message = { id: string; event: string; data: string };

/** The fields of a message, which may come in any order. */
function messageOf(text: string): Message {
  const fields = new Map(text.split("\n").map((line) => line.split(/: ?(.*)/s, 2) as never));
  const of = (name: string) => (fields as Map<string, string>).get(name) ?? "";
  return { id: of("id"), event: of("event"), data: of("data") };
}

/** A reader that keeps what it was told; `ended` resolves when the server has ended the stream in order. */
async function open(address: string, lastEventId?: string) {
  const headers = lastEventId === undefined ? {} : { "last-event-id": lastEventId };
  const response = await fetch(address, { headers });
  expect(response.status).toBe(200);
  const told: Message[] = [];
  const read = async () => {
    const decoder = new TextDecoder();
    let text = "";
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      text += decoder.decode(chunk, { stream: true });
      const parts = text.split("\n\n");
      text = parts.pop() ?? "";
      told.push(
        ...parts.filter((part) => part.trim() !== "").map((part) => messageOf(part.trim())),
      );
    }
  };
  return { told, ended: read() };
}

type Reader = Awaited<ReturnType<typeof open>>;

const changesOf = ({ told }: Reader) =>
  told.filter(({ data }) => data.includes('"cells":[{"grid"')).map(({ data }) => data);
const hears = (reader: Reader, test: string) =>
  expect.poll(() => changesOf(reader).some((data) => data.includes(`"test":"${test}"`)));
const lastIdOf = ({ told }: Reader) =>
  told
    .map(({ id }) => id)
    .filter(Boolean)
    .at(-1) ?? "";

/** The address that tRPC's client opens for the changes of the track. */
async function subscriptionUrl(): Promise<string> {
  const where = { eventSlug: "loopback", trackSlug: "dtls" };
  const query = new URLSearchParams({ input: JSON.stringify(where) });
  const answer = await fetch(`${url}/api/trpc/matrices.byTrack?${query}`);
  const { result } = (await answer.json()) as {
    result: { data: { version: number; sight: string; matrix: { asOf: string } } };
  };
  const { version, sight, matrix } = result.data;
  const input = JSON.stringify({ ...where, horizon: matrix.asOf, version, sight });
  return `${url}/api/trpc/matrices.onChange?${new URLSearchParams({ input })}`;
}

const push = (request: Parameters<typeof pushResult>[0], name: string) =>
  pushResult(request, {
    track: "dtls",
    test: name,
    parties: { offerer: "werift", answerer: "libdatachannel" },
  });

test("SIGTERM ends a site with open streams in time, and its readers miss nothing of the next one", async ({
  page,
  request,
}) => {
  test.slow();
  const first = await start();
  await page.goto(`${url}${TRACK}`);
  await expect(page.locator(".live-state")).toContainText("Live");
  const subscription = await subscriptionUrl();
  const streams = await Promise.all([1, 2, 3].map(() => open(STREAM)));
  const subscriptions = await Promise.all([1, 2, 3].map(() => open(subscription)));
  const readers = [...streams, ...subscriptions];
  await push(request, "DTLS-02");
  for (const reader of readers) await hears(reader, "DTLS-02").toBe(true);

  // The limit is the launcher's: what has not left within five seconds is killed, and has no code.
  await first.stop();
  expect(await first.ended).toBe(143);
  await Promise.all(readers.map(({ ended }) => ended));
  for (const { told } of subscriptions) {
    expect(told.at(-1)).toMatchObject({ event: "serialized-error" });
    expect(told.at(-1)?.data).toContain("SERVICE_UNAVAILABLE");
  }
  await expect(page.locator(".live-state")).toContainText("Connecting");

  // Through the other instance, while this one is away.
  await push(request, "DTLS-04");
  const next = await start();
  const again = await Promise.all([
    ...streams.map((reader) => open(STREAM, lastIdOf(reader))),
    ...subscriptions.map((reader) => open(subscription, lastIdOf(reader))),
  ]);
  for (const reader of again) await hears(reader, "DTLS-04").toBe(true);
  await push(request, "DTLS-18");
  for (const reader of again) await hears(reader, "DTLS-18").toBe(true);

  // The page comes back by itself, and has not been loaded anew.
  await expect(page.locator(".live-state")).toContainText("Live", { timeout: 20_000 });
  for (const name of ["DTLS-02", "DTLS-04", "DTLS-18"]) {
    const mark = page.getByRole("link", {
      name: new RegExp(`${name}, offerer werift, answerer libdatachannel: confirmed pass`),
    });
    await expect(mark).toHaveCount(1);
  }
  await expect(page.locator(".live-state")).toContainText("3 changes since you looked");
  await next.stop();
  expect(await next.ended).toBe(143);
});
