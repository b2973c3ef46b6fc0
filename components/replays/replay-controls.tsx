import { type ReactNode, useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { type Playing, SPEEDS, type Speed } from "./use-playing";

type Props = {
  /** How many steps are taken, of how many. */
  taken: number;
  take(taken: number): void;
  last: number;
  playing: Playing;
  words: { when: string; what: string };
  /** Where the moment is a page of its own. */
  snapshot: string;
  children: ReactNode;
};

/** The slider over the event's moments, and the keys of a player. Without scripts it stands still. */
export function ReplayControls({ taken, take, last, playing, words, snapshot, children }: Props) {
  const [isAwake, wake] = useState(false);
  useEffect(() => wake(true), []);
  return (
    <fieldset className="replay-controls" disabled={!isAwake}>
      <legend className="sr-only">Replay</legend>
      <p className="replay-moment">
        {/* A browser may know other short names of months than the server. */}
        <strong suppressHydrationWarning>{words.when}</strong>{" "}
        <span className="text-soft">{words.what}</span>
      </p>
      <div className="replay-scale">
        <input
          type="range"
          className="replay-range"
          aria-label="Moment"
          aria-valuetext={`${words.when}, ${words.what}`}
          suppressHydrationWarning
          min={0}
          max={last}
          step={1}
          value={taken}
          onChange={({ target }) => {
            playing.stop();
            take(target.valueAsNumber);
          }}
        />
        {children}
      </div>
      <div className="replay-buttons">
        <Button type="button" onClick={playing.toggle}>
          {playing.isPlaying ? "Pause" : "Play"}
        </Button>
        <SpeedChoice {...playing} />
        <a className="text-link" href={snapshot}>
          This moment as a page, with its data
        </a>
      </div>
    </fieldset>
  );
}

const SpeedChoice = ({ speed, setSpeed }: Playing) => (
  <label className="replay-speed">
    Speed
    <select
      value={speed}
      onChange={({ target }) => setSpeed(SPEEDS.find((one) => String(one) === target.value) ?? 1)}
    >
      {SPEEDS.map((one: Speed) => (
        <option key={one} value={one}>
          {one === 1 ? "1 moment a second" : `${one} moments a second`}
        </option>
      ))}
    </select>
  </label>
);
