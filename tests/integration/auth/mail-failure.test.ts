import net from "node:net";
import { describe, expect, it, vi } from "vitest";
import { POST as ask } from "@/app/api/sign-in/route";
import { db } from "@/lib/db/client";

/** A mail server that takes nothing. */
async function startRefusingServer() {
  const server = net.createServer((socket) => {
    socket.on("error", () => undefined);
    socket.end("554 No service here\r\n");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as net.AddressInfo;
  return { url: `smtp://127.0.0.1:${port}`, stop: () => server.close() };
}

describe("a mail server that takes nothing", () => {
  it("is told to the visitor, and the mail stays in the outbox with the reason", async () => {
    const server = await startRefusingServer();
    vi.stubEnv("SMTP_URL", server.url);
    const logged = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    const response = await ask(
      new Request("http://localhost:3000/api/sign-in", {
        method: "POST",
        headers: { "sec-fetch-site": "same-origin" },
        body: new URLSearchParams({ email: "ann@example.org" }),
      }),
    );
    const log = logged.mock.calls.map(([text]) => String(text)).join("");
    logged.mockRestore();
    server.stop();
    expect(response.headers.get("location")).toBe("/sign-in?error=mail-failed");
    const [mail] = await db.mail.findMany({ where: { recipient: "ann@example.org" } });
    expect(mail?.failure).toContain("554");
    const token = /token=([0-9a-f]{64})/.exec(mail?.text ?? "")?.[1] ?? "";
    expect(token).not.toBe("");
    expect(log).toContain("a mail could not be sent");
    expect(log).not.toContain(token);
  });
});
