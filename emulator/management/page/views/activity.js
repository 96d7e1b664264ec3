// What happened: who came, who was refused and why, what changed. The first place to look when an
// SDK says no more than "Unauthorized".

import { manage } from '../lib/api.js';
import { timeText } from '../lib/format.js';
import { html, useRef, useState } from '../lib/hooks.js';
import { useLive } from '../lib/live.js';
import { linkTo } from '../lib/router.js';
import { Failure } from '../parts/controls.js';

const kept = 1000;

// The newest lines first.
function useLines() {
    const seen = useRef({ lines: [], next: 0 });
    return useLive(async () => {
        const { lines, next } = await manage(`/api/activity?after=${seen.current.next}`);
        const restarted = next < seen.current.next;
        const before = restarted ? [] : seen.current.lines;
        seen.current = { next: restarted ? 0 : next, lines: [...lines.reverse(), ...before].slice(0, kept) };
        return seen.current.lines;
    }, 1000, []);
}

const idOf = ({ deviceId, moduleId }) => (moduleId ? { deviceId, moduleId } : { deviceId });

function Refusals() {
    const { value } = useLive(() => manage('/api/connections?refused&limit=20'), 2000, []);
    const refused = value?.connections ?? [];
    return html`<section aria-label="Refused connections"><h3>Refused connections</h3>
        ${refused.length === 0 ? html`<p class="empty" id="no-refusals">Nobody was refused since the hub started.</p>`
            : html`<div class="wide"><table id="refusals"><thead><tr><th scope="col">Time</th>
                <th scope="col">Identity</th><th scope="col">Reason</th></tr></thead>
                <tbody>${refused.map((c) => html`<tr key=${`${c.deviceId}/${c.moduleId}`}>
                    <td class="time">${timeText(c.refusedTime)}</td>
                    <td><a href=${linkTo(idOf(c))}>${c.deviceId}${c.moduleId ? `/${c.moduleId}` : ''}</a></td>
                    <td>${c.refusalReason}</td></tr>`)}</tbody></table></div>`}
    </section>`;
}

const line = (one) => html`<tr key=${one.number}><td class="time">${timeText(one.time)}</td>
    <td class="word ${one.level}">${one.level}</td><td class="word">${one.component}</td><td>${one.text ?? '(bytes)'}</td></tr>`;

export function ActivityView() {
    const { value, error } = useLines();
    const [words, setWords] = useState('');
    const [level, setLevel] = useState('all');
    const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
    const lines = (value ?? []).filter((one) =>
        (level === 'all' || one.level === 'warning' || one.level === 'error') &&
        wanted.every((word) => `${one.component} ${one.text}`.toLowerCase().includes(word)));
    return html`<h2>Activity</h2>
        <${Refusals} />
        <div class="row">
            <label for="activity-filter" class="hidden">Show only lines with these words</label>
            <input type="search" id="activity-filter" value=${words} placeholder="Words, such as twin or an id  ( / )"
                onInput=${(e) => setWords(e.target.value)} />
            <label for="activity-level" class="hidden">Level</label>
            <select id="activity-level" onChange=${(e) => setLevel(e.target.value)}>
                <option value="all">everything</option><option value="trouble">warnings and errors</option></select>
        </div><br />
        <${Failure} error=${error} />
        <section aria-label="Lines"><div class="wide"><table id="activity">
            <thead><tr><th scope="col">Time</th><th scope="col">Level</th><th scope="col">Part</th>
                <th scope="col">What</th></tr></thead>
            <tbody>${lines.slice(0, 300).map(line)}</tbody></table></div>
            ${lines.length === 0 && html`<p class="empty">Nothing happened yet.</p>`}</section>`;
}
