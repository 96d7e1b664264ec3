// Dialogs that make and remove identities.

import { html, useState } from '../lib/hooks.js';
import { createIdentity } from '../lib/registry.js';
import { linkTo } from '../lib/router.js';
import { Dialog, Failure } from '../parts/controls.js';

// A new device; or a new module, where `deviceId` is given. It is opened when it is made.
export function CreateDialog({ deviceId, onClose }) {
    const [name, setName] = useState('');
    const [edge, setEdge] = useState(false);
    const [state, setState] = useState({ busy: false, error: null });
    const create = async () => {
        const id = deviceId ? { deviceId, moduleId: name.trim() } : { deviceId: name.trim() };
        setState({ busy: true, error: null });
        try {
            await createIdentity(id, { edge });
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
        <input id="create-id" value=${name} autocomplete="off" spellcheck="false" maxlength="128"
            onInput=${(e) => setName(e.target.value)} />
        ${!deviceId && html`<label class="inline"><input type="checkbox" id="create-edge" checked=${edge}
            onChange=${(e) => setEdge(e.target.checked)} />IoT Edge device</label>`}
        <p class="note">It gets new keys.</p>
        <${Failure} id="create-failure" error=${state.error} />
    </${Dialog}>`;
}

export function DeleteDialog({ what, onAccept, onClose }) {
    return html`<${Dialog} id="delete-dialog" title=${`Delete ${what}?`} accept="Delete" danger onAccept=${onAccept}
        onClose=${onClose}><p>Twins, queued messages and modules go with it. There is no way back.</p></${Dialog}>`;
}
