// The address behind "#": "#/devices/d/modules/m?tab=twin" is {path: ['devices','d','modules','m'],
// tab: 'twin'}. No key ever stands in it.

import { useEffect, useState } from './hooks.js';

function read() {
    const [path, query = ''] = location.hash.replace(/^#\/?/, '').split('?');
    const segments = path.split('/').filter(Boolean).map(decodeURIComponent);
    return { path: segments, ...Object.fromEntries(new URLSearchParams(query)) };
}

export function useRoute() {
    const [route, setRoute] = useState(read);
    useEffect(() => {
        const changed = () => setRoute(read());
        addEventListener('hashchange', changed);
        return () => removeEventListener('hashchange', changed);
    }, []);
    return route;
}

export function linkTo(id, tab) {
    const device = `#/devices/${encodeURIComponent(id.deviceId)}`;
    const path = id.moduleId ? `${device}/modules/${encodeURIComponent(id.moduleId)}` : device;
    return tab ? `${path}?tab=${tab}` : path;
}
