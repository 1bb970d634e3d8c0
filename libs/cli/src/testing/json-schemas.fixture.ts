import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';

const FOLDER = join(__dirname, '../../schemas');
const SUFFIX = '.schema.json';

/** A JSON Schema, as far as these specs look into one. */
export interface Schema {
  readonly $id?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: unknown;
  readonly [keyword: string]: unknown;
}

/** The schemas that the package ships, by the name of the command. */
export const SCHEMAS: ReadonlyMap<string, Schema> = new Map(
  readdirSync(FOLDER).map((file) => [
    file.slice(0, -SUFFIX.length),
    JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Schema,
  ]),
);

/** Checks documents; a member that no schema names is a mistake here, though users must expect new ones. */
export function createValidator(): (name: string, document: unknown) => readonly string[] {
  const ajv = new Ajv2020({ allErrors: true, strict: true, strictTypes: false });
  for (const schema of SCHEMAS.values()) ajv.addSchema(closed(schema) as Schema);
  return (name, document) => {
    const validate = ajv.getSchema(`${name}${SUFFIX}`);
    if (!validate) return [`there is no schema "${name}"`];
    return validate(document)
      ? []
      : (validate.errors ?? []).map(
          ({ instancePath, message, params }) =>
            `${instancePath} ${message ?? ''} ${JSON.stringify(params)}`,
        );
  };
}

/** The same without room for members that it does not name. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const entries = Object.entries(schema).map(([key, value]) => [key, closed(value)] as const);
  const copy: Schema = Object.fromEntries(entries);
  return copy.properties && copy.additionalProperties === undefined && isSchema(copy)
    ? { ...copy, additionalProperties: false }
    : copy;
}

/** A member that is itself called "properties" would look like one. */
const isSchema = ({ type }: Schema): boolean => type === 'object';
