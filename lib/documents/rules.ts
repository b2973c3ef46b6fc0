import {
  type ApiDocument,
  type ApiOperation,
  type ApiResponse,
  type Field,
  type JsonSchema,
  METHODS,
  type OperationText,
  type RefusalText,
  type SectionText,
} from "./schema";

const PROBLEM = "application/problem+json";

/** The document for people: a section for each tag, in its order. */
export const readable = ({ tags, paths }: ApiDocument): SectionText[] =>
  tags.map(({ name, description }) => ({
    name,
    says: description,
    operations: Object.entries(paths).flatMap(([path, methods]) =>
      METHODS.flatMap((method) => {
        const operation = methods[method.toLowerCase() as Lowercase<typeof method>];
        return operation?.tags.includes(name) ? [textOf(method, path, operation)] : [];
      }),
    ),
  }));

function textOf(method: string, path: string, operation: ApiOperation): OperationText {
  const { operationId, summary, security, parameters, requestBody, responses } = operation;
  const content = Object.entries(requestBody?.content ?? {});
  return {
    id: operationId,
    method,
    path: `/api/v1${path}`,
    summary,
    who: whoMay(security),
    parameters: parameters.map((parameter) => ({
      name: parameter.name,
      in: parameter.in,
      type: typeOf(parameter.schema),
      isRequired: parameter.required,
      says: parameter.description ?? "",
    })),
    body:
      content.length === 0
        ? null
        : {
            types: content.map(([type]) => type).join(", "),
            fields: fieldsOf(content[0]?.[1].schema),
          },
    answers: Object.entries(responses).flatMap(([status, response]) => answerOf(status, response)),
    refusals: Object.entries(responses).flatMap(([status, { content }]) =>
      content?.[PROBLEM] ? [status] : [],
    ),
  };
}

function whoMay(security: ApiOperation["security"]): string {
  const scopes = security.flatMap((one) => one.agentToken ?? []);
  if (security.some((one) => Object.keys(one).length === 0)) {
    return "Anybody; by session or token, what its holder may see.";
  }
  return scopes.length === 0
    ? "Any agent's token."
    : `A token with the scope ${scopes.join(", ")}.`;
}

/** Nothing for what is a refusal and nothing else. */
function answerOf(status: string, { description, content }: ApiResponse) {
  const types = Object.keys(content ?? {});
  const own = types.filter((type) => type !== PROBLEM);
  if (types.length > 0 && own.length === 0) return [];
  const fields = fieldsOf(content?.[own[0] ?? ""]?.schema);
  return [{ status, says: description, type: own.join(", "), fields }];
}

/** Every refusal that some operation gives, once. */
export function refusalsOf({ paths }: ApiDocument): RefusalText[] {
  const told = new Map<string, string>();
  for (const operation of Object.values(paths).flatMap((methods) => Object.values(methods))) {
    for (const [status, { description, content }] of Object.entries(operation.responses)) {
      const isAlone = content?.[PROBLEM] && Object.keys(content).length === 1;
      if (isAlone) told.set(status, description);
    }
  }
  return [...told].sort().map(([status, says]) => ({ status, says }));
}

/** Every field below a schema, by its path: `items[].parties[].role`. */
export function fieldsOf(schema: JsonSchema | undefined, prefix = ""): Field[] {
  if (schema === undefined) return [];
  const branches = (schema.anyOf ?? schema.oneOf ?? []).filter(({ type }) => type !== "null");
  if (branches.length > 0) {
    const all = branches.flatMap((branch) => fieldsOf(branch, prefix));
    return all.filter(({ name }, at) => all.findIndex((field) => field.name === name) === at);
  }
  if (schema.items) return fieldsOf(schema.items, `${prefix}[]`);
  return Object.entries(schema.properties ?? {}).flatMap(([key, field]) => {
    const name = prefix === "" ? key : `${prefix}.${key}`;
    const isRequired = schema.required?.includes(key) ?? false;
    return [{ name, type: typeOf(field), isRequired }, ...fieldsOf(field, name)];
  });
}

