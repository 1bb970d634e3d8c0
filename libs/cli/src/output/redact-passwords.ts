/**
 * Hides passwords in URLs: `postgres://app:secret@db/app` becomes `postgres://app:***@db/app`. A password with an `@`
 * that was not percent-encoded is hidden up to the last one, so rather too much is hidden than too little.
 */
export function redactPasswords(text: string): string {
  return text.replace(/(:\/\/[^\s:/@]*):\S*@/g, '$1:***@');
}
