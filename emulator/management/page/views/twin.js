// A twin: tags, desired and reported side by side; tags and desired can be edited.

import { pathOf, service } from '../lib/api.js';
import { timeText } from '../lib/format.js';
import { html, useEffect, useRef, useState } from '../lib/hooks.js';
import { mergePatch } from '../lib/json_text.js';
import { useLive } from '../lib/live.js';
import { Failure } from '../parts/controls.js';
import { JsonEditor } from '../parts/json_editor.js';
import { JsonTree, useChanges } from '../parts/json_tree.js';

// Without the members of the hub's own.
function plain(section) {
    const { $metadata, $version, ...values } = section ?? {};
    return values;
}

// Who wrote last, where anybody did: the page knows of its own writes, the rest follows from the
// section. Tags have no version, so nothing can be said of them.
function authorOf(name, own, version, id) {
    if (!(version > 1)) {
        return null;
    }
    if (name === 'reported') {
        return id.moduleId ? `module ${id.moduleId}` : `device ${id.deviceId}`;
    }
    return own === version ? 'this page' : 'a back end';
}

function Head({ title, name, metadata, version, author, onEdit }) {
    return html`<div class="row spread"><h3>${title}</h3>
            ${onEdit && html`<button type="button" class="quiet" id="edit-${name}" onClick=${onEdit}
                aria-label=${`Edit ${title}`}>Edit</button>`}</div>
        <p class="note">${version !== undefined && html`Version <b id="${name}-version">${version}</b>`}
            ${metadata && html` · ${timeText(metadata.$lastUpdated)}`}
            ${author && html` · last by <span id="${name}-author">${author}</span>`}</p>`;
}

// Gives the focus to that element when an edit has ended.
function useFocusAfter(isEdited, elementId) {
    const wasEdited = useRef(false);
    useEffect(() => {
        if (wasEdited.current && !isEdited) {
            document.getElementById(elementId)?.focus();
        }
        wasEdited.current = isEdited;
    }, [isEdited]);
}

function Section({ id, name, title, values, metadata, version, own, save }) {
    const changed = useChanges(values);
    const [draft, setDraft] = useState(null); // {text, base}
    const [state, setState] = useState({ busy: false, error: null });
    useFocusAfter(draft !== null, `edit-${name}`);
    const edit = () => {
        setDraft({ text: JSON.stringify(values, null, 4), base: values });
        setState({ busy: false, error: null });
    };
    const store = async (edited) => {
        setState({ busy: true, error: null });
        try {
            await save(name, mergePatch(draft.base, edited));
            setDraft(null);
            setState({ busy: false, error: null });
        } catch (error) {
            setState({ busy: false, error });
        }
    };
    return html`<section aria-label=${title} id="twin-${name}">
        <${Head} ...${{ title, name, metadata, version }} onEdit=${save && !draft ? edit : null}
            author=${authorOf(name, own, version, id)} />
        ${draft ? html`<${JsonEditor} id="editor-${name}" label=${`${title} as JSON`} text=${draft.text}
                busy=${state.busy} onText=${(text) => setDraft({ ...draft, text })} onSave=${store}
                onError=${(error) => setState({ busy: false, error })} onCancel=${() => setDraft(null)} />`
            : html`<${JsonTree} value=${values} times=${metadata} changed=${changed} />`}
        <${Failure} id="twin-${name}-failure" error=${state.error} />
        <p class="hidden" role="status">${changed.length ? `${title}: ${changed.join(', ')} changed` : ''}</p>
    </section>`;
}

export function TwinTab({ id }) {
    const path = pathOf(id, '/twins');
    const own = useRef({});
    const { value: twin, error, reload } = useLive(() => service(path, { exact: true }), 1000, []);
    // Merges into the twin as it is: what others changed meanwhile stays.
    const save = async (name, patch) => {
        const body = name === 'tags' ? { tags: patch } : { properties: { desired: patch } };
        const written = await service(path, { method: 'PATCH', body });
        own.current[name] = written.properties.desired.$version;
        reload();
    };
    if (!twin) {
        return html`<${Failure} id="twin-failure" error=${error} />`;
    }
    const { desired, reported } = twin.properties;
    return html`<${Failure} id="twin-failure" error=${error} />
        <div class="columns">
            <${Section} id=${id} name="tags" title="Tags" values=${twin.tags ?? {}} save=${save} />
            <${Section} id=${id} name="desired" title="Desired properties" values=${plain(desired)} save=${save}
                metadata=${desired.$metadata} version=${desired.$version} own=${own.current.desired} />
            <${Section} id=${id} name="reported" title="Reported properties" values=${plain(reported)}
                metadata=${reported.$metadata} version=${reported.$version} />
        </div>
        <section aria-label="Whole twin"><dl>
            <dt>Version</dt><dd id="twin-version">${twin.version}</dd><dt>ETag</dt><dd>${twin.etag}</dd>
            ${twin.modelId && html`<dt>Model</dt><dd>${twin.modelId}</dd>`}</dl></section>`;
}
