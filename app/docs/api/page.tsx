import { ROUTES } from "@/app/api/v1/routes";
import { ApiOperation } from "@/components/documents/api-operation";
import { PageHead } from "@/components/shell/page-head";
import { Markdown } from "@/components/ui/markdown";
import { env } from "@/lib/core/env";
import { readable, refusalsOf } from "@/lib/documents/rules";
import { buildDocument } from "@/lib/http/openapi";

export const metadata = { title: "API" };
export const dynamic = "force-dynamic";

export default function ApiPage() {
  const document = buildDocument(ROUTES, new URL(env().APP_URL).origin);
  const sections = readable(document);
  return (
    <div className="page">
      <PageHead trail={[{ href: "/", label: "Events" }]} title={document.info.title}>
        <Markdown text={document.info.description} />
        <p>
          For machines:{" "}
          <a className="text-link" href="/api/v1/openapi.json">
            OpenAPI {document.openapi}
          </a>
          . For a harness that writes JUnit, TAP, CTRF, SIPssert or SIPp reports there is a command
          that speaks it:{" "}
          <a className="text-link" href="/plugfest.mjs">
            plugfest.mjs
          </a>
          .
        </p>
      </PageHead>
      <nav aria-label="Operations" className="api-index">
        {sections.map(({ name, operations }) => (
          <div key={name}>
            <p className="engraved">{name}</p>
            <ul>
              {operations.map(({ id, method, path }) => (
                <li key={id}>
                  <a className="text-link" href={`#${id}`}>
                    <span className="api-method">{method}</span> {path.replace("/api/v1", "")}
                  </a>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </nav>
      {sections.map(({ name, says, operations }) => (
        <section key={name} className="block" aria-labelledby={`section-${name}`}>
          <h2 id={`section-${name}`}>{name}</h2>
          <p className="text-soft">{says}</p>
          {operations.map((operation) => (
            <ApiOperation key={operation.id} operation={operation} />
          ))}
        </section>
      ))}
      <section className="block" aria-labelledby="refusals">
        <h2 id="refusals">Refusals</h2>
        <dl className="api-answers">
          {refusalsOf(document).map(({ status, says }) => (
            <div key={status}>
              <dt>
                <strong>{status}</strong>
              </dt>
              <dd>{says}</dd>
            </div>
          ))}
        </dl>
      </section>
    </div>
  );
}
