// Connection strings of an identity in the forms that programs need.

// "localhost:8884" is {host, port: ":8884"}.
function splitHost(text) {
    const found = /^(\[[^\]]*\]|[^:]*)(:\d+)?$/.exec(text);
    return { host: found?.[1] ?? text, port: found?.[2] ?? '' };
}

export function readConnectionString(text) {
    return text.split(';').map((part) => {
        const equals = part.indexOf('=');
        return [part.slice(0, equals), part.slice(equals + 1)];
    });
}

const hostOf = (text) => splitHost(readConnectionString(text).find(([name]) => name === 'HostName')[1]).host;
const isAddress = (host) => /^(?:[\d.]+|\[.*\])$/.test(host);

// The hosts by which programs may reach the hub of a connection string; its own is the first.
export const hostForms = (text) => [...new Set([hostOf(text), 'localhost', '127.0.0.1', 'gateway'])];

// `form`: of hostForms; "gateway": the device keeps the hub's name and connects to this machine.
// `key` takes the place of the one in it.
export function connectionString(text, form, key) {
    const parts = readConnectionString(text).map(([name, value]) => {
        if (name === 'HostName' && form !== 'gateway') {
            return [name, form + splitHost(value).port];
        }
        return name === 'SharedAccessKey' && key ? [name, key] : [name, value];
    });
    if (form === 'gateway') {
        parts.push(['GatewayHostName', isAddress(hostOf(text)) ? hostOf(text) : 'localhost']);
    }
    return parts.map(([name, value]) => `${name}=${value}`).join(';');
}
