// Waits for what another process does.
'use strict';

async function until(what, holds, seconds = 15) {
    for (const end = Date.now() + seconds * 1000; Date.now() < end;) {
        if (await holds()) {
            return;
        }
        await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`waited ${seconds} s in vain until ${what}`);
}

module.exports = { until };
