// Scheduled jobs, and imports and exports: how far they are.

import { service } from '../lib/api.js';
import { timeText } from '../lib/format.js';
import { html, useState } from '../lib/hooks.js';
import { useLive } from '../lib/live.js';
import { Failure } from '../parts/controls.js';

const running = new Set(['enqueued', 'running', 'scheduled', 'queued']);
const isRunning = (job) => running.has((job.status ?? '').toLowerCase());

function Share({ job }) {
    const counts = job.deviceJobStatistics;
    if (!counts?.deviceCount) {
        return html`${job.progress !== undefined ? `${job.progress} %` : '–'}`;
    }
    const done = counts.succeededCount + counts.failedCount;
    return html`<progress aria-label=${`Progress of ${job.jobId}`} value=${done} max=${counts.deviceCount}></progress>
        ${' '}${done} of ${counts.deviceCount}${counts.failedCount ? html`, <span class="bad">${counts.failedCount} failed</span>` : ''}`;
}

function Row({ job, changed }) {
    const [error, setError] = useState(null);
    const cancel = async () => {
        try {
            await service(`/jobs/v2/${encodeURIComponent(job.jobId)}/cancel`, { method: 'POST' });
            changed();
        } catch (failure) {
            setError(failure);
        }
    };
    return html`<tr data-job=${job.jobId}><td>${job.jobId}</td><td>${job.type}</td><td>${job.status}</td>
        <td><${Share} job=${job} /></td><td class="time spare">${timeText(job.startTime ?? job.startTimeUtc)}</td>
        <td>${isRunning(job) && html`<button type="button" class="quiet" onClick=${cancel}
            aria-label=${`Cancel ${job.jobId}`}>Cancel</button>`}
            ${error && html`<${Failure} id="failure-${job.jobId}" error=${error} />`}
            ${job.failureReason && html`<span class="bad">${job.failureReason}</span>`}</td></tr>`;
}

export function JobsView() {
    const { value, error, reload } = useLive(() => service('/jobs/v2/query'), 1000, []);
    const jobs = value ?? [];
    return html`<h2>Jobs</h2><${Failure} error=${error} />
        <section aria-label="Jobs">
            ${value && jobs.length === 0 && html`<p class="empty" id="no-jobs">No job was made.</p>`}
            ${jobs.length > 0 && html`<div class="wide"><table id="jobs"><thead><tr><th scope="col">Job</th>
                <th scope="col">Type</th><th scope="col">Status</th><th scope="col">Progress</th>
                <th scope="col" class="spare">Started</th><th><span class="hidden">Change</span></th></tr></thead>
                <tbody>${jobs.map((job) => html`<${Row} key=${job.jobId} job=${job} changed=${reload} />`)}</tbody>
            </table></div>`}
        </section>`;
}
