import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareHeadsLock } from './heads-lock.js';
import { replaceFile } from './replace-file.js';
import { writeNewFile } from './write-revision-file.js';
import { writeBeside, writeToDisk } from './write-to-disk.js';

// The real file system, of which a spec can take the hard links, as exFAT has none.
jest.mock('node:fs', () => ({ __esModule: true, ...jest.requireActual<object>('node:fs') }));

let folder: string;
let file: string;
beforeEach(() => {
  folder = fs.mkdtempSync(join(tmpdir(), 'disk-'));
  file = join(folder, 'a.ts');
});
afterEach(() => {
  jest.restoreAllMocks();
  fs.rmSync(folder, { recursive: true });
});

const textOf = (path: string): string => fs.readFileSync(path, 'utf8');
const failing = (
  name: 'linkSync' | 'renameSync' | 'fsyncSync',
  code: string,
  before?: () => void,
) =>
  jest.spyOn(fs, name).mockImplementation(() => {
    before?.();
    throw Object.assign(new Error(code), { code });
  });

describe('a file system without hard links', () => {
  it.each(['EISDIR', 'EPERM', 'EACCES', 'EMLINK', 'EXDEV', 'ENOTSUP', 'UNKNOWN'])(
    '%s: a new file gets its text all the same',
    (code) => {
      const link = failing('linkSync', code);
      writeNewFile(file, 'text');
      expect(link).toHaveBeenCalledTimes(1);
      expect(textOf(file)).toBe('text');
      expect(fs.readdirSync(folder)).toEqual(['a.ts']);
    },
  );

  it('E7001: a file that was made meanwhile is not overwritten', () => {
    failing('linkSync', 'EISDIR', () => fs.writeFileSync(file, 'theirs'));
    expect(() => writeNewFile(file, 'mine')).toThrow(expect.objectContaining({ code: 'E7001' }));
    expect(textOf(file)).toBe('theirs');
    expect(fs.readdirSync(folder)).toEqual(['a.ts']);
  });

  it('E7001: nor is it where there are links', () => {
    const link = jest.requireActual<typeof fs>('node:fs').linkSync;
    jest.spyOn(fs, 'linkSync').mockImplementation((from, to) => {
      fs.writeFileSync(to, 'theirs');
      link(from, to);
    });
    expect(() => writeNewFile(file, 'mine')).toThrow(expect.objectContaining({ code: 'E7001' }));
    expect(textOf(file)).toBe('theirs');
  });
});

describe('a text on its way', () => {
  it('has a name that no other process has, though its id is the same', () => {
    const [one, two] = [writeBeside(file, 'one', 0o644), writeBeside(file, 'two', 0o644)];
    expect([textOf(one), textOf(two)]).toEqual(['one', 'two']);
    expect(() => writeToDisk(one, 'three', 0o644)).toThrow(
      expect.objectContaining({ code: 'EEXIST' }),
    );
    expect(textOf(one)).toBe('one');
  });

  it.each([
    ['a new file', 'E7002', () => writeNewFile(join(folder, 'b.ts'), 'new')],
    ['a file that is replaced', 'E7002', () => replaceFile(file, 'new')],
    ['heads.lock', 'E7031', () => prepareHeadsLock(join(folder, 'heads.lock'), ['a1'])],
  ])('waits for the disk, and leaves nothing where that fails: %s', (_, code, write) => {
    fs.writeFileSync(file, 'old');
    failing('fsyncSync', 'ENOSPC');
    expect(write).toThrow(expect.objectContaining({ code }));
    expect(fs.readdirSync(folder)).toEqual(['a.ts']);
    expect(textOf(file)).toBe('old');
  });

  it.each([
    ['a file', 'E7002', () => replaceFile(file, 'new')],
    ['heads.lock', 'E7031', () => prepareHeadsLock(file, ['a1']).commit()],
  ])('leaves the old text where it cannot take its place: %s', (_, code, write) => {
    fs.writeFileSync(file, 'old');
    failing('renameSync', 'EBUSY');
    expect(write).toThrow(expect.objectContaining({ code }));
    expect(fs.readdirSync(folder)).toEqual(['a.ts']);
    expect(textOf(file)).toBe('old');
  });
});
