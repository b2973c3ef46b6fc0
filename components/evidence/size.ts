const number = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 1 });

/** A size in bytes as people say it: `312 bytes`, `4.1 KiB`, `12 MiB`. */
export function sizeWords(bytes: number): string {
  if (bytes < 1024) return `${bytes} ${bytes === 1 ? "byte" : "bytes"}`;
  const isSmall = bytes < 1_048_576;
  return `${number.format(bytes / (isSmall ? 1024 : 1_048_576))} ${isSmall ? "KiB" : "MiB"}`;
}
