// What an app loads in production of a file that a tool wrote.
import ts from 'typescript';

const compilerOptions = { module: 'commonjs', target: 'es2022' };

/** The text of a TypeScript file as the compiler turns it to JavaScript. */
export const toCommonJs = (text) => ts.transpileModule(text, { compilerOptions }).outputText;
