import { deepFreeze } from '../../schema/deep-freeze.js';
import type { Answer } from './own-answers.js';
import {
  classAnswer,
  effectsAnswer,
  modelAnswer,
  reverseAnswer,
  statementsAnswer,
  touchesAnswer,
  wordsAnswer,
  yesOrNoAnswer,
} from './own-answers.js';
import type { OperationParameters } from './argument-type.js';
import type { DefinedOperation, OperationInit } from './define-operation.js';
import { answerOf } from './faulty-operation.js';
import { compileFor, statementList } from './own-compile.js';
import type { OwnDefinition, OwnOperation } from './own-operation.js';
import { callWith, checkData, readCall, splitParameters } from './own-parameters.js';
import type { OwnData } from './own-parameters.js';

/** What is told about an operation whose parameters are not known here. */
export type AnyOperationInit = OperationInit<string, OperationParameters>;

/** The definition that an operation is registered with: what it was told, with defaults, and with every answer checked. */
export function ownDefinition(init: AnyOperationInit): DefinedOperation<string, never, OwnData> {
  const definition: DefinedOperation<string, never, OwnData> = Object.freeze<
    DefinedOperation<string, never, OwnData>
  >({
    registers: 'operation',
    ...partsOf(init),
    of: (data) =>
      deepFreeze({
        kind: 'own',
        definition,
        data: checkData(`${init.name}.of`, splitParameters(init.parameters), data),
      }),
    is: (operation): operation is OwnOperation<OwnData> =>
      operation.kind === 'own' && (operation.definition as object) === definition,
  });
  return definition;
}

function partsOf(init: AnyOperationInit): OwnDefinition<OwnData> {
  const { name, replace = false } = init;
  const method = `op.${name}`;
  const parameters = splitParameters(init.parameters);
  const ask = <T>(part: string, answer: Answer<T>, call: () => unknown): T =>
    answerOf({ method, part, ...answer }, call);
  return {
    name,
    replace,
    read: (args, writer) => readCall(method, parameters, [args, writer]),
    toCall: (data) => callWith(name, parameters, data),
    describe: (data) => onOneLine(ask('describe', wordsAnswer, () => init.describe(data))),
    reverse: (data) => ask('reverse', reverseAnswer, () => init.reverse?.(data)),
    apply: (data, model) =>
      ask('apply', modelAnswer, () => (init.apply ? init.apply(data, model) : model)),
    effects: (data) => ask('effects', effectsAnswer, () => init.effects?.(data) ?? []),
    touches: (data) => init.touches && ask('touches', touchesAnswer, () => init.touches?.(data)),
    transactionClass(data, capabilities) {
      const { transactionClass: given = 'transactional' } = init;
      return typeof given === 'function'
        ? ask('transactionClass', classAnswer, () => given(data, capabilities))
        : given;
    },
    mayLeave: (init.transactionClass ?? 'transactional') !== 'transactional',
    isDestructive(data) {
      const { isDestructive: given = false } = init;
      return typeof given === 'function'
        ? ask('isDestructive', yesOrNoAnswer, () => given(data))
        : given;
    },
    compile(data, tools) {
      const compile = compileFor(method, init.compile, tools.dialect);
      return statementList(ask('compile', statementsAnswer, () => compile(data, tools)));
    },
    toJSON: () => name,
  };
}

/** Names in words may hold anything; a log has one line for each operation. */
const onOneLine = (words: string): string => words.trim().replaceAll(/[\s\p{Cc}]+/gu, ' ');
