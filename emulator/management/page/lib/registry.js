// What the page does with identities and queries.

import { pathOf, service, serviceAnswer } from './api.js';

export const readIdentity = (id) => service(pathOf(id));

// `authentication`: as the REST interface wants it; what it leaves out of keys is made.
export function createIdentity(id, { edge = false, authentication }) {
    const body = { ...id, authentication };
    if (!id.moduleId) {
        body.status = 'enabled';
        body.capabilities = { iotEdge: edge };
    }
    return service(pathOf(id), { method: 'PUT', body });
}

// Writes what `change` makes of the identity, unless somebody else wrote it meanwhile.
async function rewrite(id, change) {
    const known = await readIdentity(id);
    return service(pathOf(id), {
        method: 'PUT', headers: { 'If-Match': `"${known.etag}"` }, body: { ...known, ...change(known) },
    });
}

export const setEnabled = (id, enabled) =>
    rewrite(id, () => ({ status: enabled ? 'enabled' : 'disabled' }));

export const swapKeys = (id) => rewrite(id, ({ authentication }) => {
    const { primaryKey, secondaryKey } = authentication.symmetricKey;
    return { authentication: { type: 'sas', symmetricKey: { primaryKey: secondaryKey, secondaryKey: primaryKey } } };
});

// `which`: "primaryKey" or "secondaryKey".
export const regenerateKey = ({ deviceId, ...module }, which) => service('/devices/keys/regenerate',
    { method: 'POST', body: { policyKey: which, devices: [{ id: deviceId, ...module }] } });

export const deleteIdentity = (id) =>
    service(pathOf(id), { method: 'DELETE', headers: { 'If-Match': '*' } });

export const listModules = (deviceId) => service(`${pathOf({ deviceId })}/modules`);

// A page of a query's rows: {rows, continuation}, the latter null at the end.
export async function runQuery(query, { size = 50, continuation, signal } = {}) {
    const headers = { 'x-ms-max-item-count': String(size) };
    if (continuation) {
        headers['x-ms-continuation'] = continuation;
    }
    const { headers: told, body } =
        await serviceAnswer('/devices/query', { method: 'POST', body: { query }, headers, signal, exact: true });
    return { rows: body, continuation: told.get('x-ms-continuation') };
}
