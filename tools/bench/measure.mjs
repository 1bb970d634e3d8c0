/** Median of the times of `runs` calls, in milliseconds; `before` runs untimed before each. */
export async function medianMs(runs, work, before = async () => undefined) {
  const times = [];
  for (let run = 0; run < runs; run++) {
    await before();
    const started = performance.now();
    await work();
    times.push(performance.now() - started);
  }
  return median(times);
}

/** The value in the middle. */
export const median = (values) =>
  values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)];

/** Prints rows as a table with aligned columns. */
export function printTable(head, rows) {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => String(row[column]).length)),
  );
  const line = (cells) =>
    cells
      .map((cell, column) =>
        column === 0 ? String(cell).padEnd(widths[column]) : String(cell).padStart(widths[column]),
      )
      .join('  ');
  console.log(line(head));
  console.log(widths.map((width) => '-'.repeat(width)).join('  '));
  rows.forEach((row) => console.log(line(row)));
}

export const ms = (value) => `${value.toFixed(0)} ms`;
export const ratio = (value, base) => `${(value / base).toFixed(2)}x`;
