// What the page takes of Preact and htm, in one place, and the one hook they lack.

import { useState } from '../vendor/htm-preact.js';

export {
    html, render, useCallback, useEffect, useErrorBoundary, useMemo, useReducer, useRef,
    useState,
} from '../vendor/htm-preact.js';

let ids = 0;
export const useId = () => useState(() => `id-${++ids}`)[0];
