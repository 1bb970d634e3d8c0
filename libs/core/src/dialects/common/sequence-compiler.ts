import type { MigrationError } from '../../errors/migration-error.js';
import type { OperationOf } from '../../operations/operation.js';
import { displayName } from '../../schema/object-name.js';
import type { ObjectName } from '../../schema/object-name.js';
import { ifExists, ifNotExists, impossible, words } from './ddl-clauses.js';
import { ObjectCompiler } from './object-compiler.js';

/** Sequences in standard SQL, and enums, which that does not have. */
export abstract class SequenceCompiler extends ObjectCompiler {
  createEnum(operation: OperationOf<'createEnum'>): readonly string[] {
    throw noEnums(operation.enum);
  }

  dropEnum(operation: OperationOf<'dropEnum'>): readonly string[] {
    throw noEnums(operation.name);
  }

  alterEnum(operation: OperationOf<'alterEnum'>): readonly string[] {
    throw noEnums(operation.name);
  }

  renameEnum(operation: OperationOf<'renameEnum'>): readonly string[] {
    throw noEnums(operation.from);
  }

  createSequence({
    sequence,
    ifNotExists: once,
  }: OperationOf<'createSequence'>): readonly string[] {
    this.demand('sequences', 'sequences');
    return [
      words(
        'CREATE SEQUENCE',
        ifNotExists(once),
        this.table(sequence),
        sequence.type !== undefined && `AS ${sequence.type}`,
        ...this.sequenceOptions(sequence.options ?? {}),
        sequence.ownedBy && this.ownedBy(sequence.ownedBy),
      ),
      ...this.commentOfNew({ type: 'sequence', name: sequence }, sequence.comment),
    ];
  }

  dropSequence(operation: OperationOf<'dropSequence'>): readonly string[] {
    this.demand('sequences', 'sequences');
    return [words('DROP SEQUENCE', ifExists(operation.ifExists), this.table(operation.name))];
  }

  alterSequence(operation: OperationOf<'alterSequence'>): readonly string[] {
    this.demand('sequences', 'sequences');
    const { name, to, restart, ifExists: maybe } = operation;
    const { type, ownedBy } = to;
    const clauses = [
      type !== undefined && `AS ${type ?? 'bigint'}`,
      ...this.sequenceChange(to),
      restart !== undefined && `RESTART WITH ${restart}`,
      ownedBy !== undefined && (ownedBy ? this.ownedBy(ownedBy) : 'OWNED BY NONE'),
    ];
    return [words('ALTER SEQUENCE', ifExists(maybe), this.table(name), ...clauses)];
  }

  renameSequence({ from }: OperationOf<'renameSequence'>): readonly string[] {
    throw impossible(`sequence "${displayName(from)}" cannot be renamed on this database`);
  }
}

function noEnums(name: ObjectName): MigrationError {
  return impossible(
    `this database has no enum types, and "${displayName(name)}" is one`,
    'Use a text column with a check constraint.',
  );
}
