// Deletes many devices: 100 a request, told of as it goes.

import { service } from './api.js';
import { countText } from './format.js';
import { runQuery } from './registry.js';

const atOnce = 100;

// A hub with limits refuses what comes too fast: then it is asked again. Null where it was cancelled.
async function patiently(ask, control) {
    while (!control.cancelled) {
        try {
            return await ask();
        } catch (failure) {
            if (failure.status !== 429) {
                throw failure;
            }
        }
        await new Promise((resolve) => setTimeout(resolve, 1000));
    }
    return null;
}

// The errors of a bulk request: it may have been done in part.
async function deletePart(deviceIds) {
    const body = deviceIds.map((id) => ({ id, importMode: 'delete' }));
    try {
        return (await service('/devices', { method: 'POST', body })).errors;
    } catch (failure) {
        const told = failure.text?.startsWith('{') ? JSON.parse(failure.text) : {};
        if (!Array.isArray(told.errors)) {
            throw failure;
        }
        return told.errors;
    }
}

// Tells the outcome.
export async function deleteDevices(deviceIds, control) {
    let done = 0;
    control.progress(0, deviceIds.length);
    for (let i = 0; i < deviceIds.length && !control.cancelled; i += atOnce) {
        const part = deviceIds.slice(i, i + atOnce);
        const errors = await patiently(() => deletePart(part), control);
        if (errors === null) {
            break;
        }
        errors.forEach((one) => control.failure(`${one.deviceId}: ${one.errorStatus}`));
        done += part.length - errors.length;
        control.progress(i + part.length, deviceIds.length);
    }
    return `${countText(done)} of ${countText(deviceIds.length)} devices are deleted.`;
}

// How many devices there are; `counting` is a query that tells it as n.
export async function countMatching(counting) {
    const { rows } = await runQuery(counting, { size: 1 });
    return rows[0]?.n ?? 0;
}

// All that a query finds now, at most `expected`.
export async function deleteMatching(query, expected, control) {
    const found = [];
    let continuation = null;
    do {
        const page = await patiently(() => runQuery(query, { size: 1000, continuation }), control);
        if (page === null) {
            break;
        }
        found.push(...page.rows.map((row) => row.deviceId));
        continuation = page.continuation;
    } while (continuation && found.length < expected && !control.cancelled);
    return deleteDevices(found.slice(0, expected), control);
}
