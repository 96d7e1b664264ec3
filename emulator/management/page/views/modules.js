// The modules of a device.

import { timeText } from '../lib/format.js';
import { html, useState } from '../lib/hooks.js';
import { useLive } from '../lib/live.js';
import { listModules } from '../lib/registry.js';
import { linkTo } from '../lib/router.js';
import { Failure } from '../parts/controls.js';
import { CreateDialog } from './create_dialog.js';

const row = (module) => html`<tr key=${module.moduleId}>
    <td><a href=${linkTo(module)}>${module.moduleId}</a></td>
    <td class="state ${module.connectionState === 'Connected' ? 'on' : ''}">${module.connectionState}</td>
    <td class="time">${timeText(module.lastActivityTime)}</td>
</tr>`;

export function ModulesTab({ id }) {
    const { value, error } = useLive(() => listModules(id.deviceId), 3000, []);
    const [creating, setCreating] = useState(false);
    return html`<section aria-label="Module Identities">
        <button type="button" id="new-module" class="primary" onClick=${() => setCreating(true)}>New module</button>
        <${Failure} id="modules-failure" error=${error} />
        ${value?.length === 0 && html`<p class="empty">This device has no modules.</p>`}
        ${value?.length > 0 && html`<div class="wide"><table id="modules">
            <thead><tr><th scope="col">Module Identity Name</th><th scope="col">Connection</th>
                <th scope="col">Last activity</th></tr></thead>
            <tbody>${value.map(row)}</tbody></table></div>`}
        ${creating && html`<${CreateDialog} deviceId=${id.deviceId} onClose=${() => setCreating(false)} />`}
    </section>`;
}
