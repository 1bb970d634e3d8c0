import 'reflect-metadata';

/** Where nest-commander keeps what `@SubCommand()` says; it does not export the key. */
const KEY = 'CommandBuilder:Subcommand:Meta';

/** The name that `@SubCommand()` gives to a class; undefined without it. */
export function subCommandName(command: object): string | undefined {
  return (Reflect.getMetadata(KEY, command) as { readonly name: string } | undefined)?.name;
}