/** A schema in a few words: `string, 1 to 255`, `"pass" or "fail"`, `list of objects, at most 16`. */
export function typeOf(schema: JsonSchema): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" or ");
  const branches = schema.anyOf ?? schema.oneOf;
  if (branches) return [...new Set(branches.map(typeOf))].join(" or ");
  const kind = kindOf(schema);
  const range = rangeOf(schema);
  const isDefault = schema.default !== undefined && typeof schema.default !== "object";
  const usual = isDefault ? `; ${JSON.stringify(schema.default)} unless told` : "";
  return `${kind}${range === "" ? "" : `, ${range}`}${usual}`;
}

const NAMES: Record<string, string> = {
  uuid: "UUID",
  "date-time": "moment (RFC 3339)",
  uri: "address",
};

function kindOf({ type, format, items, additionalProperties }: JsonSchema): string {
  if (format !== undefined && NAMES[format] !== undefined) return NAMES[format];
  if (Array.isArray(type)) return type.join(" or ");
  if (type === "array") return `list of ${items ? plural(typeOf(items)) : "anything"}`;
  if (type === "object" && typeof additionalProperties === "object") {
    return `map of ${plural(typeOf(additionalProperties))}`;
  }
  return type ?? "anything";
}

const plural = (words: string) => words.replace(/^(object|string|integer|number|UUID)\b/, "$1s");

function rangeOf(schema: JsonSchema): string {
  const least = schema.minimum ?? schema.minLength ?? schema.minItems;
  const most = schema.maximum ?? schema.maxLength ?? schema.maxItems;
  if (least !== undefined && most !== undefined) return `${number(least)} to ${number(most)}`;
  if (most !== undefined) return `at most ${number(most)}`;
  return least === undefined ? "" : `at least ${number(least)}`;
}

const number = (value: number) => value.toLocaleString("en");

/** docs/api.md, from the document alone. */
export function markdownOf(document: ApiDocument): string {
  const { info } = document;
  const refusals = table(
    ["status", "meaning"],
    refusalsOf(document).map(({ status, says }) => [status, says]),
  );
  const sections = readable(document).map(
    ({ name, says, operations }) =>
      `## ${name}\n\n${says}\n\n${operations.map(operationMarkdown).join("\n\n")}`,
  );
  const head = `# ${info.title}\n\n${HOW}\n\n${info.description}\n\n${refusals}`;
  return `${head}\n\n${sections.join("\n\n")}\n`;
}

const HOW =
  "Generated from the routes' own schemas by `tests/contract/openapi.test.ts`. Every Plugfest serves this as OpenAPI 3.1 at `/api/v1/openapi.json`, and as a page at `/docs/api`.";

function operationMarkdown(text: OperationText): string {
  const { method, path, summary, who, parameters, body, answers, refusals } = text;
  const told = parameters.filter((parameter) => parameter.in !== "path");
  return [
    `### \`${method} ${path}\``,
    `${summary} ${who}`,
    ...(told.length === 0
      ? []
      : [
          table(
            ["parameter", "in", "type", ""],
            told.map((one) => [`\`${one.name}\``, one.in, one.type, one.says]),
          ),
        ]),
    ...(body === null ? [] : [`Body (${body.types}):`, fieldTable(body.fields)]),
    table(
      ["answer", "when", "body"],
      answers.map(({ status, says, type }) => [status, says, type]),
    ),
    `Refusals: ${refusals.join(", ")}.`,
    ...answers
      .filter(({ fields }) => fields.length > 0)
      .slice(0, 1)
      .map(({ status, fields }) => `The answer (${status}):\n\n${fieldTable(fields)}`),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

const fieldTable = (fields: readonly Field[]) =>
  fields.length === 0
    ? ""
    : table(
        ["field", "type", ""],
        fields.map(({ name, type, isRequired }) => [
          `\`${name}\``,
          type,
          isRequired ? "" : "may be left out",
        ]),
      );

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), `|${head.map(() => "---|").join("")}`, ...rows.map(line)].join("\n");
}
