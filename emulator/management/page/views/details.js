// "Module Identity Details" and "Device Identity Details": the portal's words in the portal's order.

import { manage, parametersOf } from '../lib/api.js';
import { authenticationName, parentOf } from '../lib/authentication.js';
import { hostForms } from '../lib/connection_string.js';
import { timeText } from '../lib/format.js';
import { html, useState } from '../lib/hooks.js';
import { useLive } from '../lib/live.js';
import { setEnabled } from '../lib/registry.js';
import { linkTo } from '../lib/router.js';
import { Failure } from '../parts/controls.js';
import { Keys, Thumbprints } from './keys.js';
import { Program } from './program.js';

function Status({ id, known, reload }) {
    const [error, setError] = useState(null);
    const change = async (event) => {
        try {
            await setEnabled(id, event.target.checked);
            setError(null);
        } catch (failure) {
            setError(failure);
        }
        reload();
    };
    return html`<label class="inline"><input type="checkbox" id="enable-identity" onChange=${change}
            checked=${known.status === 'enabled'} />Enable connection to IoT Hub</label>
        <${Failure} id="status-failure" error=${error} />`;
}

function Name({ id, known }) {
    const parent = parentOf(known);
    return html`<dl>
        <dt>Device ID</dt><dd>${id.deviceId}</dd>
        ${id.moduleId && html`<dt>Module Identity Name</dt><dd>${id.moduleId}</dd>`}
        <dt>Authentication type</dt><dd id="authentication-type">${authenticationName(known.authentication.type)}</dd>
        ${parent && html`<dt>Parent device</dt><dd id="parent-device"><a href=${linkTo({ deviceId: parent })}>${parent}</a></dd>`}
    </dl><br />`;
}

const State = ({ known }) => html`<dl>
    <dt>Connection state</dt><dd>${known.connectionState}, ${timeText(known.connectionStateUpdatedTime)}</dd>
    <dt>Last activity</dt><dd>${timeText(known.lastActivityTime)}</dd>
    <dt>Cloud-to-device messages</dt><dd>${known.cloudToDeviceMessageCount ?? 0}</dd>
    <dt>Generation ID</dt><dd>${known.generationId}</dd></dl>`;

export function DetailsTab({ id, known, reload }) {
    const [chosen, setForm] = useState(null);
    const { value, error } = useLive(
        () => manage(`/api/connection-strings?${parametersOf(id)}`), 0, [known.etag]);
    const text = value?.connectionString;
    const form = chosen ?? (text && hostForms(text)[0]);
    const Proof = known.authentication.type === 'sas' ? Keys : Thumbprints;
    return html`<div class="columns two">
        <section aria-label=${`${id.moduleId ? 'Module' : 'Device'} Identity Details`}>
            <${Name} id=${id} known=${known} />
            <${Failure} id="strings-failure" error=${error} />
            ${text && html`<${Proof} ...${{ id, known, text, form, setForm, reload }} />`}
            ${!id.moduleId && html`<${Status} id=${id} known=${known} reload=${reload} />`}
            <${State} known=${known} />
        </section>
        ${text && html`<${Program} id=${id} text=${text} form=${form} />`}
    </div>`;
}
