// Certificates of devices and their authorities, made with the openssl command for one run.
'use strict';
const { execFileSync, spawnSync } = require('node:child_process');
const { X509Certificate } = require('node:crypto');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes',
    '-keyout', 'key.pem'];

const available = () => spawnSync('openssl', ['version']).status === 0;
const subject = (name) => ['-subj', `/CN=${name}`];

// Calls `make` with a function that runs openssl and one that reads what it wrote.
function inFolder(make) {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'iothub-certificates-'));
    const openssl = (...words) => execFileSync('openssl', words, { cwd: folder, stdio: 'pipe' });
    const read = (name) => fs.readFileSync(path.join(folder, name), 'utf8');
    const write = (name, text) => fs.writeFileSync(path.join(folder, name), text);
    try {
        return make({ openssl, read, write });
    } finally {
        fs.rmSync(folder, { recursive: true, force: true });
    }
}

function thumbprint(cert) {
    return new X509Certificate(cert).fingerprint.replaceAll(':', '');
}

function selfSigned(name) {
    return inFolder(({ openssl, read }) => {
        openssl('req', '-x509', '-days', '1', ...NEW_KEY, ...subject(name), '-out', 'cert.pem');
        const cert = read('cert.pem');
        return { cert, key: read('key.pem'), thumbprint: thumbprint(cert) };
    });
}

function issue(authority, name) {
    return inFolder(({ openssl, read, write }) => {
        write('ca.pem', authority.cert);
        write('ca.key', authority.key);
        openssl('req', '-new', ...NEW_KEY, ...subject(name), '-out', 'request.pem');
        openssl('x509', '-req', '-in', 'request.pem', '-days', '1', '-CA', 'ca.pem', '-CAkey', 'ca.key',
            '-CAcreateserial', '-out', 'cert.pem');
        return { cert: read('cert.pem'), key: read('key.pem') };
    });
}

// A CA that issues certificates for names.
function authority(name) {
    const own = selfSigned(name);
    return { cert: own.cert, issue: (common) => issue(own, common) };
}

module.exports = { authority, available, selfSigned };
