import { useState } from "react";
import { Button } from "@/components/ui/button";

/** The address of the cell's page; a browser that may not write the clipboard lets it be selected. */
export function Permalink({ url }: { url: string }) {
  const [words, say] = useState("");
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(url);
      say("Copied.");
    } catch (error) {
      if (!(error instanceof DOMException || error instanceof TypeError)) throw error;
      say("This browser copies nothing by itself: select the address.");
    }
  };
  return (
    <p className="permalink">
      <span className="engraved">Permalink</span>
      <code>{url}</code>
      <Button type="button" onClick={() => void copy()}>
        Copy
      </Button>
      <span role="status">{words}</span>
    </p>
  );
}
