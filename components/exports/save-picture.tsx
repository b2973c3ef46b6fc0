"use client";

import { useState } from "react";

type Props = {
  /** Where the SVG is. */
  href: string;
  name: string;
};

/** Twice the size that it is drawn in, for slides and dense screens. */
const SCALE = 2;

/** Turns the SVG into a PNG in the browser, which has the fonts and the painter that a server lacks. */
export function SavePicture({ href, name }: Props) {
  const [failure, setFailure] = useState<string | null>(null);
  const save = async () => {
    setFailure(null);
    try {
      saveAs(await paint(href), `${name}.png`);
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <>
      <button type="button" className="text-link" onClick={() => void save()}>
        Save as PNG
      </button>
      <span role="status">{failure && ` It could not be saved: ${failure}`}</span>
    </>
  );
}

async function paint(href: string): Promise<Blob> {
  const response = await fetch(href);
  if (!response.ok) throw new Error(`the server answered ${response.status}.`);
  const url = URL.createObjectURL(new Blob([await response.text()], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = image.naturalWidth * SCALE;
    canvas.height = image.naturalHeight * SCALE;
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) => {
      canvas.toBlob((blob) => {
        if (blob) resolve(blob);
        else reject(new Error("the picture is too large for this browser."));
      }, "image/png");
    });
  } finally {
    URL.revokeObjectURL(url);
  }
}

function saveAs(blob: Blob, name: string) {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The download has begun; the address may go once this turn is over.
  queueMicrotask(() => URL.revokeObjectURL(url));
}
