import "./globals.css";
import type { Metadata } from "next";
import { cookies, headers } from "next/headers";
import type { ReactNode } from "react";
import { ScriptPolicy } from "@/components/auth/script-policy";
import { Frame } from "@/components/shell/frame";
import { readTheme } from "@/components/shell/theme-switch";
import { currentContext } from "@/lib/trpc/server";

export const metadata: Metadata = {
  title: { default: "Plugfest", template: "%s · Plugfest" },
  description: "Interoperability events for VoIP and SIP software.",
};

export default async function Layout({ children }: { children: ReactNode }) {
  const [jar, sent, { actor }] = await Promise.all([cookies(), headers(), currentContext()]);
  const theme = readTheme(jar.get("theme")?.value);
  return (
    <html lang="en" data-theme={theme}>
      <head>
        <ScriptPolicy nonce={sent.get("x-nonce") ?? ""} />
      </head>
      <body className="font-sans">
        <Frame theme={theme} isSignedIn={actor.kind === "person"}>
          {children}
        </Frame>
      </body>
    </html>
  );
}
