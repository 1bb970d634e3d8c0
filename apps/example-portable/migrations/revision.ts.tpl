/** {{title}} */
import type { Operations, RevisionContext } from '@nest-alembic/nestjs';

export const revision = {{revision}};
export const message = {{message}};
export const downRevision = {{downRevision}};
export const branchLabels = {{branchLabels}};
export const dependsOn = {{dependsOn}};
export const createdAt = {{createdAt}};

export async function upgrade(op: Operations, ctx: RevisionContext): Promise<void> {
  {{upgradeBody}}
}

export async function downgrade(op: Operations): Promise<void> {
  {{downgradeBody}}
}
