import type { AddressInfo } from "node:net";
import { simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";

type Mail = { from: string; subject: string; text: string };

/**
 * A mail server on loopback that takes everything and keeps it, for the journeys that read mail; but for
 * addresses that begin with `refused`, which it has no box for.
 */
export async function startMailServer() {
  const boxes = new Map<string, Box>();
  const boxOf = (address: string): Box => {
    const box = boxes.get(address) ?? newBox();
    boxes.set(address, box);
    return box;
  };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS", "AUTH"],
    onRcptTo: ({ address }, _, done) => {
      if (address.startsWith("refused")) done(new Error("No such box here."));
      else done();
    },
    onData: (stream, { envelope }, done) => {
      simpleParser(stream)
        .then(({ from, subject = "", text = "" }) => {
          const mail = { from: from?.text ?? "", subject, text };
          for (const { address } of envelope.rcptTo) boxOf(address).put(mail);
          done();
        })
        .catch(done);
    },
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    /** Waits for the next mail to an address, and takes it out. */
    mailTo: (address: string): Promise<Mail> => boxOf(address).take(),
    stop: () => new Promise<void>((resolve) => server.close(resolve)),
  };
}

type Box = { put(mail: Mail): void; take(): Promise<Mail> };

/** Mails and those who wait for one, whichever comes first. */
function newBox(): Box {
  const mails: Mail[] = [];
  const waiting: ((mail: Mail) => void)[] = [];
  return {
    put: (mail) => {
      const next = waiting.shift();
      if (next) next(mail);
      else mails.push(mail);
    },
    take: () => {
      const mail = mails.shift();
      return mail ? Promise.resolve(mail) : new Promise((resolve) => waiting.push(resolve));
    },
  };
}
