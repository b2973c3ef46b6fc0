import Link from "next/link";
import type { ReactNode } from "react";
import { PaletteDoor } from "@/components/palette/palette-door";
import { AccountMenu } from "@/components/persons/account-menu";
import { Logo } from "./logo";
import { type Theme, ThemeSwitch } from "./theme-switch";

type Props = { theme: Theme; viewer: { name: string } | null; children: ReactNode };

/** What every page stands in: skip link, front panel, main part, foot. */
export function Frame({ theme, viewer, children }: Props) {
  return (
    <div className="flex min-h-dvh flex-col">
      <a className="skip-link" href="#main">
        Skip to the content
      </a>
      <header className="panel no-print">
        <div className="panel-inner">
          <Link className="wordmark" href="/" prefetch={false}>
            <Logo />
            <span>Plugfest</span>
          </Link>
          <nav aria-label="Site" className="panel-nav">
            <Link href="/" prefetch={false}>
              Events
            </Link>
            {viewer ? (
              <AccountMenu name={viewer.name} />
            ) : (
              <Link href="/sign-in" prefetch={false}>
                Sign in
              </Link>
            )}
          </nav>
          <PaletteDoor />
          <ThemeSwitch theme={theme} />
        </div>
      </header>
      <main id="main" tabIndex={-1} className="flex-1">
        {children}
      </main>
      <footer className="foot no-print">
        <div className="foot-inner">
          <span>
            <b>Plugfest</b> runs interoperability events for VoIP and SIP software.
          </span>
          <Link className="text-link" href="/projects" prefetch={false}>
            Projects through the events
          </Link>
          <a className="text-link" href="/plugfest.mjs">
            The agent, plugfest.mjs
          </a>
        </div>
      </footer>
    </div>
  );
}
