// Small controls that every view uses.

import { html, useEffect, useId, useRef, useState } from '../lib/hooks.js';

// Copies `text` and says so. `text` may be a function.
export function CopyButton({ id, text, label }) {
    const [copied, setCopied] = useState(false);
    const copy = async () => {
        await copyText(typeof text === 'function' ? text() : text);
        setCopied(true);
        setTimeout(() => setCopied(false), 1500);
    };
    return html`<button type="button" id=${id} class="quiet" aria-label=${`Copy ${label}`}
        onClick=${copy}>${copied ? 'Copied' : 'Copy'}<span class="hidden" role="status">
        ${copied ? `${label} is copied` : ''}</span></button>`;
}

// The clipboard is there on secure origins and on loopback names; elsewhere a selection does it.
async function copyText(text) {
    try {
        await navigator.clipboard.writeText(text);
    } catch {
        const field = document.createElement('textarea');
        field.value = text;
        document.body.append(field);
        field.select();
        document.execCommand('copy');
        field.remove();
    }
}

// A labelled line with a text to be copied; `secret` is masked until it is asked for.
export function CopyField({ id, label, text, secret = false }) {
    const [shown, setShown] = useState(false);
    const masked = secret && !shown;
    return html`<div class="copy-field">
        <label for=${id}>${label}</label>
        <div class="row">
            <input id=${id} readonly spellcheck=${false} value=${masked ? '•'.repeat(32) : text}
                aria-describedby=${masked ? 'masked-note' : null} />
            ${secret && html`<button type="button" class="quiet" id="${id}-show" aria-pressed=${shown}
                aria-label=${`${shown ? 'Hide' : 'Show'} ${label}`}
                onClick=${() => setShown(!shown)}>${shown ? 'Hide' : 'Show'}</button>`}
            <${CopyButton} id="${id}-copy" text=${text} label=${label} />
        </div>
    </div>`;
}

// What went wrong, read out at once; nothing without an error.
export function Failure({ error, id = 'failure' }) {
    return html`<div role="alert" id=${id}>${error && html`<p class="failure">${error.message ?? error}</p>`}</div>`;
}

// A dialog over the page: Escape and Cancel close it, Enter in a field accepts it.
export function Dialog({ id, title, accept, danger, busy, onAccept, onClose, children }) {
    const place = useRef(null);
    const name = useId();
    useEffect(() => {
        place.current.showModal();
        return () => place.current?.close();
    }, []);
    const submitted = (event) => {
        event.preventDefault();
        onAccept();
    };
    return html`<dialog id=${id} ref=${place} aria-labelledby=${name} onCancel=${onClose}>
        <form method="dialog" onSubmit=${submitted}>
            <h2 id=${name}>${title}</h2>
            ${children}
            <div class="row end">
                <button type="button" id="${id}-cancel" onClick=${onClose}>Cancel</button>
                <button type="submit" id="${id}-accept" disabled=${busy}
                    class=${danger ? 'danger' : 'primary'}>${accept}</button>
            </div>
        </form>
    </dialog>`;
}

// Links that stand for parts of one view.
export function Tabs({ label, tabs, current }) {
    return html`<nav class="tabs" aria-label=${label}>${tabs.map(([name, title, address]) => html`
        <a id="tab-${name}" href=${address} aria-current=${name === current ? 'page' : null}>${title}</a>`)}</nav>`;
}
