// How a device or a module proves who it is, in the portal's words.

export const authenticationTypes = [
    ['sas', 'Symmetric key'],
    ['selfSigned', 'X.509 Self-Signed'],
    ['certificateAuthority', 'X.509 CA Signed'],
];

export const authenticationName = (type) =>
    authenticationTypes.find(([one]) => one === type)?.[1] ?? type;

// "0A:1B 2c" is 0A1B2C.
const thumbprintOf = (text) => text.replace(/[\s:]/g, '').toUpperCase() || null;

// The member "authentication" of a new identity.
export function newAuthentication(type, primary = '', secondary = '') {
    if (type === 'sas') {
        return { type, symmetricKey: { primaryKey: null, secondaryKey: null } };
    }
    if (type === 'certificateAuthority') {
        return { type };
    }
    return { type, x509Thumbprint: {
        primaryThumbprint: thumbprintOf(primary), secondaryThumbprint: thumbprintOf(secondary),
    } };
}

// "ms-azure-iot-edge://parent-638…" is a scope of the device "parent"; undefined without one.
export const deviceOfScope = (scope) => /^ms-azure-iot-edge:\/\/(.+)-\d+$/.exec(scope ?? '')?.[1];

// The IoT Edge device above it: an Edge device tells its parent's scope, another one's own is it.
export const parentOf = ({ capabilities, deviceScope, parentScopes }) =>
    deviceOfScope(capabilities?.iotEdge ? parentScopes?.[0] : deviceScope);
