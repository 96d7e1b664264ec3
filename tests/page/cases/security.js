'use strict';
const assert = require('node:assert');
const fs = require('node:fs');
const http = require('node:http');
const https = require('node:https');
const { test } = require('node:test');
const { open } = require('../support/browser');

// fetch() does not let one choose Host.
function ask(hub, address, { method = 'GET', headers = {} } = {}) {
    return new Promise((resolve, reject) => {
        http.request({ host: '127.0.0.1', port: hub.ports.management, path: address, method, headers, agent: false },
            (answer) => {
                answer.resume();
                resolve(answer.statusCode);
            }).on('error', reject).end();
    });
}

// A page of another origin, which asks the hub from within the browser.
async function elsewhere() {
    const server = http.createServer((_, answer) => {
        answer.setHeader('Content-Type', 'text/html');
        answer.end('<title>elsewhere</title>');
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    return { address: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}

module.exports = (world) => {
    test('a foreign Host or Origin is refused', async () => {
        const json = { 'Content-Type': 'application/json' };
        for (const address of ['/', '/page/app.js', '/api/about', '/api/activity', '/api/service/devices/d']) {
            assert.equal(await ask(world.hub, address, { headers: { Host: 'evil.example' } }), 403, address);
            assert.equal(await ask(world.hub, address, { headers: { Origin: 'http://evil.example' } }), 403, address);
        }
        assert.equal(await ask(world.hub, '/api/service/devices/d?api-version=2021-04-12',
            { method: 'DELETE', headers: { ...json, Origin: 'http://evil.example' } }), 403);
        assert.equal(await ask(world.hub, '/api/service/devices/d?api-version=2021-04-12',
            { method: 'DELETE', headers: { 'Content-Type': 'text/plain' } }), 415);
    });

    test("another site's page in the same browser reads and changes nothing", async () => {
        await world.hub.seed([{ deviceId: 'guarded' }]);
        const other = await elsewhere();
        const tab = await world.browser.newPage();
        await tab.goto(other.address);
        const outcomes = await tab.evaluate(async (page) => {
            const asked = [
                [`${page}/api/connection-strings`, {}],
                [`${page}/api/service/devices/guarded?api-version=2021-04-12`, { method: 'DELETE' }],
                [`${page}/api/service/devices/guarded?api-version=2021-04-12`,
                    { method: 'POST', mode: 'no-cors', body: '{}' }],
                [`${page}/api/reset?to=empty`, { method: 'POST', mode: 'no-cors' }],
            ];
            return Promise.all(asked.map(async ([address, how]) => {
                try {
                    const answer = await fetch(address, how);
                    return answer.type === 'opaque' ? 'opaque' : await answer.text();
                } catch {
                    return 'refused';
                }
            }));
        }, world.hub.page);
        assert.deepEqual(outcomes, ['refused', 'refused', 'opaque', 'opaque']);
        assert.equal((await world.hub.manage('/api/registry?device=guarded')).status, 200);
        await tab.close();
        other.close();
    });

    test('the page cannot be framed', async () => {
        const other = await elsewhere();
        const tab = await world.browser.newPage();
        await tab.goto(other.address);
        await tab.evaluate((address) => new Promise((resolve) => {
            const frame = document.createElement('iframe');
            frame.src = address;
            frame.onload = resolve;
            document.body.append(frame);
        }), world.hub.page);
        const framed = tab.frames().find((one) => one !== tab.mainFrame());
        assert.equal(await framed.locator('#new-device').count(), 0);
        await tab.close();
        other.close();
    });

    test('no script that stands in the page runs', async () => {
        const tab = await open(world.browser, world.hub);
        await tab.evaluate(() => {
            const script = document.createElement('script');
            script.textContent = 'window.ran = true';
            document.body.append(script);
        });
        assert.equal(await tab.evaluate(() => window.ran), undefined);
        assert.match(tab.faults.join(), /Content Security Policy/);
    });

    test('https://<hub>/ leads to the page', async () => {
        const answer = await new Promise((resolve, reject) => {
            https.get({ host: 'localhost', port: world.hub.ports.https, ca: fs.readFileSync(world.hub.caFile),
                path: '/', agent: false }, resolve).on('error', reject);
        });
        answer.resume();
        assert.equal(answer.statusCode, 302);
        assert.equal(answer.headers.location, `${world.hub.page}/`);
    });

    test('no key is in the log', async () => {
        const lines = world.hub.log().split('\n').filter((line) => /^\d{4}-/.test(line));
        assert.ok(lines.length > 0);
        assert.doesNotMatch(lines.join('\n'), /SharedAccessKey=(?!\[)|primaryKey"?:\s*"(?!\[)/);
    });
};
