// The registry as a file: exported, and imported again.

import { manage } from '../lib/api.js';
import { html, useState } from '../lib/hooks.js';
import { Failure } from '../parts/controls.js';

function download(text, name) {
    const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
    const link = document.createElement('a');
    link.href = address;
    link.download = name;
    link.click();
    URL.revokeObjectURL(address);
}

export function RegistrySection() {
    const [state, setState] = useState({});
    const run = (doing, work) => async (event) => {
        setState({ doing });
        try {
            setState({ done: await work(event) });
        } catch (error) {
            setState({ error });
        }
    };
    const exported = run('Exporting', async () => {
        download(JSON.stringify(await manage('/api/registry'), null, 4), 'registry.json');
        return 'Exported, with keys: keep the file to yourself.';
    });
    const imported = run('Importing', async (event) => {
        const [file] = event.target.files;
        await manage('/api/registry', { method: 'POST', body: await file.text() });
        event.target.value = '';
        return `${file.name} is imported.`;
    });
    return html`<section aria-label="Registry"><h3>Registry</h3>
        <div class="row"><button type="button" id="registry-export" disabled=${state.doing} onClick=${exported}>Export</button>
            <label class="inline" for="registry-import">Import <input type="file" id="registry-import"
                accept=".json,application/json" disabled=${state.doing} onChange=${imported} /></label></div>
        <div role="status" id="registry-outcome">${state.doing && html`${state.doing} … <progress aria-label=${state.doing}></progress>`}${state.done}</div>
        <${Failure} id="registry-failure" error=${state.error} /></section>`;
}
