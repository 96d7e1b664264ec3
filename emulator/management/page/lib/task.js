// Work that takes a while, one of a name at a time: told of as it goes, cancelled between its steps,
// and still there when one comes back to its view.

import { countText } from './format.js';
import { useEffect, useReducer } from './hooks.js';

const tasks = new Map();
const shownFailures = 50;

function taskOf(name) {
    if (!tasks.has(name)) {
        tasks.set(name, { state: { running: false }, listeners: new Set(), cancelled: false });
    }
    return tasks.get(name);
}

function tell(task, news) {
    task.state = { ...task.state, ...news };
    task.listeners.forEach((listener) => listener());
}

// What the work sees of it.
function controlOf(task) {
    return {
        get cancelled() {
            return task.cancelled;
        },
        get failed() {
            return task.state.failed;
        },
        // `total` is undefined while nobody knows it.
        progress: (done, total) => tell(task, { done, total }),
        // Those beyond the first 50 are counted only.
        failure: (text) => tell(task, {
            failed: task.state.failed + 1,
            failures: [...task.state.failures, text].slice(0, shownFailures),
        }),
    };
}

// {running, label, done, total, failed, failures, outcome, error, start, cancel, close}. What
// start(label, work) runs gets {cancelled, failed, progress(done, total), failure(text)} and returns
// its outcome as a sentence.
export function useTask(name) {
    const task = taskOf(name);
    const [, draw] = useReducer((n) => n + 1, 0);
    useEffect(() => {
        task.listeners.add(draw);
        return () => task.listeners.delete(draw);
    }, [task]);
    const start = async (label, work) => {
        if (task.state.running) {
            return;
        }
        task.cancelled = false;
        task.state = { running: true, label, done: 0, failed: 0, failures: [] };
        tell(task, {});
        try {
            const outcome = await work(controlOf(task));
            tell(task, { running: false, outcome: task.cancelled ? `Cancelled. ${outcome}` : outcome });
        } catch (error) {
            const { done, total } = task.state;
            tell(task, {
                running: false,
                error,
                outcome: total && `It ended after ${countText(done)} of ${countText(total)}.`,
            });
        }
    };
    const cancel = () => {
        task.cancelled = true;
        tell(task, { label: 'Cancelling' });
    };
    const close = () => {
        task.state = { running: false };
        tell(task, {});
    };
    return { ...task.state, start, cancel, close };
}
