// The stream of telemetry as a list that does not grow without end.

import { useEffect, useReducer, useRef, useState } from './hooks.js';
import { parametersOf } from './api.js';

const kept = 500;
const stored = 50; // of each partition, to begin with

// Begins with the last events that the hub keeps. {events (the newest first), paused, setPaused, held, clear, connected}: while paused, what comes
// is held back, at most `kept` as well.
export function useTelemetry(id) {
    const shown = useRef([]);
    const held = useRef([]);
    const frame = useRef(0);
    const [paused, setPaused] = useState(false);
    const [connected, setConnected] = useState(false);
    const [, draw] = useReducer((n) => n + 1, 0);
    const pausedNow = useRef(paused);
    pausedNow.current = paused;
    useEffect(() => {
        const source = new EventSource(`/api/events/stream?last=${stored}${id ? `&${parametersOf(id)}` : ''}`);
        source.onopen = () => setConnected(true);
        source.onerror = () => setConnected(false);
        source.addEventListener('telemetry', (message) => {
            const list = pausedNow.current ? held : shown;
            const event = { ...JSON.parse(message.data), key: message.lastEventId };
            list.current = [event, ...list.current.slice(0, kept - 1)];
            frame.current ||= requestAnimationFrame(() => {
                frame.current = 0;
                draw();
            });
        });
        return () => {
            source.close();
            cancelAnimationFrame(frame.current);
        };
    }, []);
    useEffect(() => {
        if (!paused && held.current.length > 0) {
            shown.current = [...held.current, ...shown.current].slice(0, kept);
            held.current = [];
            draw();
        }
    }, [paused]);
    const clear = () => {
        shown.current = [];
        draw();
    };
    return { events: shown.current, held: held.current.length, paused, setPaused, clear, connected };
}
