import { type ReactNode, useEffect, useRef, useState } from "react";
import type { News } from "./heard";

type Props = {
  /** null: there is nothing to hear of. */
  isConnected: boolean | null;
  /** Changes since the reader looked. */
  count: number;
  news: News;
  onSeen(): void;
  children: ReactNode;
};

/** Whether the page hears of changes, and how many there are that the reader has not looked at. */
export function LiveState({ isConnected, count, news, onSeen, children }: Props) {
  return (
    <div className="live-state" data-connected={isConnected ?? undefined}>
      {isConnected !== null && (
        <>
          <span className="live-lamp" aria-hidden="true" />
          <span>{isConnected ? "Live" : "Connecting …"}</span>
        </>
      )}
      {count > 0 && (
        <>
          <span className="live-count">{changesWords(count)} since you looked</span>
          <button type="button" className="live-button" onClick={onSeen}>
            Seen
          </button>
        </>
      )}
      {children}
      <span className="sr-only" role="status">
        {useAnnouncement(news)}
      </span>
    </div>
  );
}

const changesWords = (count: number) => (count === 1 ? "1 change" : `${count} changes`);

/** No more than one sentence in this time, however many results arrive. */
const SPOKEN_EVERY_MS = 4000;

/** What is said aloud: news that come together are told together. */
function useAnnouncement(news: News): string {
  const [said, say] = useState("");
  const waiting = useRef<News & { timer: ReturnType<typeof setTimeout> | null }>({
    ...news,
    timer: null,
  });
  useEffect(() => {
    const kept = waiting.current;
    if (news.count === 0) return;
    kept.count += news.count;
    kept.first = news.first;
    kept.timer ??= setTimeout(() => {
      say(
        kept.count === 1 ? `Changed: ${kept.first}.` : `${changesWords(kept.count)} in the matrix.`,
      );
      kept.timer = null;
      kept.count = 0;
    }, SPOKEN_EVERY_MS);
  }, [news]);
  useEffect(() => () => clearTimeout(waiting.current.timer ?? undefined), []);
  return said;
}
