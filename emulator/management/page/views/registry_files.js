// The registry as a file: exported, and imported again.

import { html } from '../lib/hooks.js';
import { countText } from '../lib/format.js';
import { exportRegistry, importDevices, readRegistry } from '../lib/registry_file.js';
import { useTask } from '../lib/task.js';
import { TaskPanel } from '../parts/task_panel.js';

function download(text, name) {
    const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
    const link = document.createElement('a');
    link.href = address;
    link.download = name;
    link.click();
    URL.revokeObjectURL(address);
}

export function RegistrySection() {
    const task = useTask('registry');
    const save = () => task.start('Exporting', async (control) => {
        const registry = await exportRegistry(control);
        if (!registry) {
            return 'No file was written.';
        }
        download(JSON.stringify(registry, null, 4), 'registry.json');
        return `${countText(registry.devices.length)} devices are exported, with keys: keep the file to yourself.`;
    });
    const load = (event) => {
        const [file] = event.target.files;
        if (file) {
            task.start(`Importing ${file.name}`, async (control) =>
                `${file.name}: ${await importDevices(readRegistry(await file.text()), control)}`);
        }
        event.target.value = '';
    };
    return html`<section aria-label="Registry"><h3>Registry</h3>
        <div class="row"><button type="button" id="registry-export" disabled=${task.running} onClick=${save}>Export</button>
            <label class="inline" for="registry-import">Import <input type="file" id="registry-import"
                accept=".json,application/json" disabled=${task.running} onChange=${load} /></label></div>
        <${TaskPanel} id="registry" task=${task} /></section>`;
}
