// A document as text, its changed members highlighted for a moment.

import { html, useEffect, useRef, useState } from '../lib/hooks.js';
import { changedPaths, isObject } from '../lib/json_text.js';

const highlight = 4000;

// The paths that changed between the values given lately.
export function useChanges(value) {
    const before = useRef(value);
    const [changed, setChanged] = useState([]);
    useEffect(() => {
        const paths = before.current === undefined || value === undefined
            ? [] : changedPaths(before.current, value);
        before.current = value;
        if (paths.length === 0) {
            return undefined;
        }
        setChanged(paths);
        const timer = setTimeout(() => setChanged([]), highlight);
        return () => clearTimeout(timer);
    }, [JSON.stringify(value)]);
    return changed;
}

// `times` mirrors the value: each node's $lastUpdated.
export function JsonTree({ value, times, changed = [], path = '' }) {
    if (!isObject(value)) {
        return html`<span class="value">${JSON.stringify(value)}</span>`;
    }
    const members = Object.entries(value);
    if (members.length === 0) {
        return html`<span class="empty">nothing</span>`;
    }
    return html`<ul class="tree">${members.map(([name, member]) => {
        const here = path ? `${path}.${name}` : name;
        const time = times?.[name]?.$lastUpdated;
        return html`<li key=${name} class=${changed.includes(here) ? 'changed' : ''} title=${time}>
            <span class="name">${name}</span>: <${JsonTree} value=${member} times=${times?.[name]}
                changed=${changed} path=${here} /></li>`;
    })}</ul>`;
}
