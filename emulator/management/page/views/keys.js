// Keys or thumbprints of an identity, and its connection strings; new keys on request.

import { connectionString, hostForms } from '../lib/connection_string.js';
import { html, useState } from '../lib/hooks.js';
import { regenerateKey, swapKeys } from '../lib/registry.js';
import { CopyField, Dialog, Failure } from '../parts/controls.js';

const changes = {
    'regenerate-primary': ['Regenerate primary key', (id) => regenerateKey(id, 'primaryKey')],
    'regenerate-secondary': ['Regenerate secondary key', (id) => regenerateKey(id, 'secondaryKey')],
    'swap-keys': ['Swap keys', swapKeys],
};

function NewKeys({ id, reload }) {
    const [asking, setAsking] = useState(null);
    const [error, setError] = useState(null);
    const change = async () => {
        setAsking(null);
        try {
            await changes[asking][1](id);
            setError(null);
        } catch (failure) {
            setError(failure);
        }
        reload();
    };
    return html`<div class="row keys">${Object.entries(changes).map(([name, [title]]) => html`
            <button type="button" id=${name} onClick=${() => setAsking(name)}>${title}</button>`)}</div>
        <${Failure} id="keys-failure" error=${error} />
        ${asking && html`<${Dialog} id="keys-dialog" title=${`${changes[asking][0]}?`} accept=${changes[asking][0]} danger
            onAccept=${change} onClose=${() => setAsking(null)}>
            <p>${asking === 'swap-keys' ? 'The primary key becomes the secondary one, and the other way round.'
                : 'Programs with the key of now are refused when they connect again.'}</p></${Dialog}>`}`;
}

function HostForm({ text, form, setForm }) {
    return html`<fieldset><legend>Host in the connection strings</legend>
        <div class="row">${hostForms(text).map((one) => html`<label class="inline"><input type="radio" name="host-form"
            id="host-${one}" checked=${one === form} onChange=${() => setForm(one)} />${one}</label>`)}</div></fieldset>`;
}

// `text`: the connection string as the hub tells it; `form`: of its host.
export function Keys({ id, known, text, form, setForm, reload }) {
    const { primaryKey, secondaryKey } = known.authentication.symmetricKey;
    return html`
        <${CopyField} key=${`1${primaryKey}`} id="primary-key" label="Primary key" text=${primaryKey} secret />
        <${CopyField} key=${`2${secondaryKey}`} id="secondary-key" label="Secondary key" text=${secondaryKey} secret />
        <${HostForm} ...${{ text, form, setForm }} />
        <${CopyField} id="primary-connection-string" label="Connection string (primary key)"
            text=${connectionString(text, form, primaryKey)} secret />
        <${CopyField} id="secondary-connection-string" label="Connection string (secondary key)"
            text=${connectionString(text, form, secondaryKey)} secret />
        <${NewKeys} id=${id} reload=${reload} />`;
}

export function Thumbprints({ known, text, form, setForm }) {
    const { type, x509Thumbprint } = known.authentication;
    return html`
        ${type === 'selfSigned' && html`<dl>
            <dt>Primary Thumbprint</dt><dd id="primary-thumbprint">${x509Thumbprint?.primaryThumbprint ?? '–'}</dd>
            <dt>Secondary Thumbprint</dt><dd id="secondary-thumbprint">${x509Thumbprint?.secondaryThumbprint ?? '–'}</dd></dl><br />`}
        <${HostForm} ...${{ text, form, setForm }} />
        <${CopyField} id="connection-string" label="Connection string" text=${connectionString(text, form)} />`;
}
