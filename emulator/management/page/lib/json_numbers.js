// JSON whose numbers are written again as they were: 21.0, 1e+20, 12345678901234567890.

const isWrittenOtherwise = (value, source) =>
    typeof value === 'number' && source !== undefined && source !== String(value);

const keepNumber = (name, value, { source }) => (isWrittenOtherwise(value, source) ? JSON.rawJSON(source) : value);

// Such numbers become objects that JSON.stringify() knows. A browser without JSON.rawJSON rounds them.
export const parseExactly = (text) => JSON.parse(text, JSON.rawJSON && keepNumber);

export const isExactNumber = (value) => JSON.isRawJSON?.(value) ?? false;
