/** The value in the middle. */
export const median = (values) =>
  values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)];

/**
 * What several jobs need, measured in pairs: one after the other, round after round, so that other work of the machine
 * meets all of them. A job measures itself and gives `{ wall, cpu }` in milliseconds: the time that a person waits, and
 * the processor time of all threads, which says more while the machine has other work.
 * @returns for each job its samples, round by round
 */
export async function inTurn(rounds, jobs) {
  const samples = jobs.map(() => []);
  for (let round = 0; round < rounds; round++)
    for (const [place, job] of jobs.entries()) samples[place].push(await job());
  return samples;
}

/** The samples of one job less those of another, round by round. */
export const less = (whole, part) =>
  whole.map(({ wall, cpu }, round) => ({
    wall: wall - part[round].wall,
    cpu: cpu - part[round].cpu,
  }));

/**
 * Cells that compare two jobs of {@link inTurn}: medians by the clock, the median of the rounds' ratios, the ratio of the
 * least times, medians of processor time, the median of the rounds' ratios.
 */
export function compared(ours, theirs) {
  const [wall, cpu] = ['wall', 'cpu'].map((kind) => {
    const [own, other] = [ours, theirs].map((samples) => samples.map((sample) => sample[kind]));
    return {
      own: median(own),
      other: median(other),
      ratio: median(own.map((value, round) => value / other[round])),
      least: Math.min(...own) / Math.min(...other),
    };
  });
  return [
    ms(wall.own),
    ms(wall.other),
    times(wall.ratio),
    times(wall.least),
    ms(cpu.own),
    ms(cpu.other),
    times(cpu.ratio),
  ];
}

/** The head of a table of {@link compared}. */
export const comparedHead = (title, other) => [
  title,
  'nest-alembic',
  other,
  'ratio',
  'of least',
  'CPU',
  other,
  'CPU ratio',
];

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

export const ms = (value) => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
export const times = (value) => `${value.toFixed(2)}x`;
export const ratio = (value, base) => times(value / base);
