import "./globals.css";
import type { Metadata } from "next";
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { Frame } from "@/components/shell/frame";
import { readTheme } from "@/components/shell/theme-switch";
import { api, currentContext } from "@/lib/trpc/server";

export const metadata: Metadata = {
  title: { default: "Plugfest", template: "%s · Plugfest" },
  description: "Interoperability events for VoIP and SIP software.",
};

export default async function Layout({ children }: { children: ReactNode }) {
  const [jar, { actor }] = await Promise.all([cookies(), currentContext()]);
  const viewer = actor.kind === "person" ? await api.persons.viewer() : null;
  const theme = readTheme(jar.get("theme")?.value);
  return (
    <html lang="en" data-theme={theme}>
      <body className="font-sans">
        <Frame theme={theme} viewer={viewer}>
          {children}
        </Frame>
      </body>
    </html>
  );
}
