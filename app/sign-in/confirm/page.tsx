import type { Metadata } from "next";
import Link from "next/link";
import type { Query } from "@/app/reader";
import { Notice } from "@/components/auth/notice";
import { PageHead } from "@/components/shell/page-head";
import { Button } from "@/components/ui/button";
import { safePath } from "@/lib/core/safe-path";

export const metadata: Metadata = { title: "Sign in", robots: { index: false } };

type Props = { searchParams: Promise<{ token?: Query; email?: Query; callbackUrl?: Query }> };

/** Where a link leads. Mail scanners open links, so only the button uses it up. */
export default async function Confirm({ searchParams }: Props) {
  const { token, email, callbackUrl } = await searchParams;
  const isWhole = typeof token === "string" && typeof email === "string";
  return (
    <div className="page grid gap-6">
      <PageHead title="Sign in" />
      {isWhole ? (
        <form method="post" action="/api/sign-in/confirm" className="grid max-w-text gap-4">
          <p>
            You are about to sign in as <strong>{email}</strong>.
          </p>
          <input type="hidden" name="token" value={token} />
          <input type="hidden" name="email" value={email} />
          <input type="hidden" name="callbackUrl" value={safePath(callbackUrl)} />
          <div>
            <Button type="submit" className="button-primary">
              Sign in
            </Button>
          </div>
        </form>
      ) : (
        <>
          <Notice kind="refused">
            This link is not complete. Copy all of it from the mail, up to the end of the line.
          </Notice>
          <p>
            <Link className="text-link" href="/sign-in" prefetch={false}>
              Ask for another link
            </Link>
          </p>
        </>
      )}
    </div>
  );
}
