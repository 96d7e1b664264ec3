// Prepares a data folder whose certificate authority the suite is started with: Node reads
// NODE_EXTRA_CA_CERTS once, at its start. Then runs suite.js.
'use strict';
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { Hub } = require('./support/hub');
const { mayListen } = require('./support/ports');

const SKIPPED = 77;

// The SDK's REST client knows port 443 only; a loopback address that nobody else uses has it free.
function unusedAddress() {
    const part = () => 1 + Math.floor(Math.random() * 250);
    return `127.${part()}.${part()}.${part()}`;
}

// The SDK goes on for four minutes with what was under way when a client was closed.
function endAtOnce() {
    const flag = '--test-force-exit';
    return spawnSync(process.execPath, [flag, '--version']).status === 0 ? [flag] : [];
}

// The suite stops its hub, unless it was stopped itself.
function stopLeftHub(folder) {
    try {
        process.kill(JSON.parse(fs.readFileSync(path.join(folder, 'ready.json'), 'utf8')).pid);
    } catch {
        // There is none.
    }
}

async function main() {
    const address = unusedAddress();
    if (!(await mayListen(address, 443))) {
        console.log('port 443, which the Node SDK needs, may not be opened by this user');
        return SKIPPED;
    }
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'iothub-node-'));
    try {
        const hub = new Hub(address, folder);
        await hub.start();
        await hub.stop();
        const suite = spawnSync(process.execPath, [...endAtOnce(), '--test-reporter=spec', 'suite.js'], {
            cwd: __dirname,
            stdio: 'inherit',
            timeout: 600_000,
            env: {
                ...process.env,
                NODE_EXTRA_CA_CERTS: path.join(folder, 'ca.pem'),
                HUB_ADDRESS: address,
                HUB_FOLDER: folder,
            },
        });
        return suite.status ?? 1;
    } finally {
        stopLeftHub(folder);
        fs.rmSync(folder, { recursive: true, force: true });
    }
}

main().then((code) => process.exit(code), (error) => {
    console.error(error.message);
    process.exit(1);
});
