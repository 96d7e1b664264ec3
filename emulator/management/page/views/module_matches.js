// The modules whose ids begin with what is searched for, below the devices.

import { html } from '../lib/hooks.js';
import { useLive } from '../lib/live.js';
import { runQuery } from '../lib/registry.js';
import { linkTo } from '../lib/router.js';

const shown = 20;

// Looked for once: it is a look at every module. Where none is found, nothing is shown.
export function ModuleMatches({ query }) {
    const { value } = useLive(() => runQuery(query, { size: shown }), 0, [query]);
    const rows = value?.rows ?? [];
    if (rows.length === 0) {
        return null;
    }
    return html`<section aria-label="Modules"><h3>Modules</h3><div class="wide"><table id="module-matches">
        <thead><tr><th scope="col">Module Identity Name</th><th scope="col">Device ID</th><th scope="col">Connection</th></tr></thead>
        <tbody>${rows.map((row) => html`<tr key=${`${row.deviceId}/${row.moduleId}`}>
            <td><a href=${linkTo(row)}>${row.moduleId}</a></td>
            <td><a href=${linkTo({ deviceId: row.deviceId })}>${row.deviceId}</a></td>
            <td class="state ${row.connectionState === 'Connected' ? 'on' : ''}">${row.connectionState}</td></tr>`)}</tbody>
        </table></div>
        ${value.continuation && html`<p class="note">The first ${shown}; more letters find fewer.</p>`}</section>`;
}
