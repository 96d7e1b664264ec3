// Values that are asked for again and again while somebody looks.

import { useCallback, useEffect, useRef, useState } from './hooks.js';

// Calls `load` at once, then `interval` ms after each answer while the window is visible:
// {value, error, reload}. It begins anew when one of `inputs` changes, and shows the old value until
// there is a new one. What the hub refuses as wrong
// is not asked again until then, and what it refuses for another reason less often.
export function useLive(load, interval, inputs) {
    const [state, setState] = useState({ value: undefined, error: null });
    const current = useRef(null);
    const pause = (error) => (error?.status >= 400 && error.status < 500 ? 5 * interval : interval);
    const round = useCallback(async (turn) => {
        clearTimeout(turn.timer);
        const number = ++turn.rounds;
        const isLast = () => current.current === turn && turn.rounds === number;
        let refused = null;
        try {
            const value = await load();
            if (isLast()) {
                setState({ value, error: null });
            }
        } catch (error) {
            refused = error;
            if (isLast()) {
                setState((old) => ({ value: old.value, error }));
            }
        }
        if (isLast() && interval && refused?.status !== 400) {
            const again = () => (document.hidden ? turn.timer = setTimeout(again, interval)
                                                 : round(turn));
            turn.timer = setTimeout(again, pause(refused));
        }
    }, inputs);
    useEffect(() => {
        const turn = { rounds: 0, again: () => round(turn) };
        current.current = turn;
        turn.again();
        return () => {
            clearTimeout(turn.timer);
            current.current = null;
        };
    }, [round]);
    // Of what is shown then, whenever it was that somebody took hold of this.
    const reload = useCallback(() => current.current?.again(), []);
    return { ...state, reload };
}
