import { readFileSync } from 'node:fs';

/** A fenced block. */
export interface Block {
  readonly language: string;
  /** The heading above it. */
  readonly heading: string;
  /** Line of its fence, from 1. */
  readonly line: number;
  readonly text: string;
}

/** What can be checked in a Markdown page. */
export interface Page {
  readonly file: string;
  readonly blocks: readonly Block[];
  readonly links: readonly { readonly line: number; readonly target: string }[];
  /** Anchors of its headings, as GitHub makes them. */
  readonly anchors: readonly string[];
}

/** Reads a page. */
export function readPage(file: string): Page {
  const lines = readFileSync(file, 'utf8').split('\n');
  const blocks: Block[] = [];
  const prose: { line: number; text: string }[] = [];
  let heading = '';
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    const [, fence, language = ''] = /^\s*(`{3,})(\w*)/.exec(line) ?? [];
    if (fence !== undefined) {
      const end = lines.indexOf(fence, index + 1);
      blocks.push({
        language,
        heading,
        line: index + 1,
        text: lines.slice(index + 1, end).join('\n'),
      });
      index = end;
      continue;
    }
    heading = headingOf(line) ?? heading;
    prose.push({ line: index + 1, text: line });
  }
  return {
    file,
    blocks,
    links: prose.flatMap(linksOf),
    anchors: prose.flatMap(({ text }) => anchorOf(headingOf(text)) ?? []),
  };
}

/** The file that a block of TypeScript or SQL says it is, by a comment in its first line: `// src/app.module.ts`, `-- views/a.sql`. */
export function fileOf({
  language,
  text,
}: Block): { readonly path: string; readonly text: string } | undefined {
  const [, path] = (FIRST_LINES[language ?? ''] ?? /^$/).exec(text) ?? [];
  if (path === undefined) return undefined;
  return { path, text: text.slice(text.indexOf('\n') + 1) };
}

/** The comment that names the file, by language. */
const FIRST_LINES: Readonly<Record<string, RegExp>> = {
  ts: /^\/\/ (\S+\.ts)\n/,
  sql: /^-- (\S+\.sql)\n/,
};

const headingOf = (line: string): string | undefined => /^#+ (.*)$/.exec(line)?.[1];

function linksOf({ line, text }: { line: number; text: string }): Page['links'] {
  const withoutCode = text.replaceAll(/`[^`]*`/g, '');
  return [...withoutCode.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => ({ line, target }));
}

function anchorOf(heading: string | undefined): string | undefined {
  const kept = heading?.toLowerCase().replaceAll(/[^\p{L}\p{N}\s_-]/gu, '');
  return kept?.trim().replaceAll(/\s/g, '-');
}
