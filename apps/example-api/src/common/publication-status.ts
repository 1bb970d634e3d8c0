/** Life of what the public can see; products and articles share the database's type. */
export const PublicationStatus = {
  Draft: 'draft',
  Published: 'published',
  Archived: 'archived',
} as const;

export type PublicationStatus = (typeof PublicationStatus)[keyof typeof PublicationStatus];
