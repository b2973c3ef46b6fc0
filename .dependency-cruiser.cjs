/** The arrows of docs/architecture.md, as a check. Read each rule as: `from` may not import `to`. */
// every noun folder: what is not one of the named rooms
const ROOMS = "auth|core|db|http|trpc|live|jobs|start|admin|protocols|harness|storage";
const NOUN = `^lib/((?!(?:${ROOMS})/)[^/]+)/`;

module.exports = {
  forbidden: [
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "app-is-the-top",
      severity: "error",
      from: { path: "^(lib|components)/" },
      to: { path: "^app/" },
    },
    {
      name: "lib-knows-no-components",
      severity: "error",
      from: { path: "^lib/" },
      to: { path: "^components/" },
    },
    {
      name: "ui-knows-no-domain",
      severity: "error",
      from: { path: "^components/ui/" },
      to: { path: "^(components/(?!ui/)|lib/(?!core/))" },
    },
    {
      name: "components-see-only-shapes-and-rules",
      severity: "error",
      from: { path: "^components/" },
      to: { path: "^lib/", pathNot: "^lib/(core|protocols|trpc/client|[^/]+/(schema|rules))" },
    },
    {
      name: "pages-and-routes-never-query",
      severity: "error",
      // /readyz asks whether the database answers, and nothing that needs a permit; what stands in
      // frames is a twin of a page, like those of the API.
      from: { path: "^app/", pathNot: "^app/(api|embed|readyz)/" },
      to: { path: "^lib/[^/]+/(read|write)(\\.ts$|/)" },
    },
    {
      name: "only-read-and-write-touch-the-database",
      severity: "error",
      from: {
        path: "^(app|components|lib)/",
        pathNot: [`${NOUN}(read|write)(\\.ts$|/)`, "^lib/(db|auth|live|jobs|admin)/"],
      },
      // What kind of failure it was may be known everywhere: it holds no connection.
      to: { path: "^lib/db/", pathNot: "^lib/db/outage\\.ts$" },
    },
    {
      name: "only-read-and-write-touch-the-storage",
      severity: "error",
      from: {
        path: "^(app|components|lib)/",
        pathNot: [`${NOUN}(read|write)(\\.ts$|/)`, "^lib/storage/"],
      },
      to: { path: "^lib/storage/" },
    },
    {
      name: "storage-knows-no-noun",
      severity: "error",
      from: { path: "^lib/storage/" },
      to: { path: "^(app|components|lib)/", pathNot: ["^lib/storage/", "^lib/core/"] },
    },
    {
      name: "rules-are-pure",
      severity: "error",
      from: { path: `${NOUN}(rules|schema)\\.ts$` },
      to: {
        pathNot: [
          "^lib/[^/]+/(rules|schema)\\.ts$",
          "^lib/core/",
          "node_modules/(zod|fastest-levenshtein|feed)/",
        ],
      },
    },
    {
      name: "protocols-stand-alone",
      severity: "error",
      from: { path: "^lib/protocols/" },
      to: {
        pathNot: ["^lib/protocols/", "^(node:)?crypto$"],
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "harness-carries-only-the-contract",
      severity: "error",
      from: { path: "^lib/harness/" },
      to: {
        path: "^(app|components|lib)/",
        pathNot: ["^lib/harness/", "^lib/protocols/", "^lib/[^/]+/schema\\.ts$", "^lib/core/"],
      },
    },
    {
      name: "modules-do-not-write-through-each-other",
      severity: "error",
      from: { path: NOUN },
      // Cells are a projection: whoever writes results or mappings keeps them in its own transaction.
      // Mails are the post office: whoever has something to tell somebody hands it in.
      to: {
        path: `${NOUN}(write|router)(\\.ts$|/)`,
        pathNot: ["^lib/$1/", "^lib/cells/write/", "^lib/mails/write\\.ts$"],
      },
    },
    {
      name: "launcher-stands-alone",
      severity: "error",
      from: { path: "^lib/start/" },
      to: { path: "^(app|components|lib|prisma|tests)/", pathNot: "^lib/start/" },
    },
    {
      name: "nobody-needs-the-launcher",
      severity: "error",
      from: { path: "^(app|components|lib)/", pathNot: "^lib/start/" },
      to: { path: "^lib/start/" },
    },
    {
      name: "commands-are-not-imported",
      severity: "error",
      from: { path: "^(app|components|lib)/", pathNot: "^lib/admin/" },
      to: { path: "^(lib/admin|prisma/seed)/" },
    },
  ],
  options: {
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^lib/db/generated/" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
