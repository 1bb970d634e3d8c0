import { checkFileTemplate, fillFileTemplate } from './file-template.js';
import { revisionFileName, slugOf } from './revision-file-name.js';
import { locateTimeZone, zonedTime } from './time-zone.js';

const moment = new Date('2026-03-09T04:05:06.789Z');
const time = zonedTime(moment, 'UTC');
const fill = (template: string): string =>
  fillFileTemplate(template, { ...time, rev: '1975ea83b712', slug: 'add_accounts' });

describe('the file template', () => {
  it.each([
    ['%(rev)s_%(slug)s', '1975ea83b712_add_accounts', 'the default'],
    ['%(epoch)s_%(rev)s', '1773029106_1975ea83b712', 'seconds since 1970'],
    [
      '%(year)d_%(month).2d_%(day).2d_%(hour).2d%(minute).2d%(second).2d-%(rev)s',
      '2026_03_09_040506-1975ea83b712',
      'every date token with a precision',
    ],
    ['%(year)s%(month)s', '20263', 'a number as text'],
    ['%(month)02d', '03', 'the flag 0'],
    ['%(month)2d|%(month)-2d|', ' 3|3 |', 'a width, right and left'],
    ['%(month)+d|%(month) d', '+3| 3', 'signs'],
    ['%(month)05.3d', '00003', 'width and precision'],
    ['%(day)i|%(day)u', '9|9', 'the other names of d'],
    ['%(epoch)x|%(epoch)#X|%(day)o', '69ae46f2|0X69AE46F2|11', 'other bases'],
    ['%(rev).4s|%(rev)14s|%(rev)-14s|', '1975|  1975ea83b712|1975ea83b712  |', 'a cut text'],
    ['100%%_%(rev)s', '100%_1975ea83b712', 'a percent sign'],
    ['%(year)d/%(month).2d/%(rev)s', '2026/03/1975ea83b712', 'folders'],
    ['no token', 'no token', 'nothing to fill in'],
  ])('CFG-11: %s is %s (%s)', (template, expected) => {
    checkFileTemplate(template);
    expect(fill(template)).toBe(expected);
  });

  it.each([
    ['%(nosuch)s', 'unknown token "nosuch"'],
    ['%()s', 'unknown token ""'],
    ['%(__proto__)s', 'unknown token "__proto__"'],
    ['%s', 'has "%s"'],
    ['50%', 'has "%"'],
    ['%(rev', 'has "%("'],
    ['%(rev)', 'has "%("'],
  ])('CFG-11: %s is refused, and the known tokens are named', (template, problem) => {
    expect(() => checkFileTemplate(template)).toThrow(
      expect.objectContaining({
        code: 'E9002',
        problem: expect.stringContaining(problem),
        advice: expect.stringContaining('%(rev), %(slug), %(epoch), %(year)'),
        facts: expect.objectContaining({ option: 'fileTemplate', template }),
      }),
    );
  });

  it.each(['%(rev)d', '%(slug)x', '%(year)q', '%(year)f'])(
    'CFG-11: %s has a wrong format',
    (template) => {
      expect(() => checkFileTemplate(template)).toThrow(
        expect.objectContaining({ code: 'E9002', problem: expect.stringContaining('the format') }),
      );
    },
  );

  it('a template copied from alembic.ini, where percent signs are doubled, is refused', () => {
    expect(() => checkFileTemplate('%%(year)d_%%(rev)s')).toThrow(
      expect.objectContaining({
        code: 'E9002',
        advice: expect.stringContaining('doubled in alembic.ini'),
      }),
    );
  });
});

describe('the slug', () => {
  it.each<[string, number | undefined, string, string]>([
    ['Add accounts', undefined, 'add_accounts', 'lower-cased words'],
    ['a'.repeat(40), undefined, 'a'.repeat(40), 'as long as the limit'],
    ['one two three', 9, 'one_two_', 'cut back to the last word'],
    ['onetwothree', 5, 'onetw_', 'no word to cut at'],
    ['one two', 4, 'one_', 'a cut right behind the underscore'],
    ['ÄÖÜ ändern 名前', undefined, 'äöü_ändern_名前', 'words of every alphabet stay'],
    ['𝒳𝒴𝒵 eins', 2, '𝒳𝒴_', 'characters, not halves of them'],
    ['x_y-z', undefined, 'x_y_z', 'an underscore belongs to a word'],
    ['', undefined, '', 'no message'],
    ['!?', undefined, '', 'no word'],
  ])('CFG-13: of %j with limit %s it is %s (%s)', (message, limit, slug) => {
    expect(slugOf(message, limit)).toBe(slug);
  });

  it('CFG-14: 0 means 40, as does nothing', () => {
    const message = 'x'.repeat(60);
    expect(slugOf(message, 0)).toBe(`${'x'.repeat(40)}_`);
    expect(slugOf(message)).toBe(slugOf(message, 0));
    expect(revisionFileName('ab', message, { time, truncateSlugLength: 3 })).toBe('ab_xxx_.ts');
  });
});

describe('time zones', () => {
  it.each([
    ['UTC', '2026-03-09T04:05:06Z', 4],
    ['Europe/Berlin', '2026-03-09T05:05:06+01:00', 5],
    ['America/New_York', '2026-03-09T00:05:06-04:00', 0],
    ['Asia/Kolkata', '2026-03-09T09:35:06+05:30', 9],
    ['Europe/London', '2026-03-09T04:05:06+00:00', 4],
    ['Pacific/Kiritimati', '2026-03-09T18:05:06+14:00', 18],
  ])('CFG-15: the clock of %s shows %s', (zone, iso, hour) => {
    const clock = zonedTime(moment, zone);
    expect(clock).toMatchObject({ iso, hour, epoch: 1773029106 });
    expect(Math.floor(new Date(clock.iso).getTime() / 1000)).toBe(clock.epoch);
  });

  it('CFG-15: midnight is hour 0, and the summer changes the offset', () => {
    expect(zonedTime(new Date('2026-07-01T22:00:00Z'), 'Europe/Berlin').iso).toBe(
      '2026-07-02T00:00:00+02:00',
    );
  });

  it.each([
    ['Europe/Berlin', 'Europe/Berlin'],
    ['europe/berlin', 'Europe/Berlin'],
    ['utc', 'UTC'],
    ['est5edt', expect.stringMatching(/^(EST5EDT|America\/New_York)$/)],
    ['Mars/Phobos', undefined],
    ['', undefined],
    ['Europe/Berlin; DROP', undefined],
  ])('CFG-15: %j is located as %s', (name, located) => {
    expect(locateTimeZone(name)).toEqual(located);
  });
});
