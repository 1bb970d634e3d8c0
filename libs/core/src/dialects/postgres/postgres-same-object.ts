import type { View } from '../../schema/schema-model.js';
import type { Domain, Policy, Routine, Trigger } from '../../schema/server-objects.js';
import { skipToken } from './postgres-tokens.js';
import type { Registered } from './postgres-registered.js';

/** True when two objects of one name are the same but for marks, comments, and what the server keeps as it was written. */
export function sameRegistered(left: Registered, right: Registered): boolean {
  if (left.kind === 'routine' && right.kind === 'routine') {
    return sameRoutine(left.object, right.object);
  }
  return left.kind === right.kind && shapeOf(left) === shapeOf(right);
}

/** Whether what can be changed by itself is the same: options of a view, whether a trigger is enabled. True for other objects. */
export function sameOptions(left: Registered, right: Registered): boolean {
  if (left.kind === 'view' && right.kind === 'view') {
    return optionsOf(left.object) === optionsOf(right.object);
  }
  if (left.kind !== 'trigger' || right.kind !== 'trigger') return true;
  return left.object.state === right.object.state;
}

const optionsOf = ({ securityInvoker, securityBarrier, checkOption, storage }: View): string =>
  JSON.stringify([securityInvoker, securityBarrier, checkOption, storage]);

function shapeOf(one: Registered): string {
  switch (one.kind) {
    case 'view':
      return viewShape(one.object);
    case 'trigger':
      return triggerShape(one.object);
    case 'policy':
      return plain<Policy>(one.object);
    case 'domain':
      return plain<Domain>(one.object);
    default:
      return plain(one.object);
  }
}

/** Options are compared by the diff, which knows what a target may be silent about. */
const viewShape = ({ definition, materialized }: View): string =>
  JSON.stringify([definition, materialized]);

const triggerShape = ({ state: _state, ...trigger }: Trigger): string => plain(trigger);

function plain<T extends object>(object: T): string {
  const entries = Object.entries(object).filter(([key]) => !['entity', 'comment'].includes(key));
  return JSON.stringify(entries.sort(([left], [right]) => (left < right ? -1 : 1)));
}

/**
 * The server keeps a body as it was written. In these languages white space between words and signs means nothing, so a text
 * that was only laid out anew is the same.
 */
function sameRoutine(left: Routine, right: Routine): boolean {
  if (left.type !== right.type || left.arguments !== right.arguments) return false;
  if (left.definition === right.definition) return true;
  return (
    FREE_FORM.test(left.definition) && layoutFree(left.definition) === layoutFree(right.definition)
  );
}

const FREE_FORM = /^\s*LANGUAGE (?:sql|plpgsql)\b/m;

/** A text with each stretch of white space outside of strings as one blank, in dollar quotes too. */
function layoutFree(sql: string): string {
  const parts: string[] = [];
  for (let at = 0; at < sql.length;) {
    const end = skipToken(sql, at);
    const token = sql.slice(at, end);
    const body = DOLLAR.exec(token);
    if (body) parts.push(`$$${layoutFree(body[2] ?? '')}$$`);
    else parts.push(/^\s+$/.test(token) ? ' ' : token);
    at = end;
  }
  return parts.join('').trim();
}

const DOLLAR = /^(\$\w*\$)(.*)\1$/s;
