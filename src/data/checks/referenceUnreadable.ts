/** The rule of a finding that tells what could not be compared with: it is no check, and has a page as they do. */
export const REFERENCE_UNREADABLE = 'reference-unreadable';
