import type { Type } from '@nestjs/common';
import type { ModulesContainer } from '@nestjs/core';

/**
 * Moves the hooks of a module before those of every other module. Nest calls hooks by descending `distance`, and global
 * modules, which share the largest finite one, in the order of their import: without this a global module that was
 * imported earlier would have its `onModuleInit` first. Where a Nest had no `distance`, being global is what remains.
 */
export function runHooksFirst(modules: ModulesContainer, type: Type): void {
  for (const module of modules.values())
    if (module.metatype === type) module.distance = Number.POSITIVE_INFINITY;
}
