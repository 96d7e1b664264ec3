// What the page does with identities and queries.

import { pathOf, service, serviceAnswer } from './api.js';

const newKeys = { type: 'sas', symmetricKey: { primaryKey: null, secondaryKey: null } };

export const readIdentity = (id) => service(pathOf(id));

export function createIdentity(id, { edge = false, enabled = true } = {}) {
    const body = { ...id, authentication: newKeys };
    if (!id.moduleId) {
        body.status = enabled ? 'enabled' : 'disabled';
        body.capabilities = { iotEdge: edge };
    }
    return service(pathOf(id), { method: 'PUT', body });
}

export async function setEnabled(id, enabled) {
    const known = await readIdentity(id);
    return service(pathOf(id), {
        method: 'PUT',
        headers: { 'If-Match': `"${known.etag}"` },
        body: { ...known, status: enabled ? 'enabled' : 'disabled' },
    });
}

export const deleteIdentity = (id) =>
    service(pathOf(id), { method: 'DELETE', headers: { 'If-Match': '*' } });

export const listModules = (deviceId) => service(`${pathOf({ deviceId })}/modules`);

// Deletes devices, 100 a request; tells how many are done. Throws with the first that was refused.
export async function deleteDevices(deviceIds, progress) {
    const step = 100;
    for (let i = 0; i < deviceIds.length; i += step) {
        const body = deviceIds.slice(i, i + step).map((id) => ({ id, importMode: 'delete' }));
        const outcome = await service('/devices', { method: 'POST', body });
        if (outcome.isSuccessful === false) {
            const first = outcome.errors?.[0];
            throw new Error(`${first?.deviceId ?? 'A device'}: ${first?.errorStatus ?? 'was refused'}`);
        }
        progress(Math.min(i + step, deviceIds.length));
    }
}

// A page of a query's rows: {rows, continuation}, the latter null at the end.
export async function runQuery(query, { size = 50, continuation, signal } = {}) {
    const headers = { 'x-ms-max-item-count': String(size) };
    if (continuation) {
        headers['x-ms-continuation'] = continuation;
    }
    const { headers: told, body } =
        await serviceAnswer('/devices/query', { method: 'POST', body: { query }, headers, signal });
    return { rows: body, continuation: told.get('x-ms-continuation') };
}
