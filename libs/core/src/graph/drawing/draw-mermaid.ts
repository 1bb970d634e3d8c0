import type { DrawnRevision } from './drawn-graph.js';
import { edgesBetween, marksOf, oneLine } from './drawn-graph.js';

/** Draws revisions as a Mermaid flowchart, bases at the bottom; dotted is what only `dependsOn` says. */
export function drawMermaid(revisions: readonly DrawnRevision[]): string {
  const edges = edgesBetween(revisions);
  const lines = [
    'flowchart BT',
    ...[...revisions].reverse().map((revision) => `${nameOf(revision.id)}["${textOf(revision)}"]`),
    ...[...revisions]
      .reverse()
      .flatMap(({ id }) => edges.get(id) ?? [])
      .map(({ from, to, isDependency }) => {
        const [child, parent] = [nameOf(from), nameOf(to)];
        return isDependency ? `${parent} -.-> ${child}` : `${parent} --> ${child}`;
      }),
    ...classLines(revisions),
  ];
  return lines.map((line, at) => `${at === 0 ? '' : '  '}${line}\n`).join('');
}

function textOf(revision: DrawnRevision): string {
  const facts = [...revision.labels, ...marksOf(revision)].map((fact) => `(${escaped(fact)})`);
  const message = escaped(oneLine(revision.message) || 'empty message');
  return `${[escaped(revision.id), ...facts].join(' ')}<br/>${message}`;
}

/** A word such as `end` is no name in Mermaid. */
const nameOf = (id: string): string => `r_${id}`;

/** What could end a text or mean something in it, as Mermaid's own `#…;` codes. */
function escaped(text: string): string {
  return text.replace(/["#%&;<>\\`]/g, (sign) => `#${sign.codePointAt(0)};`);
}

function classLines(revisions: readonly DrawnRevision[]): readonly string[] {
  const heads = revisions.filter(({ isHead }) => isHead);
  const current = revisions.filter(({ isCurrent }) => isCurrent);
  return [
    ...(heads.length === 0 ? [] : ['classDef head stroke-width:3px']),
    ...(current.length === 0 ? [] : ['classDef current fill:#cfc,color:#000']),
    ...heads.map(({ id }) => `class ${nameOf(id)} head`),
    ...current.map(({ id }) => `class ${nameOf(id)} current`),
  ];
}
