declare const PREFLIGHT_VERSION: string | undefined;

/** The product's version, put in by the build; `development` when run from source. */
export const VERSION = typeof PREFLIGHT_VERSION === 'string' ? PREFLIGHT_VERSION : 'development';
