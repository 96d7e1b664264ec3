// Asks the management port. Every answer that is no success is thrown as an ApiError whose message
// a person can read.

import { parseExactly } from './json_numbers.js';

const version = 'api-version=2021-04-12';

export class ApiError extends Error {
    // `text`: the whole answer.
    constructor(status, message, code, text) {
        super(message);
        Object.assign(this, { status, code, text });
    }
}

// The REST interface says {"Message":"ErrorCode:ArgumentInvalid;…"}, sometimes with another document
// inside; the management port {"error":"…"}.
function readRefusal(status, text, code) {
    let message = text;
    try {
        let told = JSON.parse(text);
        message = told.error ?? told.Message ?? told.message ?? text;
        if (message.startsWith('{')) {
            told = JSON.parse(message);
            message = told.message ?? message;
        }
    } catch { /* it is no JSON: shown as it is */ }
    message = String(message).replace(/^ErrorCode:\w+;\s*/, '').replace(/\s*Tracking ID:.*$/i, '');
    return new ApiError(status, message || `The hub answered ${status}.`, code, text);
}

// `exact`: for documents of users, whose numbers stay as they are written (json_numbers.js).
async function ask(address, { method = 'GET', body, headers = {}, signal, exact } = {}) {
    let answer;
    try {
        answer = await fetch(address, {
            method, signal, cache: 'no-store',
            headers: method === 'GET' ? headers : { 'Content-Type': 'application/json', ...headers },
            body: body === undefined || typeof body === 'string' ? body : JSON.stringify(body),
        });
    } catch (failure) {
        if (failure.name === 'AbortError') {
            throw failure;
        }
        throw new ApiError(0, 'The hub does not answer. Does it still run?');
    }
    const text = await answer.text();
    if (!answer.ok) {
        throw readRefusal(answer.status, text, answer.headers.get('iothub-errorcode'));
    }
    const isJson = (answer.headers.get('Content-Type') ?? '').includes('json');
    const parse = exact ? parseExactly : JSON.parse;
    return { headers: answer.headers, body: isJson && text ? parse(text) : text };
}

// A document of the management API: manage('/api/limits').
export const manage = async (path, how) => (await ask(path, how)).body;

// The hub's own REST interface: service('/devices/d', {method:'PUT', body}).
export async function serviceAnswer(path, how) {
    return ask(`/api/service${path}${path.includes('?') ? '&' : '?'}${version}`, how);
}
export const service = async (path, how) => (await serviceAnswer(path, how)).body;

// "/devices/d" or "/devices/d/modules/m"; `root` may be "/twins".
export function pathOf(id, root = '/devices') {
    const device = `${root}/${encodeURIComponent(id.deviceId)}`;
    return id.moduleId ? `${device}/modules/${encodeURIComponent(id.moduleId)}` : device;
}

// "device=d&module=m"
export function parametersOf(id) {
    return `device=${encodeURIComponent(id.deviceId)}` +
        (id.moduleId ? `&module=${encodeURIComponent(id.moduleId)}` : '');
}
