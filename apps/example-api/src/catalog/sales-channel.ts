/** Where a product is offered. */
export const SalesChannel = {
  Web: 'web',
  App: 'app',
  Store: 'store',
  Wholesale: 'wholesale',
} as const;

export type SalesChannel = (typeof SalesChannel)[keyof typeof SalesChannel];
