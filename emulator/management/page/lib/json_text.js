// JSON as people write it: parsed with the place of a mistake, and compared.

import { isExactNumber, parseExactly } from './json_numbers.js';
import { placeOfMistake } from './json_place.js';

export const isObject = (value) =>
    value !== null && typeof value === 'object' && !Array.isArray(value) && !isExactNumber(value);

// {value} or {error, place}: place counts characters from 0.
export function parseJson(text) {
    try {
        return { value: parseExactly(text) };
    } catch {
        const place = placeOfMistake(text) ?? text.length;
        const [line, column] = lineAndColumn(text, place);
        const found = place < text.length ? `"${text[place]}" is not expected here` : 'the text ends too early';
        return { error: `Line ${line}, column ${column}: ${found}.`, place };
    }
}

function lineAndColumn(text, place) {
    const before = text.slice(0, place).split('\n');
    return [before.length, before.at(-1).length + 1];
}

export const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

// The merge patch (RFC 7396) that makes `after` of `before`.
export function mergePatch(before, after) {
    const patch = {};
    for (const name of Object.keys(before)) {
        if (!(name in after)) {
            patch[name] = null;
        }
    }
    for (const [name, value] of Object.entries(after)) {
        if (isObject(value) && isObject(before[name])) {
            const inner = mergePatch(before[name], value);
            if (Object.keys(inner).length > 0) {
                patch[name] = inner;
            }
        } else if (!same(value, before[name])) {
            patch[name] = value;
        }
    }
    return patch;
}

// The paths of members that differ, "a.b" each; an object that is new counts as one.
export function changedPaths(before, after, prefix = '') {
    const found = [];
    for (const [name, value] of Object.entries(after)) {
        const path = prefix + name;
        if (isObject(value) && isObject(before?.[name])) {
            found.push(...changedPaths(before[name], value, `${path}.`));
        } else if (!same(value, before?.[name])) {
            found.push(path);
        }
    }
    return found;
}

// The numbers in a document by their path, arrays left out: {"a.b": 1}.
export function numbersIn(value, prefix = '', into = {}) {
    if (typeof value === 'number') {
        into[prefix || 'value'] = value;
    } else if (isObject(value)) {
        for (const [name, member] of Object.entries(value)) {
            numbersIn(member, prefix ? `${prefix}.${name}` : name, into);
        }
    }
    return into;
}
