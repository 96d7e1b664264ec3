// Values that are asked for again and again while somebody looks.

import { useCallback, useEffect, useRef, useState } from './hooks.js';

// Calls `load` at once, then `interval` ms after each answer while the window is visible:
// {value, error, reload}. It begins anew when one of `inputs` changes.
export function useLive(load, interval, inputs) {
    const [state, setState] = useState({ value: undefined, error: null });
    const current = useRef(null);
    const round = useCallback(async (turn) => {
        clearTimeout(turn.timer);
        try {
            const value = await load();
            if (current.current === turn) {
                setState({ value, error: null });
            }
        } catch (error) {
            if (current.current === turn) {
                setState((old) => ({ value: old.value, error }));
            }
        }
        if (current.current === turn && interval) {
            const again = () => (document.hidden ? turn.timer = setTimeout(again, interval)
                                                 : round(turn));
            turn.timer = setTimeout(again, interval);
        }
    }, inputs);
    useEffect(() => {
        const turn = {};
        current.current = turn;
        setState({ value: undefined, error: null });
        round(turn);
        return () => {
            clearTimeout(turn.timer);
            current.current = null;
        };
    }, [round]);
    const reload = useCallback(() => current.current && round(current.current), [round]);
    return { ...state, reload };
}
