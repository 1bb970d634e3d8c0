// The shapes of history that are measured: each member of a shape is a revision id with its down revisions.

/** A line: every revision builds on the one before. */
export function linear(size) {
  return Array.from({ length: size }, (_, place) => ({
    id: idOf(place),
    down: place === 0 ? [] : [idOf(place - 1)],
  }));
}

/** Ten revisions in a line, two branches of five, a merge; over and over. */
export function branchy(size) {
  const revisions = [];
  let tips = [];
  while (revisions.length < size) {
    for (let run = 0; run < 10; run++) tips = [add(revisions, tips)];
    const ends = [0, 1].map(() => {
      let tip = tips;
      for (let run = 0; run < 5; run++) tip = [add(revisions, tip)];
      return tip[0];
    });
    tips = [add(revisions, ends)];
  }
  return revisions.slice(0, size);
}

function add(revisions, down) {
  const id = idOf(revisions.length);
  revisions.push({ id, down });
  return id;
}

/** Twelve hexadecimal digits that do not sort like the history does. */
function idOf(place) {
  const mixed = (BigInt(place + 1) * 0x9e3779b97f4a7c15n) & 0xffffffffffffn;
  return mixed.toString(16).padStart(12, '0');
}
