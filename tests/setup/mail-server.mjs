// A mail server on loopback that takes everything and keeps it, for the journeys that read mail.
import { simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";

/**
 * @returns {Promise<{ url: string, mailTo(address: string): Promise<{ from: string, subject: string, text: string }>, stop(): Promise<void> }>}
 *   `mailTo` waits for the next mail to an address and takes it out.
 */
export async function startMailServer() {
  const boxes = new Map();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS", "AUTH"],
    onData: async (stream, _session, done) => {
      const mail = await simpleParser(stream);
      boxOf(boxes, mail.to.value[0].address).put({
        from: mail.from.text,
        subject: mail.subject,
        text: mail.text,
      });
      done();
    },
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `smtp://127.0.0.1:${server.server.address().port}`,
    mailTo: (address) => boxOf(boxes, address).take(),
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}

function boxOf(boxes, address) {
  if (!boxes.has(address)) boxes.set(address, newBox());
  return boxes.get(address);
}

/** Mails and those who wait for one, whichever comes first. */
function newBox() {
  const mails = [];
  const waiting = [];
  return {
    put: (mail) => (waiting.length > 0 ? waiting.shift()(mail) : mails.push(mail)),
    take: () =>
      mails.length > 0
        ? Promise.resolve(mails.shift())
        : new Promise((resolve) => waiting.push(resolve)),
  };
}
