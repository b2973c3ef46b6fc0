import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ROUTES } from "@/app/api/v1/routes";
import { markdownOf } from "@/lib/documents/rules";
import { type ApiOperation, type JsonSchema, METHODS } from "@/lib/documents/schema";
import { buildDocument } from "@/lib/http/openapi";

const document = buildDocument(ROUTES, "https://plugfest.example.org");
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);

/** The document of itself: the one route that is not in it. */
const OWN = "/openapi.json";

describe("the API's document", () => {
  it("has every route that there is, and no other", () => {
    const folders = readdirSync("app/api/v1", { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith("/route.ts"))
      .map((name) => `/${name.replace("/route.ts", "")}`.replaceAll("[", "{").replaceAll("]", "}"))
      .filter((path) => path !== OWN);
    expect(Object.keys(ROUTES).toSorted()).toEqual(folders.toSorted());
  });

  it("tells of every method what it does", () => {
    const untold = Object.entries(ROUTES).flatMap(([path, handlers]) =>
      METHODS.filter((method) => handlers[method] && !handlers[method].operation).map(
        (method) => `${method} ${path}`,
      ),
    );
    expect(untold).toEqual([]);
  });

  it("is sound: ids are distinct, parameters are in the path, references lead somewhere", () => {
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { path, operation } of operations) {
      expect(inPath(operation)).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
      expect(document.tags.map(({ name }) => name)).toContain(operation.tags[0]);
      for (const response of Object.values(operation.responses)) {
        expect(response.description).not.toBe("");
      }
    }
    const refs = JSON.stringify(document).match(/"\$ref":"[^"]+"/g) ?? [];
    expect(new Set(refs)).toEqual(new Set(['"$ref":"#/components/schemas/Problem"']));
    expect(JSON.stringify(document)).not.toContain("$defs");
  });

  it("says of every body and every JSON answer what its fields are", () => {
    const empty = operations.flatMap(({ path, method, operation }) =>
      jsonSchemas(operation)
        .filter((schema) => !(schema.properties ?? schema.anyOf ?? schema.oneOf ?? schema.$ref))
        .map(() => `${method} ${path}`),
    );
    expect(empty).toEqual([]);
  });

  it("is what docs/api.md says", async () => {
    await expect(markdownOf(document)).toMatchFileSnapshot("../../docs/api.md");
  });
});

const inPath = ({ parameters }: ApiOperation) =>
  parameters.filter((parameter) => parameter.in === "path").map(({ name }) => name);

function jsonSchemas({ requestBody, responses }: ApiOperation): JsonSchema[] {
  const contents = [
    requestBody?.content,
    ...Object.values(responses).map(({ content }) => content),
  ];
  return contents.flatMap((content) => {
    const schema = content?.["application/json"]?.schema;
    return schema ? [schema] : [];
  });
}
