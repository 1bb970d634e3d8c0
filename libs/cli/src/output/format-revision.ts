import type { RevisionInfo } from '@nest-alembic/core';
import { shownPath } from './shown-path.js';
import type { Style } from './style.js';

/** A line of `history`, as `alembic history` (MSG-09): `ae10 -> 1975 (billing) (head), add accounts`. */
export function formatLine(revision: RevisionInfo, style: Style): string {
  const parents = names(revision.downRevisions, style) || '<base>';
  const needs = inBrackets(names(revision.dependsOn, style));
  const marks = [headMark(revision), currentMark(revision), ...junctionMarks(revision)];
  const place = `${style.revision(revision.id)}${labels(revision)}${painted(marks, style)}`;
  return `${parents}${needs} -> ${place}, ${firstParagraph(messageOf(revision))}`;
}

/** A line of `heads`, as `alembic heads` (CLI-68): `1975 (billing) (head)`. */
export function formatHead(revision: RevisionInfo, style: Style): string {
  return `${style.revision(revision.id)}${labels(revision)}${painted([headMark(revision)], style)}`;
}

/** A line of `current`, as `alembic current` (MSG-11): `1975 (billing) (head) (mergepoint)`. */
export function formatPlace(revision: RevisionInfo, style: Style): string {
  const marks = [headMark(revision), ...junctionMarks(revision)];
  return `${style.revision(revision.id)}${labels(revision)}${painted(marks, style)}`;
}

/** What stands beside a revision in `graph`: `1975 (billing) (head) (current), add accounts`. */
export function formatNode(revision: RevisionInfo, style: Style): string {
  const marks = [headMark(revision), currentMark(revision), ...junctionMarks(revision)];
  const place = `${style.revision(revision.id)}${labels(revision)}${painted(marks, style)}`;
  // One row for each: what breaks a line, alone too, would break the drawing.
  return `${place}, ${firstParagraph(messageOf(revision)).replace(/\p{Cc}+/gu, ' ')}`;
}

/** A revision that follows a branch point, in `branches -v` (CLI-70): `1975 (billing) (head), add accounts`. */
export function formatChild(revision: RevisionInfo, style: Style): string {
  return `${formatPlace(revision, style)}, ${firstParagraph(messageOf(revision))}`;
}

/** The block of `show` and of `-v`, as Alembic's (MSG-10); ends with an empty line. */
export function formatBlock(revision: RevisionInfo, style: Style): string {
  const { downRevisions, dependsOn, children, isMergePoint, isBranchPoint, file } = revision;
  const marks = [headMark(revision), ...junctionMarks(revision), currentMark(revision)];
  const lines = [
    `Rev: ${style.revision(revision.id)}${painted(marks, style)}`,
    `${isMergePoint ? 'Merges' : 'Parent'}: ${names(downRevisions, style) || '<base>'}`,
    ...(dependsOn.length > 0 ? [`Also depends on: ${names(dependsOn, style)}`] : []),
    ...(isBranchPoint ? [`Branches into: ${names(children, style)}`] : []),
    ...(revision.labels.length > 0 ? [`Branch names: ${revision.labels.join(', ')}`] : []),
    ...(revision.createdAt !== undefined ? [`Created: ${revision.createdAt}`] : []),
    ...(file !== undefined ? [`Path: ${shownPath(file)}`] : []),
  ];
  return [...lines, '', ...indented(messageOf(revision)), ''].join('\n');
}

function names(ids: readonly string[], style: Style): string {
  return ids.map((id) => style.revision(id)).join(', ');
}

function labels(revision: RevisionInfo): string {
  return inBrackets(revision.labels.join(', '));
}

/** Alembic's "effective head": the newest along its branch, though another revision depends on it. */
function headMark({ isHead, isEffectiveHead }: RevisionInfo): string {
  if (isEffectiveHead) return '(effective head)';
  return isHead ? '(head)' : '';
}

function currentMark({ isCurrent }: RevisionInfo): string {
  return isCurrent ? '(current)' : '';
}

function junctionMarks({ isBranchPoint, isMergePoint }: RevisionInfo): string[] {
  return [isBranchPoint ? '(branchpoint)' : '', isMergePoint ? '(mergepoint)' : ''];
}

function painted(marks: readonly string[], style: Style): string {
  return marks.map((mark) => (mark ? ` ${style.mark(mark)}` : '')).join('');
}

function inBrackets(text: string): string {
  return text ? ` (${text})` : '';
}

/** Alembic's word for a revision without a message; what would move the cursor of a terminal is left out. */
function messageOf({ message }: RevisionInfo): string {
  const visible = message.replace(/\p{Cc}/gu, (one) => (/[\t\r\n]/.test(one) ? one : ''));
  return visible || 'empty message';
}

function firstParagraph(message: string): string {
  return (message.split(/\r?\n\s*\r?\n/, 1)[0] ?? '').replace(/\s*\r?\n\s*/g, ' ');
}

function indented(message: string): string[] {
  return message.split(/\r?\n/).map((line) => `    ${line}`.trimEnd());
}
