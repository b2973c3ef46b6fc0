"use client";

import "./globals.css";
import { Failure } from "@/components/shell/failure";

type Props = { error: Error & { digest?: string } };

/** When even the layout could not be made: no theme is known here, so the browser's is taken. */
export default function GlobalErrorPage({ error }: Props) {
  return (
    <html lang="en" data-theme="system">
      <body className="font-sans">
        <main>
          <Failure digest={error.digest} />
        </main>
      </body>
    </html>
  );
}
