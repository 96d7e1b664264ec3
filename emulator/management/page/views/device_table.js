// Rows of devices: their state, and what one does with a row.

import { html, useState } from '../lib/hooks.js';
import { timeText } from '../lib/format.js';
import { setEnabled } from '../lib/registry.js';
import { linkTo } from '../lib/router.js';

function StatusButton({ row, changed, onError }) {
    const [busy, setBusy] = useState(false);
    const enabled = row.status === 'enabled';
    const change = async () => {
        setBusy(true);
        try {
            await setEnabled({ deviceId: row.deviceId }, !enabled);
            onError(null);
            changed();
        } catch (failure) {
            onError(failure);
        }
        setBusy(false);
    };
    return html`<button type="button" class="quiet" disabled=${busy} onClick=${change}
        aria-label=${`${enabled ? 'Disable' : 'Enable'} ${row.deviceId}`}>${enabled ? 'Disable' : 'Enable'}</button>`;
}

function Row({ row, transport, chosen, choose, ...more }) {
    const on = row.connectionState === 'Connected';
    return html`<tr data-device=${row.deviceId}>
        <td><input type="checkbox" checked=${chosen} onChange=${choose} aria-label=${`Choose ${row.deviceId}`} /></td>
        <td><a href=${linkTo({ deviceId: row.deviceId })}>${row.deviceId}</a>
            ${row.capabilities?.iotEdge ? html` <span class="note">Edge</span>` : ''}</td>
        <td class="state ${on ? 'on' : ''}">${on ? 'Connected' : 'Disconnected'}
            ${on && transport ? ` · ${transport}` : ''}</td>
        <td>${row.status}</td>
        <td class="spare">${row.authenticationType}</td>
        <td class="time spare">${timeText(row.lastActivityTime)}</td>
        <td>${row.status && html`<${StatusButton} row=${row} ...${more} />`}</td>
    </tr>`;
}

export function DeviceTable({ rows, transports, chosen, setChosen, ...more }) {
    if (rows.length === 0) {
        return html`<p id="no-devices" class="empty">No device matches.</p>`;
    }
    const choose = (id) => {
        const now = new Set(chosen);
        if (!now.delete(id)) {
            now.add(id);
        }
        setChosen(now);
    };
    const all = rows.every((row) => chosen.has(row.deviceId));
    const chooseAll = () =>
        setChosen(new Set(all ? [] : [...chosen, ...rows.map((row) => row.deviceId)]));
    return html`<div class="wide"><table id="devices">
        <thead><tr>
            <th><input type="checkbox" id="choose-all" checked=${all} onChange=${chooseAll}
                aria-label="Choose all of this page" /></th>
            <th scope="col">Device ID</th><th scope="col">Connection</th><th scope="col">Status</th>
            <th scope="col" class="spare">Authentication</th>
            <th scope="col" class="spare">Last activity</th><th><span class="hidden">Change</span></th>
        </tr></thead>
        <tbody>${rows.map((row) => html`<${Row} key=${row.deviceId} row=${row} ...${more}
            transport=${transports.get(row.deviceId)} chosen=${chosen.has(row.deviceId)}
            choose=${() => choose(row.deviceId)} />`)}</tbody>
    </table></div>`;
}
