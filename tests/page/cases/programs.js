'use strict';
const assert = require('node:assert');
const { execFileSync, spawnSync } = require('node:child_process');
const net = require('node:net');
const path = require('node:path');
const { test } = require('node:test');
const { open } = require('../support/browser');
const { Hub } = require('../support/hub');
const { SdkProgram, isInstalled, languages } = require('../support/sdk_program');

const root = path.resolve(__dirname, '../../..');

const copied = async (tab, button) => {
    await tab.click(button);
    return tab.evaluate(() => navigator.clipboard.readText());
};

// SDKs know port 8883 only; an address that nobody else uses has it free.
const unusedAddress = () => ['127', ...Array.from({ length: 3 }, () => 1 + Math.floor(Math.random() * 250))].join('.');

const mayListen = (address, port) => new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', () => resolve(false));
    server.listen(port, address, () => server.close(() => resolve(true)));
});

module.exports = (world) => {
    // Of an identity whose ids have what shells and languages quote.
    for (const [kind, moduleId] of [['device'], ['module', "m'$m%"]]) {
        test(`each program of a ${kind} takes its string from the environment, whatever is in it`, async () => {
            const deviceId = "it's-$HOME-(1)=2,!#*?";
            await world.hub.seed([{ deviceId, ...(moduleId && { modules: [{ moduleId }] }) }]);
            const name = `IOTHUB_${kind.toUpperCase()}_CONNECTION_STRING`;
            const text = await world.hub.connectionStringOf(deviceId, moduleId);
            const module = moduleId ? `/modules/${encodeURIComponent(moduleId)}` : '';
            const tab = await open(world.browser, world.hub, `#/devices/${encodeURIComponent(deviceId)}${module}`);
            for (const language of ['Node', 'Python', 'Java', 'C#', 'C', 'C++']) {
                await tab.selectOption('#language', language);
                const program = await copied(tab, '#snippet-copy');
                assert.ok(program.includes(name) && !program.includes('SharedAccessKey'), program);
                assert.ok(!(await tab.textContent('#snippet-set-up')).includes(text), language);
                const line = (await copied(tab, '#snippet-set-up-copy')).split('\n').at(-1);
                const seen = execFileSync('sh', ['-c', `${line}\nprintf %s "$${name}"`], { encoding: 'utf8' });
                assert.equal(seen, text, language);
            }
            assert.deepEqual(tab.faults, []);
        });
    }

    test('the C++ program compiles', async (t) => {
        const compiler = ['clang++-19', 'g++'].find((one) => spawnSync(one, ['--version']).status === 0);
        if (!compiler) {
            t.skip('there is no compiler');
            return;
        }
        await world.hub.seed([{ deviceId: 'compiled', modules: [{ moduleId: 'm' }] }]);
        for (const hash of ['#/devices/compiled', '#/devices/compiled/modules/m']) {
            const tab = await open(world.browser, world.hub, hash);
            await tab.selectOption('#language', 'C++');
            const checked = spawnSync(compiler, ['-std=c++20', '-fsyntax-only', `-I${root}/client/include`, '-x', 'c++', '-'],
                { input: await tab.textContent('#snippet'), encoding: 'utf8' });
            assert.equal(checked.status, 0, checked.stderr);
        }
    });

    for (const language of languages) {
        test(`the ${language} program connects and sends`, { timeout: 120_000 }, async (t) => {
            const address = unusedAddress();
            if (!isInstalled(language) || !(await mayListen(address, 8883))) {
                t.skip('the SDK is not installed (tests/sdk does it), or port 8883 cannot be opened');
                return;
            }
            const hub = new Hub({ address });
            let tab;
            let program;
            try {
                await hub.start();
                const deviceId = "it's-$HOME";
                await hub.seed([{ deviceId }]);
                tab = await open(world.browser, hub, `#/devices/${encodeURIComponent(deviceId)}`);
                await tab.selectOption('#language', language);
                program = new SdkProgram(language, hub.folder, {
                    setUp: await copied(tab, '#snippet-set-up-copy'), program: await copied(tab, '#snippet-copy'),
                });
                await program.until(`the ${language} program sends`, async () => {
                    const { body } = await hub.manage(`/api/events?device=${encodeURIComponent(deviceId)}`);
                    return JSON.parse(JSON.parse(body).events[0]?.body ?? '{}').temperature === 21;
                });
                await tab.waitForSelector('#connection-state.on');
                assert.deepEqual(tab.faults, []);
            } finally {
                program?.kill();
                await tab?.context().close();
                await hub.stop();
            }
        });
    }
};
