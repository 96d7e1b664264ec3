// The last telemetry, and then as it comes: filters, pause, one event in full, numbers over time.

import { countText } from '../lib/format.js';
import { html, useMemo, useState } from '../lib/hooks.js';
import { numbersIn } from '../lib/json_text.js';
import { useTelemetry } from '../lib/telemetry.js';
import { Plot } from '../parts/charts.js';
import { EventDetails } from './event_details.js';

const sourceOf = (event) => event.deviceId + (event.moduleId ? `/${event.moduleId}` : '');

function matches(event, words) {
    const text = JSON.stringify([sourceOf(event), event.body, event.properties, event.systemProperties])
        .toLowerCase();
    return words.every((word) => text.includes(word));
}

// Undefined where the body is no JSON.
function documentOf(body) {
    try {
        return JSON.parse(body);
    } catch {
        return undefined;
    }
}

// {field: numbers, the oldest first} of the fields that came at least twice.
function seriesOf(events) {
    const series = {};
    for (const event of [...events].reverse()) {
        for (const [name, value] of Object.entries(numbersIn(documentOf(event.body)))) {
            (series[name] ??= []).push(value);
        }
    }
    return Object.entries(series).filter(([, values]) => values.length > 1).slice(0, 6);
}

function Row({ event, chosen, choose }) {
    return html`<tr class=${chosen ? 'selected' : ''}>
        <td class="time">${event.enqueuedTime.slice(11, 23)}</td><td>${sourceOf(event)}</td>
        <td><button type="button" class="quiet" aria-expanded=${chosen} onClick=${choose}
            aria-label=${`Show event ${event.sequenceNumber} of ${sourceOf(event)}`}>Show</button>
            <code>${(event.body ?? `(${event.bodyBase64.length * 3 >> 2} bytes)`).slice(0, 160)}</code></td>
    </tr>`;
}

// Of one identity, or of all without `id`.
export function TelemetryFeed({ id }) {
    const feed = useTelemetry(id);
    const [filter, setFilter] = useState('');
    const [chosen, setChosen] = useState(null);
    const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
    const events = words.length ? feed.events.filter((e) => matches(e, words)) : feed.events;
    const series = useMemo(() => seriesOf(events), [events]);
    return html`
        <div class="row">
            <label for="telemetry-filter" class="hidden">Show only events with these words</label>
            <input type="search" id="telemetry-filter" placeholder="Words in id, body or properties  ( / )"
                value=${filter} onInput=${(e) => setFilter(e.target.value)} />
            <button type="button" id="telemetry-pause" aria-pressed=${feed.paused}
                onClick=${() => feed.setPaused(!feed.paused)}>${feed.paused ? `Go on (${feed.held})` : 'Pause'}</button>
            <button type="button" id="telemetry-clear" onClick=${feed.clear}>Clear</button>
            <span id="telemetry-state" class="state ${feed.connected ? 'on' : ''}" role="status">
                ${feed.connected ? 'live' : 'connecting'}</span>
            <span class="note">${countText(events.length)} events, newest first</span>
        </div><br />
        ${chosen && html`<${EventDetails} event=${chosen} onClose=${() => setChosen(null)} />`}
        ${series.length > 0 && html`<section id="plots" aria-label="Numbers over time"><div class="columns two">
            ${series.map(([name, values]) => html`<${Plot} key=${name} name=${name} series=${values} />`)}</div></section>`}
        <section aria-label="Events">
            ${events.length === 0 ? html`<p class="empty" id="no-events">Nothing came yet.</p>`
                : html`<div class="wide"><table id="events">
                    <thead><tr><th scope="col">Time (UTC)</th><th scope="col">From</th><th scope="col">Body</th></tr></thead>
                    <tbody>${events.slice(0, 200).map((event) => html`<${Row} key=${event.key} event=${event}
                        chosen=${chosen?.key === event.key} choose=${() => setChosen(event)} />`)}</tbody></table></div>`}
        </section>`;
}

export const TelemetryView = () => html`<h2>Telemetry</h2><${TelemetryFeed} />`;
