/**
 * The methods of `op` that an app or package adds with the option `operations`; for TypeScript only. Extend it where they are
 * defined.
 *
 * @example
 * declare module '@nest-alembic/core' {
 *   interface CustomOperations {
 *     grantRole: OperationMethod<typeof grantRole>;
 *   }
 * }
 */
// eslint-disable-next-line @typescript-eslint/no-empty-interface, @typescript-eslint/no-empty-object-type -- it is there to be extended
export interface CustomOperations {}
