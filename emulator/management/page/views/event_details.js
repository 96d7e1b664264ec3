// One event in full: body as JSON, text or bytes, properties and annotations.

import { bytesOf, hexDump } from '../lib/format.js';
import { html, useState } from '../lib/hooks.js';
import { parseExactly } from '../lib/json_numbers.js';
import { CopyButton } from '../parts/controls.js';

// The body's text, indented where it is JSON.
function textOf(body) {
    try {
        return JSON.stringify(parseExactly(body), null, 2);
    } catch {
        return body;
    }
}

function Bag({ title, bag }) {
    const rows = Object.entries(bag ?? {});
    return html`<h3>${title}</h3>${rows.length === 0 ? html`<p class="empty">none</p>`
        : html`<dl>${rows.map(([name, value]) => html`<dt>${name}</dt><dd>${value ?? '(no value)'}</dd>`)}</dl>`}`;
}

export function EventDetails({ event, onClose }) {
    const [wantsHex, setWantsHex] = useState(false);
    const hex = wantsHex || event.body === null;
    const annotations = {
        'iothub-connection-device-id': event.deviceId,
        ...(event.moduleId ? { 'iothub-connection-module-id': event.moduleId } : {}),
        'iothub-connection-auth-generation-id': event.generationId,
        'iothub-connection-auth-method': JSON.stringify(event.authMethod),
        'iothub-enqueuedtime': event.enqueuedTime,
        'x-opt-sequence-number': event.sequenceNumber,
        'x-opt-offset': event.offset,
        'partition': event.partition,
    };
    return html`<section id="event-details" aria-label="Event">
        <div class="row spread"><h3>Event ${event.sequenceNumber} of partition ${event.partition}</h3>
            <div class="row">
                <label class="inline"><input type="checkbox" id="event-hex" checked=${hex}
                    disabled=${event.body === null} onChange=${(e) => setWantsHex(e.target.checked)} />Bytes</label>
                <${CopyButton} id="event-copy" text=${event.body ?? event.bodyBase64} label="body" />
                <button type="button" id="event-close" onClick=${onClose}>Close</button></div></div>
        <pre id="event-body" class=${hex ? 'hex' : ''} tabindex="0">${hex ? hexDump(bytesOf(event.bodyBase64)) : textOf(event.body)}</pre>
        <br />
        <div class="columns">
            <div><${Bag} title="Properties" bag=${event.properties} /></div>
            <div><${Bag} title="System properties" bag=${event.systemProperties} /></div>
            <div><${Bag} title="Annotations" bag=${annotations} /></div>
        </div>
    </section>`;
}
