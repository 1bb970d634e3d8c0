// The last step of `build`: a compiled library loads each of its modules when something of it is first used, not all of
// them at the start. `migrate heads` needs a fifth of the engine; to load the rest costs more than to read a thousand
// revisions. The sources stay plain imports; what they mean does not change, because no module of ours does anything when loaded
// but define what it exports. (`import 'x'`, which is there for what it does, is left as it is.)
//
//   const walk_js_1 = require("./walk.js");
// becomes
//   let walk_js_1_; const walk_js_1 = { get walk() { return (walk_js_1_ ??= require("./walk.js")).walk; } };
//
// Uses stay as the compiler wrote them: Node still finds the names for `import { walk } from …`, and source maps hold.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** As the TypeScript compiler writes an import of another file of the library, or of a part of Node; what Node itself needs is there anyway. */
const REQUIRE = /^(?:const|var) (\w+) = (require\("(?:\.|node:(?!fs"|path"))[^"]+"\));$/gm;

/** Rewrites one compiled module. */
export function loadOnFirstUse(code) {
  return code.replace(REQUIRE, (line, name, load) => {
    const members = membersOf(code, name);
    if (members === undefined) return line;
    const getters = members.map((it) => `get ${it}() { return (${name}_ ??= ${load}).${it}; }`);
    return `let ${name}_; const ${name} = { ${getters.join(', ')} };`;
  });
}

/** What of a module is used; undefined when it is used as a whole. */
function membersOf(code, name) {
  const uses = [...code.matchAll(new RegExp(`\\b${name}\\b(?:\\.(\\w+))?`, 'g'))].slice(1);
  const members = uses.map(([, member]) => member);
  return members.includes(undefined) ? undefined : [...new Set(members)];
}

function main(folder) {
  for (const name of readdirSync(folder, { recursive: true })) {
    if (!name.endsWith('.js')) continue;
    const file = join(folder, name);
    const code = readFileSync(file, 'utf8');
    const rewritten = loadOnFirstUse(code);
    if (rewritten !== code) writeFileSync(file, rewritten);
  }
}

if (process.argv[1] === import.meta.filename) main(process.argv[2]);
