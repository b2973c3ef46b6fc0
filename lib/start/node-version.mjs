// Read by Node versions that may be years too old: no syntax here that they would not understand.

/** Whether this Node can run Plugfest: `^20.19.0 || >=22.12.0`, as package.json says. */
export function isSupportedNode(version) {
  const [major, minor] = version.split(".").map(Number);
  return (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22;
}
