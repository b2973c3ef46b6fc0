import ReactMarkdown, { type Components, type Options } from "react-markdown";
import rehypeSanitize, { defaultSchema } from "rehype-sanitize";
import remarkGfm from "remark-gfm";

// What people write is drawn below a heading of the page's own, so theirs begin one further down.
const components: Components = {
  h1: "h3",
  h2: "h4",
  h3: "h5",
  h4: "h6",
  a: ({ href, children }) => (
    <a href={href} rel="nofollow noopener noreferrer">
      {children}
    </a>
  ),
};

/** No pictures: each reader's browser would fetch them, and tell their host who reads. */
const schema: typeof defaultSchema = {
  ...defaultSchema,
  tagNames: (defaultSchema.tagNames ?? []).filter((tag) => tag !== "img" && tag !== "input"),
  protocols: { href: ["http", "https", "mailto"] },
};
const rehypePlugins: Options["rehypePlugins"] = [[rehypeSanitize, schema]];
const remarkPlugins: Options["remarkPlugins"] = [remarkGfm];

/** Markdown (GitHub's dialect) as people write it in notes, comments and summaries, made harmless. */
export function Markdown({ text }: { text: string }) {
  return (
    <div className="markdown">
      <ReactMarkdown {...{ components, rehypePlugins, remarkPlugins }}>{text}</ReactMarkdown>
    </div>
  );
}
