// The hub's counters over the last minutes, from /metrics.

import { manage } from './api.js';
import { useRef } from './hooks.js';
import { useLive } from './live.js';

const kept = 60;

export function readMetrics(text) {
    const found = {};
    for (const [, name, value] of text.matchAll(/^iothub_(\w+) (\d+)$/gm)) {
        found[name] = Number(value);
    }
    return found;
}

// {now: {messages_total: 7, …}, rates: {messages_total: [per second, the oldest first]}}
export function useCounters(interval = 2000) {
    const history = useRef([]);
    const { value } = useLive(async () => {
        history.current = [...history.current.slice(-kept),
            { time: performance.now(), counts: readMetrics(await manage('/metrics')) }];
        return history.current;
    }, interval, []);
    const samples = value ?? [];
    const rate = (name) => samples.slice(1).map((sample, i) => {
        const seconds = (sample.time - samples[i].time) / 1000;
        return Math.max(0, (sample.counts[name] - samples[i].counts[name]) / seconds);
    });
    return { now: samples.at(-1)?.counts, rate };
}
