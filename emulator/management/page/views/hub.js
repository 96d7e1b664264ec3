// The hub itself: state, counters, addresses, connection strings, trust.

import { manage } from '../lib/api.js';
import { countText, timeText } from '../lib/format.js';
import { html } from '../lib/hooks.js';
import { useCounters } from '../lib/counters.js';
import { useLive } from '../lib/live.js';
import { Sparkline } from '../parts/charts.js';
import { CopyButton, CopyField, Failure } from '../parts/controls.js';
import { LimitsSection } from './limits.js';
import { RegistrySection } from './registry_files.js';

const charted = [
    ['messages_total', 'Messages'],
    ['twin_writes_total', 'Twin writes'],
    ['connections_total', 'Connections'],
    ['connections_refused_total', 'Refused'],
    ['requests_failed_total', 'Failed requests'],
    ['errors_total', 'Errors'],
];

function Counters() {
    const { now, rate } = useCounters();
    if (!now) {
        return null;
    }
    return html`<section aria-label="Counters"><h3>Counters</h3>
        <p>${countText(now.devices)} devices (${countText(now.devices_enabled)} enabled), ${countText(now.modules)}
            ${' '}modules, <span id="open-connections">${countText(now.connections_open)}</span> connected now</p>
        <div class="counters">${charted.map(([name, title]) => {
            const rates = rate(name);
            return html`<div key=${name} id="counter-${name.replaceAll('_', '-')}"><span class="note">${title}</span>
                <b>${countText(now[name])}</b><${Sparkline} values=${rates}
                    label=${`${title}: ${(rates.at(-1) ?? 0).toFixed(1)} a second`} />
                <div class="note">${(rates.at(-1) ?? 0).toFixed(1)} / s</div></div>`;
        })}</div></section>`;
}

function State({ about }) {
    const { value, error } = useLive(() => manage('/health'), 2000, []);
    const ports = about.ports;
    return html`<section aria-label="State"><h3>State</h3>
        <p id="health" role="status" class=${error ? 'bad' : 'good'}>${error ? error.message : value?.status ?? '…'}</p>
        <dl><dt>Version</dt><dd id="version">${about.version}</dd>
            <dt>Started</dt><dd>${timeText(about.startedTime)}</dd>
            <dt>Names</dt><dd>${about.hostnames.join(', ')} (listening on ${about.host})</dd>
            <dt>HTTPS, WebSocket</dt><dd>${ports.https}</dd><dt>MQTT over TLS</dt><dd>${ports.mqtts}</dd>
            <dt>AMQP over TLS</dt><dd>${ports.amqps}</dd><dt>AMQP, plain</dt><dd>${ports.amqp}</dd>
            <dt>This page</dt><dd>${ports.management}</dd>
            <dt>Data folder</dt><dd>${about.inMemory ? 'none: everything is in memory' : about.dataDir}</dd></dl>
    </section>`;
}

function Strings() {
    const { value, error } = useLive(() => manage('/api/connection-strings'), 0, []);
    return html`<section aria-label="Connection strings"><h3>Connection strings</h3>
        <${Failure} id="strings-failure" error=${error} />
        ${value && Object.entries(value.service).map(([policy, text]) => html`<${CopyField} key=${policy}
            id="policy-${policy}" label=${`Policy ${policy}`} text=${text} secret />`)}
        ${value && html`<${CopyField} id="event-hubs" label="Event Hubs-compatible endpoint" text=${value.eventHubs} secret />`}
    </section>`;
}

const trust = [
    ['Node', 'export NODE_EXTRA_CA_CERTS=ca.pem'],
    ['Python', 'export SSL_CERT_FILE=ca.pem'],
    ['Java', 'keytool -importcert -noprompt -alias iothub -file ca.pem -keystore trust.jks -storepass changeit && ' +
        "export JAVA_TOOL_OPTIONS='-Djavax.net.ssl.trustStore=trust.jks -Djavax.net.ssl.trustStorePassword=changeit'"],
    ['.NET', 'export SSL_CERT_FILE=ca.pem'],
    ['C', 'IoTHubDeviceClient_LL_SetOption(client, OPTION_TRUSTED_CERT, ca_pem)'],
    ['C++', 'export SSL_CERT_FILE=ca.pem'],
    ['Debian', 'sudo cp ca.pem /usr/local/share/ca-certificates/iothub.crt && sudo update-ca-certificates'],
];

function Trust({ about }) {
    return html`<section aria-label="Trust"><h3>Certificate to trust</h3>
        <p><a id="ca-download" href="/ca.pem" download="ca.pem">Download ca.pem</a>
            ${about.caFile && html`<span class="note"> or use ${about.caFile}</span>`}</p>
        <dl>${trust.map(([name, line]) => html`<dt>${name}</dt><dd><code>${line}</code>
            <${CopyButton} id="trust-${name.toLowerCase().replace(/\W/g, 'p')}" text=${line} label=${`line for ${name}`} /></dd>`)}</dl>
    </section>`;
}

export function HubView() {
    const { value: about, error } = useLive(() => manage('/api/about'), 0, []);
    return html`<h2>Hub</h2><${Failure} error=${error} />
        <${Counters} />
        <div class="columns two">
            <div>${about && html`<${State} about=${about} />`}<${LimitsSection} /><${RegistrySection} /></div>
            <div><${Strings} />${about && html`<${Trust} about=${about} />`}</div>
        </div>`;
}
