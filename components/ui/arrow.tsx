const PATHS = {
  down: "M6 2v8M2.5 6.5L6 10l3.5-3.5",
  right: "M2 6h8M6.5 2.5L10 6l-3.5 3.5",
} as const;

/** Drawn, because not every font that a reader has holds arrows. */
export function Arrow({ to }: { to: keyof typeof PATHS }) {
  return (
    <svg className="arrow" viewBox="0 0 12 12" width="11" height="11" aria-hidden="true">
      <path d={PATHS[to]} />
    </svg>
  );
}
