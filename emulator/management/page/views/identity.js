// A device or a module: its parts as tabs.

import { html, useState } from '../lib/hooks.js';
import { useLive } from '../lib/live.js';
import { deleteIdentity, readIdentity } from '../lib/registry.js';
import { linkTo } from '../lib/router.js';
import { Failure, Tabs } from '../parts/controls.js';
import { DeleteDialog } from './delete_dialog.js';
import { DetailsTab } from './details.js';
import { ModulesTab } from './modules.js';
import { TelemetryFeed } from './telemetry.js';
import { TryTab } from './try_it.js';
import { TwinTab } from './twin.js';

const tabs = {
    details: DetailsTab,
    twin: TwinTab,
    modules: ModulesTab,
    try: TryTab,
    telemetry: TelemetryFeed,
};

function titles(id) {
    const kind = id.moduleId ? 'Module' : 'Device';
    return [
        ['details', `${kind} Identity Details`],
        ['twin', `${kind} Identity Twin`],
        ...(id.moduleId ? [] : [['modules', 'Module Identities']]),
        ['try', 'Try it'],
        ['telemetry', 'Telemetry'],
    ].map(([name, title]) => [name, title, linkTo(id, name)]);
}

export function IdentityView({ id, tab = 'details' }) {
    const live = useLive(() => readIdentity(id), 3000, []);
    const [deleting, setDeleting] = useState(false);
    const [refused, setRefused] = useState(null);
    const remove = async () => {
        setDeleting(false);
        try {
            await deleteIdentity(id);
            location.hash = id.moduleId ? linkTo({ deviceId: id.deviceId }, 'modules').slice(1) : '/devices';
        } catch (failure) {
            setRefused(failure);
        }
    };
    const Shown = tabs[tab] ?? DetailsTab;
    const known = live.value;
    return html`
        <p class="note"><a href="#/devices">Devices</a>${id.moduleId && html` ›${' '}
            <a href=${linkTo({ deviceId: id.deviceId }, 'modules')}>${id.deviceId}</a>`}</p>
        <div class="row spread">
            <h2 id="identity-title">${id.moduleId ?? id.deviceId}</h2>
            <div class="row">
                ${known && html`<span id="connection-state" role="status"
                    class="state ${known.connectionState === 'Connected' ? 'on' : ''}">${known.connectionState}</span>`}
                <button type="button" id="delete-identity" onClick=${() => setDeleting(true)}>Delete</button>
            </div>
        </div>
        <${Tabs} label="Parts of the identity" tabs=${titles(id)} current=${tab} />
        <${Failure} error=${live.error ?? refused} />
        ${known && html`<${Shown} id=${id} known=${known} reload=${live.reload} />`}
        ${deleting && html`<${DeleteDialog} what=${id.moduleId ?? id.deviceId} onAccept=${remove}
            onClose=${() => setDeleting(false)} />`}`;
}
