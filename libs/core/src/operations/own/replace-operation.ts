import type { OperationKind, OperationOf } from '../operation.js';
import { isCompile, checkParts } from './check-definition.js';
import { answerOf } from './faulty-operation.js';
import { statementsAnswer } from './own-answers.js';
import { compileFor, statementList } from './own-compile.js';
import type { Compile, CompileByDialect, StatementTools } from './own-operation.js';

/** A kind of operation that is built in. */
export type BuiltInKind = Exclude<OperationKind, 'own'>;

/** What {@link replaceOperation} is told. */
export interface ReplacementInit<K extends BuiltInKind> {
  /** The built-in operation, such as `'createIndex'`. */
  readonly kind: K;
  /** Says that it is meant where the same kind is replaced by an earlier one in the list. @default false: that is an error */
  readonly replace?: boolean;
  /** Its statements: one function for every dialect, or one for each; a dialect without one keeps those that it has. */
  readonly compile: Compile<OperationOf<K>> | CompileByDialect<OperationOf<K>>;
}

/** A replacement of the statements of a built-in operation, for the option `operations`. */
export interface ReplacedOperation<K extends BuiltInKind = BuiltInKind> {
  readonly registers: 'replacement';
  readonly kind: K;
  readonly replace: boolean;
  /** @throws MigrationError E3018 */
  compile(operation: OperationOf<K>, tools: StatementTools): readonly string[];
}

/**
 * Replaces what a built-in operation does on the database, as Alembic's `implementation_for(…, replace=True)`. Its arguments, its
 * words, its way back and how it takes part in transactions stay.
 *
 * @throws MigrationError E3018 for a replacement that lacks something, or has something wrong
 * @example
 * export const ownedTables = replaceOperation({
 *   kind: 'createTable',
 *   compile: (operation, { compile, qualified }) => [
 *     ...compile(operation),
 *     `ALTER TABLE ${qualified(operation.table)} OWNER TO app_owner`,
 *   ],
 * });
 */
export function replaceOperation<const K extends BuiltInKind>(
  init: ReplacementInit<K>,
): ReplacedOperation<K> {
  checkParts('replaceOperation', init, RULES);
  const { kind, replace = false, compile } = init;
  const method = `the replacement of ${kind}`;
  return Object.freeze<ReplacedOperation<K>>({
    registers: 'replacement',
    kind,
    replace,
    compile(operation, tools) {
      const own = hasNone(compile, tools.dialect)
        ? tools.compile
        : compileFor(method, compile, tools.dialect);
      const asked = { method, part: 'compile', ...statementsAnswer };
      return statementList(answerOf(asked, () => own(operation, tools)));
    },
  });
}

const hasNone = (compile: object, dialect: string): boolean =>
  typeof compile !== 'function' &&
  !Object.hasOwn(compile, dialect) &&
  !Object.hasOwn(compile, 'default');

const RULES = {
  kind: {
    expected: 'the kind of a built-in operation, such as createIndex',
    accepts: (value: unknown) => typeof value === 'string' && value !== 'own',
  },
  replace: {
    expected: 'true or false',
    accepts: (value: unknown) => value === undefined || typeof value === 'boolean',
  },
  compile: {
    expected: 'a function, or an object with a function for each dialect',
    accepts: isCompile,
  },
};
