import type { Metadata } from "next";
import Link from "next/link";
import { PageHead } from "@/components/shell/page-head";
import { LINK_MINUTES } from "@/lib/auth/mail";
import { env } from "@/lib/core/env";

export const metadata: Metadata = { title: "Your link is on its way" };

export default function Sent() {
  const sendsMail = env().SMTP_URL !== undefined;
  return (
    <div className="page grid gap-6">
      <PageHead title={sendsMail ? "Look into your mailbox" : "Your link is ready"} />
      <div className="grid max-w-text gap-3">
        {sendsMail ? (
          <p>
            A link to sign in is on its way to you. It works once, within {LINK_MINUTES} minutes.
            Nothing there? Look into the junk folder, too.
          </p>
        ) : (
          <p>
            This site sends no mail yet, so your link is waiting for somebody to hand it to you: ask
            an organizer, who finds it in the outbox, or whoever runs the server, who finds it in
            the server’s log. It works once, within {LINK_MINUTES} minutes.
          </p>
        )}
        <p>
          <Link className="text-link" href="/sign-in" prefetch={false}>
            Ask for another link
          </Link>
        </p>
      </div>
    </div>
  );
}
