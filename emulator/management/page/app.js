// The page: its frame, and which view the address names.

import { html, render, useEffect, useErrorBoundary } from './lib/hooks.js';
import { useRoute } from './lib/router.js';
import { ActivityView } from './views/activity.js';
import { DevicesView } from './views/devices.js';
import { HubView } from './views/hub.js';
import { IdentityView } from './views/identity.js';
import { JobsView } from './views/jobs.js';
import { TelemetryView } from './views/telemetry.js';

const views = [
    ['devices', 'Devices', DevicesView],
    ['telemetry', 'Telemetry', TelemetryView],
    ['activity', 'Activity', ActivityView],
    ['jobs', 'Jobs', JobsView],
    ['hub', 'Hub', HubView],
];

function View({ route }) {
    const [name, deviceId, modules, moduleId] = route.path;
    if (name === 'devices' && deviceId) {
        const id = modules === 'modules' && moduleId ? { deviceId, moduleId } : { deviceId };
        return html`<${IdentityView} key=${`${deviceId}/${moduleId ?? ''}`} id=${id} tab=${route.tab} />`;
    }
    const [, , Found] = views.find(([one]) => one === name) ?? views[0];
    return html`<${Found} route=${route} />`;
}

// "/" goes to the search field, unless somebody types.
function searchByKey(event) {
    const typing = /^(?:INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
    const field = document.querySelector('input[type=search]');
    if (event.key === '/' && !typing && field && !document.querySelector('dialog[open]')) {
        event.preventDefault();
        field.focus();
    }
}

function Page() {
    const route = useRoute();
    const [fault, reset] = useErrorBoundary();
    useEffect(() => {
        addEventListener('keydown', searchByKey);
        return () => removeEventListener('keydown', searchByKey);
    }, []);
    useEffect(() => fault && reset(), [route]); // another view may do better
    const current = route.path[0] ?? 'devices';
    return html`
        <a class="skip" href="#main" onClick=${(e) => {
            e.preventDefault();
            document.getElementById('main').focus();
        }}>Skip to the content</a>
        <header>
            <h1><a href="#/devices">IoT Hub emulator</a></h1>
            <nav aria-label="Views">${views.map(([name, title]) => html`
                <a id="nav-${name}" href="#/${name}" aria-current=${name === current ? 'page' : null}>${title}</a>`)}
            </nav>
        </header>
        <main id="main" tabindex="-1">
            ${fault ? html`<p class="failure" role="alert">This view failed: ${fault.message}
                <button type="button" onClick=${reset}>Try again</button></p>`
                : html`<${View} route=${route} />`}
        </main>
        <p id="masked-note" hidden>The value is masked.</p>`;
}

render(html`<${Page} />`, document.body);
