/** What is said on stderr where a list of revisions is empty because there is none at all. */
export const NO_REVISIONS = 'There are no revisions yet: "migrate revision" writes the first one.';

/** The same where the version table has no row. */
export const AT_BASE = 'The database is at base: no revision is applied.';
