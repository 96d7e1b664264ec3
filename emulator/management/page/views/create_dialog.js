// Makes a device or a module.

import { authenticationTypes, newAuthentication } from '../lib/authentication.js';
import { html, useState } from '../lib/hooks.js';
import { createIdentity } from '../lib/registry.js';
import { linkTo } from '../lib/router.js';
import { Dialog, Failure } from '../parts/controls.js';

const notes = {
    sas: 'It gets new keys.',
    selfSigned: 'SHA-1 or SHA-256 of its certificate.',
    certificateAuthority: 'Its certificate names it, and is issued by a CA that the hub knows.',
};

function Authentication({ type, setType, thumbprints, setThumbprints }) {
    const field = (which, title) => html`<label for="create-${which}">${title}</label>
        <input id="create-${which}" value=${thumbprints[which]} autocomplete="off" spellcheck=${false}
            onInput=${(e) => setThumbprints({ ...thumbprints, [which]: e.target.value })} />`;
    return html`<label for="create-authentication">Authentication type</label>
        <select id="create-authentication" onChange=${(e) => setType(e.target.value)}>
            ${authenticationTypes.map(([one, title]) => html`
                <option value=${one} selected=${one === type}>${title}</option>`)}</select>
        ${type === 'selfSigned' && html`${field('primary', 'Primary Thumbprint')}${field('secondary', 'Secondary Thumbprint')}`}
        <p class="note">${notes[type]}</p>`;
}

// A new device; or a new module, where `deviceId` is given. It is opened when it is made.
export function CreateDialog({ deviceId, onClose }) {
    const [name, setName] = useState('');
    const [edge, setEdge] = useState(false);
    const [type, setType] = useState('sas');
    const [thumbprints, setThumbprints] = useState({ primary: '', secondary: '' });
    const [state, setState] = useState({ busy: false, error: null });
    const create = async () => {
        const id = deviceId ? { deviceId, moduleId: name.trim() } : { deviceId: name.trim() };
        const authentication = newAuthentication(type, thumbprints.primary, thumbprints.secondary);
        setState({ busy: true, error: null });
        try {
            await createIdentity(id, { edge, authentication });
            onClose();
            location.hash = linkTo(id).slice(1);
        } catch (error) {
            setState({ busy: false, error });
        }
    };
    const kind = deviceId ? 'module' : 'device';
    return html`<${Dialog} id="create-dialog" title=${`New ${kind}`} accept="Create" busy=${state.busy || !name.trim()}
        onAccept=${create} onClose=${onClose}>
        <label for="create-id">${deviceId ? 'Module ID' : 'Device ID'}</label>
        <input id="create-id" value=${name} autocomplete="off" spellcheck=${false} maxlength="128"
            onInput=${(e) => setName(e.target.value)} />
        <${Authentication} ...${{ type, setType, thumbprints, setThumbprints }} />
        ${!deviceId && html`<label class="inline"><input type="checkbox" id="create-edge" checked=${edge}
            onChange=${(e) => setEdge(e.target.checked)} />IoT Edge device</label>`}
        <${Failure} id="create-failure" error=${state.error} />
    </${Dialog}>`;
}
