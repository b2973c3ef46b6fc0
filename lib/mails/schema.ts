/** A mail that stands in the outbox. */
export type OutboxMail = {
  id: string;
  recipient: string;
  subject: string;
  /** Null when the reader may not hand it on: it could hold a link to sign in as somebody else. */
  text: string | null;
  /** Why it was not sent; null when there is no mail server. */
  failure: string | null;
  createdAt: string;
  expiresAt: string | null;
};
