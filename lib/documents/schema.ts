/** As much of JSON Schema 2020-12 as the API's own shapes need. */
export type JsonSchema = {
  $ref?: string;
  type?: string | string[];
  format?: string;
  const?: unknown;
  enum?: unknown[];
  default?: unknown;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  pattern?: string;
  items?: JsonSchema;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: boolean | JsonSchema;
  propertyNames?: JsonSchema;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
};

type Content = Record<string, { schema?: JsonSchema }>;

export type ApiParameter = {
  name: string;
  in: "path" | "query" | "header";
  required: boolean;
  description?: string;
  schema: JsonSchema;
};

export type ApiResponse = {
  description: string;
  headers?: Record<string, { description: string; schema: JsonSchema }>;
  content?: Content;
};

export type ApiOperation = {
  operationId: string;
  tags: string[];
  summary: string;
  security: Record<string, string[]>[];
  parameters: ApiParameter[];
  requestBody?: { required: true; content: Content };
  responses: Record<string, ApiResponse>;
};

export const METHODS = ["GET", "PUT", "POST", "DELETE", "PATCH"] as const;
export type Method = (typeof METHODS)[number];

/** An OpenAPI 3.1 document, as this product writes it. */
export type ApiDocument = {
  openapi: string;
  info: { title: string; version: string; summary: string; description: string };
  servers: { url: string }[];
  tags: { name: string; description: string }[];
  paths: Record<string, Partial<Record<Lowercase<Method>, ApiOperation>>>;
  components: {
    securitySchemes: Record<string, Record<string, string>>;
    schemas: Record<string, JsonSchema>;
  };
};

/** One field of a body, for people. */
export type Field = { name: string; type: string; isRequired: boolean };

/** One operation, for people. */
export type OperationText = {
  id: string;
  method: string;
  path: string;
  summary: string;
  who: string;
  parameters: { name: string; in: string; type: string; isRequired: boolean; says: string }[];
  body: { types: string; fields: Field[] } | null;
  answers: { status: string; says: string; type: string; fields: Field[] }[];
  /** Statuses of its refusals, which mean the same everywhere. */
  refusals: string[];
};
/** What a refusal's status means. */
export type RefusalText = { status: string; says: string };
export type SectionText = { name: string; says: string; operations: OperationText[] };
