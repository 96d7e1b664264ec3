// Chromium, and a tab that remembers whatever should not have happened in it.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { chromium } = require('playwright-core');

const pictures = process.env.PAGE_PICTURES;

// --no-sandbox: as root, and in containers, Chromium cannot start with it.
const launch = () => chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });

// Opens the page at a "#/…" in a window of its own. `faults` gathers errors of the console and of
// scripts, refusals that `mayFail` does not expect, and requests to elsewhere.
async function open(browser, hub, hash = '#/devices', { mayFail = false, ...window } = {}) {
    const context = await browser.newContext({ viewport: { width: 1200, height: 800 },
        permissions: ['clipboard-read', 'clipboard-write'], ...window });
    const tab = await context.newPage();
    tab.faults = [];
    tab.setDefaultTimeout(10_000);
    tab.on('pageerror', (error) => tab.faults.push(error.message));
    tab.on('console', (message) => {
        const refusal = message.text().includes('Failed to load resource');
        if (['error', 'warning'].includes(message.type()) && !(mayFail && refusal)) {
            tab.faults.push(message.text());
        }
    });
    tab.on('request', (request) => {
        const address = request.url();
        if (!address.startsWith(hub.page) && !address.startsWith('blob:')) {
            tab.faults.push(`a request to ${address}`);
        }
        if (/SharedAccessKey|sig=/.test(address)) {
            tab.faults.push('a key in an address');
        }
    });
    await tab.goto(`${hub.page}/${hash}`);
    return tab;
}

// For the documentation, where it was asked for.
async function picture(tab, name) {
    if (pictures) {
        fs.mkdirSync(pictures, { recursive: true });
        await tab.screenshot({ path: path.join(pictures, `page-${name}.png`) });
    }
}

module.exports = { launch, open, picture };
