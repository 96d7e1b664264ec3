// How far a task is, and how it ended: progress, Cancel, counts, and what failed.

import { html } from '../lib/hooks.js';
import { countText } from '../lib/format.js';
import { Failure } from './controls.js';

function Going({ id, task }) {
    const count = task.total === undefined ? countText(task.done)
        : `${countText(task.done)} of ${countText(task.total)}`;
    return html`<div class="row">
        <label class="inline" for="${id}-progress">${task.label} …</label>
        <progress id="${id}-progress" value=${task.total === undefined ? null : task.done}
            max=${task.total || 1}>${count}</progress>
        <span id="${id}-count">${count}</span>
        <button type="button" id="${id}-cancel" onClick=${task.cancel}>Cancel</button></div>`;
}

function Failures({ id, task }) {
    const hidden = task.failed - task.failures.length;
    return html`<details id="${id}-failures"><summary class="bad">${countText(task.failed)} failed</summary>
        <ul>${task.failures.map((text, i) => html`<li key=${i}>${text}</li>`)}
            ${hidden > 0 && html`<li>and ${countText(hidden)} more</li>`}</ul></details>`;
}

// Beginning and end are read out, not each step between.
export function TaskPanel({ id, task }) {
    const ended = !task.running && (task.outcome || task.error);
    return html`<div id="${id}-task" class=${task.running || ended ? 'task' : ''}>
        <div class="row"><p class=${task.running || !task.outcome ? 'hidden' : ''} role="status" id="${id}-outcome">
            ${task.running ? `${task.label} …` : task.outcome}</p>
            ${ended && html`<button type="button" id="${id}-close" class="quiet" aria-label=${`Close: ${task.outcome ?? 'failure'}`}
                onClick=${task.close}>Close</button>`}</div>
        ${task.running && html`<${Going} id=${id} task=${task} />`}
        <${Failure} id="${id}-failure" error=${task.error} />
        ${task.failed > 0 && html`<${Failures} id=${id} task=${task} />`}
    </div>`;
}
