import type { DrawnRevision } from './drawn-graph.js';
import { edgesBetween, marksOf, oneLine } from './drawn-graph.js';

/** Draws revisions as a graph in DOT, for Graphviz, bases at the bottom; dotted is what only `dependsOn` says. */
export function drawDot(revisions: readonly DrawnRevision[]): string {
  const edges = edgesBetween(revisions);
  const lines = [
    'rankdir=BT;',
    'node [shape=box];',
    ...[...revisions]
      .reverse()
      .map((revision) => `${quoted(revision.id)} [${attributes(revision)}];`),
    ...[...revisions]
      .reverse()
      .flatMap(({ id }) => edges.get(id) ?? [])
      .map(({ from, to, isDependency }) => {
        const style = isDependency ? ' [style=dotted]' : '';
        return `${quoted(to)} -> ${quoted(from)}${style};`;
      }),
  ];
  return ['digraph revisions {', ...lines.map((line) => `  ${line}`), '}', ''].join('\n');
}

function attributes(revision: DrawnRevision): string {
  const facts = [...revision.labels, ...marksOf(revision)].map((fact) => `(${fact})`);
  const title = [revision.id, ...facts].join(' ');
  const label = `label="${escaped(title)}\\n${escaped(oneLine(revision.message) || 'empty message')}"`;
  const styles = [...(revision.isHead ? ['bold'] : []), ...(revision.isCurrent ? ['filled'] : [])];
  return styles.length === 0 ? label : `${label}, style=${quoted(styles.join(','))}`;
}

const quoted = (text: string): string => `"${escaped(text)}"`;

/** In a label, a backslash begins a code such as `\N`. */
function escaped(text: string): string {
  return text.replace(/[\\"]/g, '\\$&');
}
