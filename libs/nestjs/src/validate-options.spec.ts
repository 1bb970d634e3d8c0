import { isMigrationError } from '@nest-alembic/core';
import { validateOptions } from './validate-options.js';

const validate = (options: unknown) => validateOptions(options, 'MigrationsModule.forRoot');

function failure(options: unknown): { readonly code: string; readonly message: string } {
  try {
    validate(options);
  } catch (error) {
    if (isMigrationError(error)) return error;
  }
  throw new Error('the options were accepted');
}

describe('module options', () => {
  it('known ones come back as they are, without what is undefined and without the environment', () => {
    const onEvent = (): void => undefined;
    const options = {
      name: 'reports',
      dataSource: 'reports',
      autoUpgrade: 'verify',
      directory: undefined,
      versionLocations: ['a/versions', 'b/versions'],
      revisions: [{ revision: 'ab12' }],
      lockTimeoutMs: 0,
      includeSchemas: [],
      onEvent,
    };
    const { name: _name, dataSource: _dataSource, directory: _directory, ...rest } = options;
    expect(validate(options)).toEqual(rest);
    expect(Object.keys(validate(options))).not.toContain('directory');
  });

  it('B138: an unknown name is refused with a suggestion', () => {
    const error = failure({ autoUprgade: 'upgrade' });
    expect(error).toMatchObject({ code: 'E9003', facts: { suggestion: 'autoUpgrade' } });
    expect(error.message).toContain('Did you mean "autoUpgrade"?');
  });

  it('an unknown name that is near nothing is refused with the list', () => {
    expect(failure({ url: 'x' })).toMatchObject({ code: 'E9003' });
    expect(failure({ url: 'x' }).message).toContain('compareType, dataSource, directory');
  });

  it('B137: __proto__ from JSON is refused and reaches no prototype', () => {
    expect(failure(JSON.parse('{"__proto__":{"autoUpgrade":"upgrade"}}'))).toMatchObject({
      code: 'E9001',
    });
    expect(failure(JSON.parse('{"constructor":{}}'))).toMatchObject({ code: 'E9001' });
    expect(({} as { autoUpgrade?: unknown }).autoUpgrade).toBeUndefined();
  });

  it('B137: what an object inherits is no option', () => {
    expect(validate(Object.create({ autoUpgrade: 'upgrade' }))).toEqual({});
  });

  it.each<[string, unknown]>([
    ['autoUpgrade', true],
    ['autoUpgrade', 'head'],
    ['onUnknownRevision', 'ignore'],
    ['directory', ''],
    ['versionLocations', []],
    ['versionLocations', 'migrations/versions'],
    ['versionLocations', [1]],
    ['revisions', ['ab12']],
    ['versionTable', null],
    ['lockTimeoutMs', -1],
    ['lockTimeoutMs', Number.NaN],
    ['lockTimeoutMs', '5'],
    ['lockTimeoutMs', 1e12],
    ['lockTimeoutMs', 1.5],
    ['statementLockTimeoutMs', Infinity],
    ['includeSchemas', 'public'],
    ['onEvent', {}],
    ['name', 3],
    ['name', 'all'],
    ['dataSource', {}],
  ])('B112: option %s refuses %p', (name, value) => {
    const error = failure({ [name]: value });
    expect(error).toMatchObject({ code: 'E9002', facts: { option: name } });
    expect(error.message).toContain(`"${name}"`);
  });

  it.each([undefined, null, 'migrations', [], 7])('%p is no options object', (options) => {
    expect(failure(options)).toMatchObject({ code: 'E9002' });
  });
});
