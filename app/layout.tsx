import "./globals.css";
import type { Metadata } from "next";
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { preload } from "react-dom";
import { Frame } from "@/components/shell/frame";
import { readTheme } from "@/components/shell/theme-switch";
import { api, currentContext } from "@/lib/trpc/server";

export const metadata: Metadata = {
  title: { default: "Plugfest", template: "%s · Plugfest" },
  description: "Interoperability events for VoIP and SIP software.",
};

// Else found only with the style sheet, after a first look in whatever the machine has.
const FONTS = [
  new URL("@fontsource-variable/inter/files/inter-latin-wght-normal.woff2", import.meta.url),
  new URL(
    "@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2",
    import.meta.url,
  ),
];

export default async function Layout({ children }: { children: ReactNode }) {
  const [jar, { actor }] = await Promise.all([cookies(), currentContext()]);
  const viewer = actor.kind === "person" ? await api.persons.viewer() : null;
  const theme = readTheme(jar.get("theme")?.value);
  for (const font of FONTS)
    preload(font.pathname, { as: "font", type: "font/woff2", crossOrigin: "anonymous" });
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
