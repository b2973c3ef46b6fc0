#!/usr/bin/env node
// npm start: from a fresh clone to a running site. The work is in launch.mjs; this file and
// node-version.mjs are all that a Node too old for it ever reads.
import { isSupportedNode } from "./node-version.mjs";

if (isSupportedNode(process.versions.node)) {
  const { launch } = await import("./launch.mjs");
  await launch();
} else {
  console.error(
    `plugfest: This is Node ${process.versions.node}; Plugfest needs Node 20.19 or later, or 22.12 or later: install one from https://nodejs.org.`,
  );
  process.exitCode = 1;
}
