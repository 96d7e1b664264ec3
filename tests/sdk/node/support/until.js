// Bounded waiting for something that comes true by itself.
'use strict';

async function until(what, condition, seconds = 20, pause = 25) {
    const end = Date.now() + seconds * 1000;
    for (;;) {
        const value = await condition();
        if (value) {
            return value;
        }
        if (Date.now() > end) {
            throw new Error(`not within ${seconds} s: ${what}`);
        }
        await new Promise((resolve) => { setTimeout(resolve, pause); });
    }
}

module.exports = { until };
