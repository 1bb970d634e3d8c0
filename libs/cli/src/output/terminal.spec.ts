import { memoryStreams } from '../testing/memory-streams.fixture.js';
import { openTerminal } from './terminal.js';

describe('a terminal', () => {
  it('gives stdout to the answer, and sends what anyone else writes there to stderr', async () => {
    const { streams, stdout, stderr } = memoryStreams();
    const terminal = openTerminal(streams, {});
    streams.stdout.write('booting\n');
    terminal.answer('ab12 (head)');
    terminal.talk('Running upgrade');
    expect(await terminal.flush()).toBeUndefined();
    streams.stdout.write('late\n');
    terminal.release();
    streams.stdout.write('after\n');
    expect(stdout()).toBe('ab12 (head)\nafter\n');
    expect(stderr()).toBe('booting\nRunning upgrade\nlate\n');
  });

  it('CLI-11: when quiet it drops talk and outcome, not the answer and not errors', async () => {
    const { streams, stdout, stderr } = memoryStreams();
    const terminal = openTerminal(streams, {});
    terminal.quiet = true;
    terminal.say('The database is at ab12.');
    terminal.talk('Running upgrade');
    terminal.answer('ab12');
    terminal.complain('error E4001');
    await terminal.flush();
    expect(stdout()).toBe('ab12\n');
    expect(stderr()).toBe('error E4001\n');
  });

  it('MSG-05: a character that cannot be encoded is replaced, never fatal', async () => {
    const { streams, stdout } = memoryStreams();
    const terminal = openTerminal(streams, {});
    terminal.answer('half a pair: \ud83d, a whole one: \ud83d\ude00');
    expect(await terminal.flush()).toBeUndefined();
    expect(stdout()).toBe('half a pair: \ufffd, a whole one: \ud83d\ude00\n');
  });

  it('MSG-05: a reader that has gone is no error', async () => {
    const { streams } = memoryStreams(
      {},
      Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }),
    );
    const terminal = openTerminal(streams, {});
    terminal.answer('ab12');
    terminal.answer('cd34');
    expect(await terminal.flush()).toBeUndefined();
  });

  it('tells any other failure of stdout', async () => {
    const failure = Object.assign(new Error('no space left'), { code: 'ENOSPC' });
    const { streams } = memoryStreams({}, failure);
    const terminal = openTerminal(streams, {});
    terminal.answer('ab12');
    expect(await terminal.flush()).toBe(failure);
  });
});
