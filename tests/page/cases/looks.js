'use strict';
const assert = require('node:assert');
const { test } = require('node:test');
const { open, picture } = require('../support/browser');

const views = ['#/devices', '#/devices/shown', '#/devices/shown?tab=twin', '#/devices/shown?tab=try',
    '#/telemetry', '#/activity', '#/jobs', '#/hub'];

// The contrast of two colours "rgb(r, g, b)" (WCAG 2.1).
function contrast(a, b) {
    const light = (colour) => {
        const [r, g, blue] = colour.match(/\d+/g).map((v) => v / 255)
            .map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * blue + 0.05;
    };
    return Math.max(light(a), light(b)) / Math.min(light(a), light(b));
}

module.exports = (world) => {
    test('a narrow window has one column and no scrolling sideways', async () => {
        await world.hub.seed([{ deviceId: 'shown' }]);
        const tab = await open(world.browser, world.hub, '#/devices', { viewport: { width: 360, height: 740 } });
        for (const hash of views) {
            await tab.goto(`${world.hub.page}/${hash}`);
            await tab.waitForSelector('main section');
            const [page, window] = await tab.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
            assert.ok(page <= window, `${hash} is ${page} wide in a window of ${window}`);
        }
        await picture(tab, 'narrow');
        assert.deepEqual(tab.faults, []);
    });

    for (const colorScheme of ['light', 'dark']) {
        test(`${colorScheme}: text can be read`, async () => {
            await world.hub.seed([{ deviceId: 'shown' }]);
            const tab = await open(world.browser, world.hub, '#/devices/shown', { colorScheme });
            await tab.waitForSelector('#primary-key');
            const found = await tab.evaluate(() => {
                const colour = (selector, of) => getComputedStyle(document.querySelector(selector))[of];
                return { sheet: colour('section', 'backgroundColor'), ink: colour('dd', 'color'),
                    faint: colour('dt', 'color'), link: colour('section a', 'color') };
            });
            assert.equal(contrast(found.sheet, 'rgb(0, 0, 0)') > 10, colorScheme === 'light');
            for (const one of ['ink', 'faint', 'link']) {
                assert.ok(contrast(found[one], found.sheet) >= 4.5, `${one}: ${JSON.stringify(found)}`);
            }
            if (colorScheme === 'dark') {
                await picture(tab, 'dark');
            }
            assert.deepEqual(tab.faults, []);
        });
    }

    test('every field and button has a name, every view a heading', async () => {
        await world.hub.seed([{ deviceId: 'shown' }]);
        const tab = await open(world.browser, world.hub);
        for (const hash of views) {
            await tab.goto(`${world.hub.page}/${hash}`);
            await tab.waitForSelector('main section');
            await tab.waitForSelector('main h2');
            const nameless = await tab.evaluate(() => [...document.querySelectorAll(
                'input, textarea, select, button, a, progress')].filter((one) => !(one.labels?.length
                || one.getAttribute('aria-label') || one.textContent.trim())).map((one) => one.outerHTML));
            assert.deepEqual(nameless, [], hash);
            const ids = await tab.evaluate(() => [...document.querySelectorAll('[id]')].map((one) => one.id));
            assert.equal(new Set(ids).size, ids.length, `${hash}: an id stands twice`);
        }
    });
};
