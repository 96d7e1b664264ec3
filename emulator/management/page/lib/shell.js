// Lines for a POSIX shell.

// "it's" is 'it'\''s': nothing within single quotes means anything but a single quote.
export const shellQuoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;
