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

// The SDK tries again for minutes; a test that waits that long says nothing of what it waits for.
function within(what, promise, seconds = 20) {
    let timer;
    const late = new Promise((_, reject) => {
        timer = setTimeout(() => reject(new Error(`not within ${seconds} s: ${what}`)), seconds * 1000);
    });
    return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

module.exports = { until, within };
