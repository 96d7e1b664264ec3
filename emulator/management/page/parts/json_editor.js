// A field for a JSON object; a mistake is told with its place, and the caret goes there.

import { html, useEffect, useRef } from '../lib/hooks.js';
import { isObject, parseJson } from '../lib/json_text.js';

// Calls onSave with the object, or onError with what is wrong with the text.
export function JsonEditor({ id, label, text, onText, onSave, onError, onCancel, busy }) {
    const field = useRef(null);
    useEffect(() => field.current.focus(), []);
    const save = () => {
        const read = parseJson(text);
        const wrong = read.error ?? (isObject(read.value) ? null : 'It must be a JSON object, { … }.');
        if (wrong) {
            onError(wrong);
            field.current.focus();
            field.current.setSelectionRange(read.place ?? 0, (read.place ?? 0) + 1);
            return;
        }
        onSave(read.value);
    };
    const key = (event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
            save();
        } else if (event.key === 'Escape') {
            onCancel();
        }
    };
    return html`<div class="editor">
        <label for=${id} class="hidden">${label}</label>
        <textarea id=${id} ref=${field} rows="12" spellcheck=${false} value=${text}
            onInput=${(e) => onText(e.target.value)} onKeyDown=${key}></textarea>
        <div class="row">
            <button type="button" id="${id}-save" class="primary" disabled=${busy} onClick=${save}>Save</button>
            <button type="button" id="${id}-cancel" onClick=${onCancel}>Cancel</button>
            <span class="note">Ctrl+Enter saves, Esc cancels</span>
        </div>
    </div>`;
}
