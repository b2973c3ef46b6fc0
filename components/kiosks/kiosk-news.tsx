import { useEffect, useState } from "react";
import { Sign } from "@/components/cells/sign";
import { shortWords } from "@/components/matrices/wording";
import { freshNews, NEWS_MINUTES } from "@/lib/kiosks/rules";
import type { KioskTrack } from "@/lib/kiosks/schema";

type Props = Pick<KioskTrack, "recent" | "now"> & { isEmpty: boolean };

const MINUTE_MS = 60_000;

/** Who is at it, as far as their runs tell, and what has changed lately. */
export function KioskNewsList({ recent, now: atIt, isEmpty }: Props) {
  const now = useClock();
  const news = now === null ? recent : freshNews(recent, now);
  if (isEmpty && atIt.length === 0 && news.length === 0) return null;
  return (
    <aside className="kiosk-news" aria-label="What happens now">
      {atIt.length > 0 && (
        <section>
          <h2>Being tested now</h2>
          <ul>
            {atIt.map((who) => (
              <li key={who}>{who}</li>
            ))}
          </ul>
        </section>
      )}
      <section>
        <h2>The last {NEWS_MINUTES} minutes</h2>
        {news.length === 0 ? (
          <p className="text-soft">Nothing has changed.</p>
        ) : (
          <ul>
            {news.map(({ id, at, test, who, said }) => (
              <li key={id} className="kiosk-line">
                <Sign sign={said} />
                <span>
                  <strong>{who}</strong>
                  <span className="kiosk-said">
                    {test}: {shortWords(said)}
                    {now !== null && `, ${agoWords(now - at)}`}
                  </span>
                </span>
              </li>
            ))}
          </ul>
        )}
      </section>
    </aside>
  );
}

/** The time, to the half minute; null on the server, whose clock is not the reader's. */
function useClock(): number | null {
  const [now, tell] = useState<number | null>(null);
  useEffect(() => {
    tell(Date.now());
    const timer = setInterval(() => tell(Date.now()), MINUTE_MS / 2);
    return () => clearInterval(timer);
  }, []);
  return now;
}

function agoWords(ms: number): string {
  const minutes = Math.floor(ms / MINUTE_MS);
  return minutes < 1 ? "just now" : `${minutes} min ago`;
}
