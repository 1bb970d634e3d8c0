/**
 * The methods of `op` that an app adds with the option `operations`; for TypeScript only. Extend it where they are defined, from this
 * package or from `@nest-alembic/core`: both are the same `op`.
 *
 * @example
 * declare module '@nest-alembic/nestjs' {
 *   interface CustomOperations {
 *     grantRole: OperationMethod<typeof grantRole>;
 *   }
 * }
 */
// eslint-disable-next-line @typescript-eslint/no-empty-interface, @typescript-eslint/no-empty-object-type -- it is there to be extended
export interface CustomOperations {}

type OwnOperations = CustomOperations;

declare module '@nest-alembic/core' {
  // eslint-disable-next-line @typescript-eslint/no-empty-interface, @typescript-eslint/no-empty-object-type -- it passes on what this one is extended with
  interface CustomOperations extends OwnOperations {}
}
