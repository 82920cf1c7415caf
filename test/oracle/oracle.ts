import { fileURLToPath } from "node:url";
import { Ajv, type AnySchema, type ValidateFunction } from "ajv";
import { createGenerator } from "ts-json-schema-generator";

/*
 * A judge that is not ours: JSON schemas made from the types that Slack publishes, with the limits
 * that stand in the comments of those types.
 */

interface Node {
  [member: string]: unknown;
}

/** How many characters or items a comment allows. */
const LIMIT =
  /(?:max(?:imum)?(?: number| length)?[^.\d]{0,60}|maximum of |up to )(\d[\d,]*)(?= (?:characters|items|options|elements|blocks|rows|table cells|cards|to display)|\.)/i;

/** Puts the limits of the comments into the schema. @returns how many were found. */
export function overlayLimits(definitions: Record<string, Node>): number {
  let count = 0;
  const resolve = (node: Node): Node => {
    const name = /^#\/definitions\/(.+)$/.exec(String(node.$ref ?? ""))?.[1];
    return name === undefined ? node : (definitions[decodeURIComponent(name)] ?? {});
  };
  for (const definition of Object.values(definitions)) {
    for (const property of Object.values((definition.properties ?? {}) as Record<string, Node>)) {
      const limit = LIMIT.exec(String(property.description ?? "").replaceAll(/\s+/g, " "))?.[1];
      if (limit === undefined) continue;
      const most = Number(limit.replaceAll(",", ""));
      const target = resolve(property);
      if (property.type === "string") property.maxLength = most;
      else if (property.type === "array") property.maxItems = most;
      else if (target.type === "object" && "text" in ((target.properties ?? {}) as Node)) {
        // A text object: what is limited is the text in it. The reference stays, the limit joins it.
        const { $ref, ...rest } = property;
        for (const member of Object.keys(property)) delete property[member];
        property.allOf = [{ $ref }, { properties: { text: { maxLength: most } } }];
        Object.assign(property, rest);
      } else continue;
      count += 1;
    }
  }
  return count;
}

export interface Oracle {
  /** What is wrong with it; nothing, when Slack's types allow it. */
  complaints(
    kind: "OracleMessage" | "OracleModal" | "OracleHome" | "OracleManifest",
    value: unknown,
  ): string[];
  readonly limits: number;
}

/** Makes the judge; it takes some seconds. */
export function createOracle(): Oracle {
  const schema = createGenerator({
    path: fileURLToPath(new URL("shapes.ts", import.meta.url)),
    tsconfig: fileURLToPath(new URL("../../tsconfig.json", import.meta.url)),
    type: "*",
    skipTypeCheck: true,
    additionalProperties: false,
  }).createSchema("*");
  const definitions = schema.definitions as unknown as Record<string, Node>;
  const limits = overlayLimits(definitions);
  const ajv = new Ajv({ allErrors: true, strict: false });
  ajv.addSchema(schema as unknown as AnySchema, "slack");
  const validators = new Map<string, ValidateFunction>();
  return {
    limits,
    complaints(kind, value) {
      const validate = validators.get(kind) ?? ajv.compile({ $ref: `slack#/definitions/${kind}` });
      validators.set(kind, validate);
      return validate(value)
        ? []
        : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
    },
  };
}
