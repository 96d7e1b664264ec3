// The devices: search in the query language, pages by continuation, live connection state.

import { html, useEffect, useRef, useState } from '../lib/hooks.js';
import { deleteDevices } from '../lib/bulk.js';
import { isExactNumber } from '../lib/json_numbers.js';
import { useLive } from '../lib/live.js';
import { inTypedText, placeOf, queryOf } from '../lib/query_text.js';
import { runQuery } from '../lib/registry.js';
import { useTask } from '../lib/task.js';
import { useTransports } from '../lib/transports.js';
import { Failure } from '../parts/controls.js';
import { TaskPanel } from '../parts/task_panel.js';
import { CreateDialog } from './create_dialog.js';
import { DeleteDialog } from './delete_dialog.js';
import { DeleteMatching } from './delete_matching.js';
import { DeviceTable } from './device_table.js';
import { ModuleMatches } from './module_matches.js';

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

function SearchField({ typed, setTyped, setSearch, field }) {
    return html`<form role="search" class="grow" onSubmit=${(e) => {
        e.preventDefault();
        setSearch(typed);
    }}>
        <label for="search" class="hidden">Search devices</label>
        <input type="search" id="search" ref=${field} spellcheck=${false} autocomplete="off" value=${typed}
            aria-describedby="search-note failure" onInput=${(e) => setTyped(e.target.value)}
            placeholder="Beginning of an id, a condition or a query  ( / )" />
        <p id="search-note" class="note spare">Such as <code>lamp</code>, <code>tags.floor = 2</code>${' '}
            or <code>SELECT COUNT() FROM devices</code>.</p>
    </form>`;
}

// A row of a query may have any value under any name.
const isDevice = (row) =>
    typeof row.deviceId === 'string' && !row.moduleId && !Object.values(row).some(isExactNumber);

function Rows({ rows, whole, ...more }) {
    const isTable = !whole || rows.every(isDevice);
    const transports = useTransports(isTable ? rows.map((row) => row.deviceId) : [], fresh);
    return isTable ? html`<${DeviceTable} rows=${rows} transports=${transports} ...${more} />`
        : html`<pre id="query-rows" tabindex="0">${JSON.stringify(rows, null, 2)}</pre>`;
}

function Pages({ pages, continuation, children }) {
    return html`<div class="row">
        <button type="button" id="page-back" disabled=${pages.number === 1} onClick=${pages.back}>Back</button>
        <span id="page-number" role="status">Page ${pages.number}</span>
        <button type="button" id="page-next" disabled=${!continuation}
            onClick=${() => pages.next(continuation)}>Next</button>
        ${children}</div>`;
}

// What is found now, and the place in what was typed where the hub could not go on.
function useFound(asked, pages, search) {
    const live = useLive(async () => ({
        ...await runQuery(asked.query, { continuation: pages.begin }), whole: asked.whole,
    }), fresh, [search, pages.begin]);
    return { ...live, place: live.error ? placeOf(live.error.message, asked.offset) : null };
}

export function DevicesView() {
    const words = useSearch();
    const pages = usePages(words.search);
    const field = useRef(null);
    const [chosen, setChosen] = useState(new Set());
    const [dialog, setDialog] = useState(null);
    const [refused, setRefused] = useState(null);
    const asked = queryOf(words.search);
    const { value, error, place, reload } = useFound(asked, pages, words.search);
    const task = useTask('delete');
    useEffect(() => {
        if (place !== null && document.activeElement === field.current) {
            field.current.setSelectionRange(place, place + 1);
        }
    }, [error?.message]);
    const remove = async () => {
        const ids = [...chosen];
        setDialog(null);
        setChosen(new Set());
        await task.start('Deleting', (control) => deleteDevices(ids, control));
        reload();
    };
    return html`
        <h2>Devices</h2>
        <div class="row top">
            <${SearchField} ...${words} field=${field} />
            <button type="button" id="new-device" class="primary" onClick=${() => setDialog('create')}>New device</button>
            <button type="button" id="delete-chosen" disabled=${chosen.size === 0 || task.running}
                onClick=${() => setDialog('delete')}>Delete${chosen.size ? ` ${chosen.size}` : ''}</button>
        </div>
        <${Failure} error=${error ? inTypedText(error.message, asked.offset) : refused} />
        <${TaskPanel} id="delete" task=${task} />
        ${value && html`<section aria-label="Devices">
            <${Rows} rows=${value.rows} whole=${value.whole} chosen=${chosen}
                setChosen=${setChosen} changed=${reload} onError=${setRefused} />
            <${Pages} pages=${pages} continuation=${value.continuation}>
                ${!asked.whole && value.rows.length > 0 && html`<${DeleteMatching} asked=${asked} task=${task} done=${reload} />`}
            </${Pages}>
        </section>`}
        ${asked.modules && html`<${ModuleMatches} query=${asked.modules} />`}
        ${dialog === 'create' && html`<${CreateDialog} onClose=${() => setDialog(null)} />`}
        ${dialog === 'delete' && html`<${DeleteDialog} what=${`${chosen.size} devices`}
            onAccept=${remove} onClose=${() => setDialog(null)} />`}`;
}
