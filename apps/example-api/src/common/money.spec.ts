import { fromCents, percentOf, toCents } from './money.js';

describe('money', () => {
  it.each([
    ['0', 0n, '0.00'],
    ['0.05', 5n, '0.05'],
    ['12.5', 1250n, '12.50'],
    ['9999999999.99', 999999999999n, '9999999999.99'],
  ])('reads %s exactly and writes it as the database does', (amount, cents, written) => {
    expect(toCents(amount)).toBe(cents);
    expect(fromCents(cents)).toBe(written);
  });

  it.each(['', '-1', '1.234', '1,5', 'x'])('refuses %p', (amount) => {
    expect(() => toCents(amount)).toThrow('is not an amount');
  });

  it.each([
    ['10.00', '10', '1.00'],
    ['0.05', '10', '0.01'],
    ['0.04', '10', '0.00'],
    ['99.99', '33.33', '33.33'],
    ['99.99', '100', '99.99'],
  ])('takes of %s %s percent, half up', (amount, percent, expected) => {
    expect(fromCents(percentOf(toCents(amount), percent))).toBe(expected);
  });
});
