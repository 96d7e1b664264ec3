// The registry as a file: read from the hub page by page, and given to it part by part.

import { manage } from './api.js';
import { countText } from './format.js';
import { readMetrics } from './counters.js';
import { parseJson } from './json_text.js';

const exportedAtOnce = 500;
const importedAtOnce = 200;
const importedCharacters = 4_000_000;

// All devices in the form of the configuration's `devices`; null where it was cancelled.
export async function exportRegistry(control) {
    const { devices: total } = readMetrics(await manage('/metrics'));
    const devices = [];
    for (let after = ''; !control.cancelled; after = `&after=${encodeURIComponent(devices.at(-1).deviceId)}`) {
        control.progress(devices.length, Math.max(total, devices.length));
        const page = (await manage(`/api/registry?limit=${exportedAtOnce}${after}`, { exact: true })).devices;
        if (page.length === 0) {
            return { devices };
        }
        devices.push(...page);
    }
    return null;
}

// The devices of a file's text; throws what is wrong with it.
export function readRegistry(text) {
    const { value, error } = parseJson(text);
    if (error) {
        throw new Error(error);
    }
    if (!Array.isArray(value?.devices)) {
        throw new Error('It must be a JSON object with "devices".');
    }
    const unknown = Object.keys(value).find((name) => name !== 'devices');
    if (unknown) {
        throw new Error(`"${unknown}" cannot be imported, only "devices" can.`);
    }
    return value.devices;
}

// The id may be anything that a file can have.
const nameOf = (device) => (typeof device?.deviceId === 'string'
    ? device.deviceId : JSON.stringify(device?.deviceId) ?? 'without an id');

const send = (entries) => manage('/api/registry',
    { method: 'POST', body: { devices: entries.map(({ device }) => device) } });

// Parts of what waits, of few enough devices and characters for a request.
function partsOf(waiting) {
    const parts = [];
    let room = 0;
    for (const one of waiting) {
        const size = JSON.stringify(one.device).length;
        if (parts.length === 0 || parts.at(-1).length === importedAtOnce || size > room) {
            parts.push([]);
            room = importedCharacters;
        }
        parts.at(-1).push(one);
        room -= size;
    }
    return parts;
}

// A part is kept as a whole or not at all, so that each device of one that was refused is sent
// alone. Those refused are given back with the reason.
async function sendPart(part) {
    try {
        await send(part);
        return [];
    } catch (failure) {
        if (failure.status !== 400 && failure.status !== 413) {
            throw failure;
        }
        if (part.length === 1) {
            return [{ ...part[0], reason: failure.message.replace('devices[0]', `devices[${part[0].number - 1}]`) }];
        }
    }
    const refused = [];
    for (const one of part) {
        refused.push(...await sendPart([one]));
    }
    return refused;
}

// Imports what can be; a device is tried again while others succeed, as its parent may stand behind
// it. Tells the outcome.
export async function importDevices(devices, control) {
    let refused = devices.map((device, i) => ({ device, number: i + 1 }));
    let done = 0;
    try {
        for (let before = Infinity; refused.length > 0 && refused.length < before && !control.cancelled;) {
            const waiting = refused;
            before = waiting.length;
            refused = [];
            for (const part of partsOf(waiting)) {
                if (control.cancelled) {
                    break;
                }
                const left = await sendPart(part);
                refused.push(...left);
                done += part.length - left.length;
                control.progress(done, devices.length);
            }
        }
    } finally {
        for (const { device, number, reason } of refused) {
            control.failure(`Device ${number} (${nameOf(device)}): ${reason}`);
        }
    }
    return `${countText(done)} of ${countText(devices.length)} devices are imported.`;
}
