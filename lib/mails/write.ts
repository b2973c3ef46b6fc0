import { createTransport } from "nodemailer";
import { env } from "@/lib/core/env";
import { logFailure } from "@/lib/core/log";
import { db } from "@/lib/db/client";

type NewMail = { recipient: string; subject: string; text: string; expiresAt: Date | null };

// Somebody waits in front of a page meanwhile.
const PATIENCE = { connectionTimeout: 5000, greetingTimeout: 5000, socketTimeout: 10_000 };

const NOTICE_DAYS = 14;

/**
 * Tells people by mail what pages tell them anyway, each by themselves: one that an address is refused
 * for keeps it from nobody else, is logged, and stays in the outbox with its reason.
 */
export async function postNotices(notices: readonly Omit<NewMail, "expiresAt">[]): Promise<void> {
  const expiresAt = new Date(Date.now() + NOTICE_DAYS * 24 * 3_600_000);
  await Promise.allSettled(notices.map((notice) => postMail({ ...notice, expiresAt })));
}

/**
 * Sends a mail; without a mail server it stays in the outbox for somebody to hand on. Throws when the
 * server does not take it; then, too, it stays there.
 */
export async function postMail(mail: NewMail): Promise<void> {
  const now = new Date();
  await db.mail.deleteMany({ where: { expiresAt: { lte: now } } });
  const { id } = await db.mail.create({ data: mail, select: { id: true } });
  const { SMTP_URL, MAIL_FROM } = env();
  if (SMTP_URL === undefined) return;
  const transport = createTransport({ url: SMTP_URL, ...PATIENCE });
  try {
    await transport.sendMail({
      from: MAIL_FROM,
      // An address by itself, not text to be parsed for several.
      to: { name: "", address: mail.recipient },
      subject: mail.subject,
      text: mail.text,
      headers: { "auto-submitted": "auto-generated" },
    });
  } catch (error) {
    const failure = error instanceof Error ? error.message : String(error);
    await db.mail.updateMany({ where: { id }, data: { failure: failure.slice(0, 500) } });
    logFailure("a mail could not be sent", error, { recipient: mail.recipient });
    throw error;
  } finally {
    transport.close();
  }
  await db.mail.deleteMany({ where: { id } });
}
