// The limits of a tier: shown and chosen.

import { manage } from '../lib/api.js';
import { countText } from '../lib/format.js';
import { html, useState } from '../lib/hooks.js';
import { useLive } from '../lib/live.js';
import { Failure } from '../parts/controls.js';

export function LimitsSection() {
    const { value, error, reload } = useLive(() => manage('/api/limits'), 5000, []);
    const [refused, setRefused] = useState(null);
    if (!value) {
        return html`<${Failure} id="limits-failure" error=${error} />`;
    }
    const choose = async (event) => {
        try {
            await manage('/api/limits', { method: 'PUT', body: { profile: event.target.value } });
            setRefused(null);
        } catch (failure) {
            setRefused(failure);
        }
        reload();
    };
    const operations = Object.entries(value.refused);
    return html`<section aria-label="Limits"><h3>Limits</h3>
        <label class="inline" for="limits">Tier <select id="limits" onChange=${choose}>
            ${value.profiles.map((name) => html`
                <option value=${name} selected=${name === value.profile}>${name}</option>`)}</select></label>
        <p>${countText(value.messagesToday)}${value.messagesPerDay ? ` of ${countText(value.messagesPerDay)}` : ''} messages today</p>
        ${operations.length > 0 && html`<p class="note">Refused: ${operations.map(([name, n]) => `${name} ${n}`).join(', ')}</p>`}
        <${Failure} id="limits-failure" error=${refused} /></section>`;
}
