// The devices: search in the query language, pages by continuation, live connection state.

import { manage } from '../lib/api.js';
import { Failure, Progress } from '../parts/controls.js';
import { html, useEffect, useRef, useState } from '../lib/hooks.js';
import { useLive } from '../lib/live.js';
import { inTypedText, placeOf, queryOf } from '../lib/query_text.js';
import { deleteDevices, runQuery } from '../lib/registry.js';
import { CreateDialog, DeleteDialog } from './identity_dialogs.js';
import { DeviceTable } from './device_table.js';

const fresh = 3000; // ms between looks at what is shown

// The typed search after a pause, and at once on Enter.
function useSearch() {
    const [typed, setTyped] = useState('');
    const [search, setSearch] = useState('');
    useEffect(() => {
        const timer = setTimeout(() => setSearch(typed), 300);
        return () => clearTimeout(timer);
    }, [typed]);
    return { typed, setTyped, search, setSearch };
}

// The way through the pages: the continuation each of them began with.
function usePages(search) {
    const [begins, setBegins] = useState([null]);
    useEffect(() => setBegins([null]), [search]);
    return {
        number: begins.length,
        begin: begins.at(-1),
        next: (continuation) => setBegins([...begins, continuation]),
        back: () => setBegins(begins.slice(0, -1)),
    };
}

function useTransports() {
    const { value } = useLive(async () => {
        const { connections } = await manage('/api/connections?module=');
        return new Map(connections.filter((c) => c.connected).map((c) => [c.deviceId, c.transport]));
    }, fresh, []);
    return value ?? new Map();
}

function SearchField({ typed, setTyped, setSearch, field }) {
    return html`<form role="search" class="grow" onSubmit=${(e) => {
        e.preventDefault();
        setSearch(typed);
    }}>
        <label for="search" class="hidden">Search devices</label>
        <input type="search" id="search" ref=${field} spellcheck="false" autocomplete="off" value=${typed}
            aria-describedby="search-note failure" onInput=${(e) => setTyped(e.target.value)}
            placeholder="Beginning of an id, a condition or a query  ( / )" />
        <p id="search-note" class="note spare">Such as <code>lamp</code>, <code>tags.floor = 2</code>${' '}
            or <code>SELECT COUNT() FROM devices</code>.</p>
    </form>`;
}

function Rows({ rows, whole, ...more }) {
    if (whole && rows.some((row) => !row.deviceId || row.moduleId)) {
        return html`<pre id="query-rows" tabindex="0">${JSON.stringify(rows, null, 2)}</pre>`;
    }
    return html`<${DeviceTable} rows=${rows} ...${more} />`;
}

export function DevicesView() {
    const words = useSearch();
    const pages = usePages(words.search);
    const field = useRef(null);
    const [chosen, setChosen] = useState(new Set());
    const [dialog, setDialog] = useState(null);
    const [progress, setProgress] = useState(null);
    const [refused, setRefused] = useState(null);
    const asked = queryOf(words.search);
    const { value, error, reload } = useLive(
        async () => ({ ...await runQuery(asked.query, { continuation: pages.begin }), whole: asked.whole }), fresh, [words.search, pages.begin]);
    const transports = useTransports();
    const place = error ? placeOf(error.message, asked.offset) : null;
    useEffect(() => {
        if (place !== null && document.activeElement === field.current) {
            field.current.setSelectionRange(place, place + 1);
        }
    }, [error?.message]);
    const remove = async () => {
        const ids = [...chosen];
        setDialog(null);
        setProgress({ done: 0, total: ids.length });
        try {
            await deleteDevices(ids, (done) => setProgress({ done, total: ids.length }));
            setChosen(new Set());
            setRefused(null);
        } catch (failure) {
            setRefused(failure);
        }
        setProgress(null);
        reload();
    };
    return html`
        <h2>Devices</h2>
        <div class="row top">
            <${SearchField} ...${words} field=${field} />
            <button type="button" id="new-device" class="primary" onClick=${() => setDialog('create')}>New device</button>
            <button type="button" id="delete-chosen" disabled=${chosen.size === 0}
                onClick=${() => setDialog('delete')}>Delete${chosen.size ? ` ${chosen.size}` : ''}</button>
        </div>
        <${Failure} error=${error ? inTypedText(error.message, asked.offset) : refused} />
        ${progress && html`<${Progress} id="delete-progress" label="Deleting" ...${progress} />`}
        ${value && html`<section aria-label="Devices">
            <${Rows} rows=${value.rows} whole=${value.whole} transports=${transports} chosen=${chosen}
                setChosen=${setChosen} changed=${reload} onError=${setRefused} />
            <div class="row">
                <button type="button" id="page-back" disabled=${pages.number === 1} onClick=${pages.back}>Back</button>
                <span id="page-number" role="status">Page ${pages.number}</span>
                <button type="button" id="page-next" disabled=${!value.continuation}
                    onClick=${() => pages.next(value.continuation)}>Next</button>
            </div>
        </section>`}
        ${dialog === 'create' && html`<${CreateDialog} onClose=${() => setDialog(null)} />`}
        ${dialog === 'delete' && html`<${DeleteDialog} what=${`${chosen.size} devices`}
            onAccept=${remove} onClose=${() => setDialog(null)} />`}`;
}
