// "Module Identity Details" and "Device Identity Details": the portal's words in the portal's order.

import { manage, parametersOf } from '../lib/api.js';
import { connectionString } from '../lib/connection_string.js';
import { timeText } from '../lib/format.js';
import { html, useState } from '../lib/hooks.js';
import { useLive } from '../lib/live.js';
import { setEnabled } from '../lib/registry.js';
import { languages, snippetOf } from '../lib/snippets.js';
import { CopyButton, CopyField, Failure } from '../parts/controls.js';

const forms = ['localhost', '127.0.0.1', 'gateway'];

function Keys({ id, known }) {
    const [form, setForm] = useState('localhost');
    const { value, error } = useLive(
        () => manage(`/api/connection-strings?${parametersOf(id)}`), 0, [known.etag]);
    const { primaryKey, secondaryKey } = known.authentication.symmetricKey ?? {};
    const text = value?.connectionString;
    const written = (key) => connectionString(text, form, key);
    return html`
        <${CopyField} key=${primaryKey} id="primary-key" label="Primary key" text=${primaryKey} secret />
        <${CopyField} key=${secondaryKey} id="secondary-key" label="Secondary key" text=${secondaryKey} secret />
        <${Failure} id="strings-failure" error=${error} />
        <fieldset><legend>Host in the connection strings</legend>
            <div class="row">${forms.map((one) => html`<label class="inline"><input type="radio" name="host-form"
                id="host-${one}" checked=${one === form} onChange=${() => setForm(one)} />${one}</label>`)}</div>
        </fieldset>
        ${text && html`
            <${CopyField} id="primary-connection-string" label="Connection string (primary key)"
                text=${written(primaryKey)} secret />
            <${CopyField} id="secondary-connection-string" label="Connection string (secondary key)"
                text=${written(secondaryKey)} secret />`}`;
}

function Thumbprints({ of }) {
    return html`<dl><dt>Primary thumbprint</dt><dd>${of?.primaryThumbprint ?? '–'}</dd>
        <dt>Secondary thumbprint</dt><dd>${of?.secondaryThumbprint ?? '–'}</dd></dl>`;
}

function Snippet({ id }) {
    const [language, setLanguage] = useState(languages[0]);
    const { setUp, program } = snippetOf(language, id);
    return html`<section aria-label="Program">
        <div class="row spread"><h3>Program</h3>
            <label class="inline" for="language">SDK <select id="language"
                onChange=${(e) => setLanguage(e.target.value)}>${languages.map((one) => html`
                <option value=${one} selected=${one === language}>${one}</option>`)}
            </select></label></div>
        <p class="note">Take <a href="/ca.pem" download="ca.pem">ca.pem</a>, put the connection string into
            ${id.moduleId ? ' IOTHUB_MODULE_CONNECTION_STRING' : ' IOTHUB_DEVICE_CONNECTION_STRING'}, and:</p>
        <pre id="snippet-set-up">${setUp}</pre>
        <hr />
        <pre id="snippet" tabindex="0">${program}</pre>
        <${CopyButton} id="snippet-copy" text=${program} label="program" />
    </section>`;
}

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

export function DetailsTab({ id, known, reload }) {
    const { type, x509Thumbprint } = known.authentication;
    return html`<div class="columns two">
        <section aria-label=${`${id.moduleId ? 'Module' : 'Device'} Identity Details`}>
            <dl>
                <dt>Device ID</dt><dd>${id.deviceId}</dd>
                ${id.moduleId && html`<dt>Module Identity Name</dt><dd>${id.moduleId}</dd>`}
                <dt>Authentication type</dt><dd>${type}</dd>
            </dl>
            <br />
            ${type === 'sas' ? html`<${Keys} id=${id} known=${known} />`
                : html`<${Thumbprints} of=${x509Thumbprint} />`}
            ${!id.moduleId && html`<${Status} id=${id} known=${known} reload=${reload} />`}
            <dl>
                <dt>Connection state</dt><dd>${known.connectionState}, ${timeText(known.connectionStateUpdatedTime)}</dd>
                <dt>Last activity</dt><dd>${timeText(known.lastActivityTime)}</dd>
                <dt>Cloud-to-device messages</dt><dd>${known.cloudToDeviceMessageCount ?? 0}</dd>
                <dt>Generation ID</dt><dd>${known.generationId}</dd>
            </dl>
        </section>
        <${Snippet} id=${id} />
    </div>`;
}
