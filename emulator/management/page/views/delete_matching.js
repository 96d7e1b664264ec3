// "Delete all that match": asks with the count, and for many devices to have it typed.

import { html, useState } from '../lib/hooks.js';
import { countText } from '../lib/format.js';
import { countMatching, deleteMatching } from '../lib/bulk.js';
import { Dialog, Failure } from '../parts/controls.js';

const many = 20;

function ConfirmDialog({ count, onAccept, onClose }) {
    const [typed, setTyped] = useState('');
    const mustType = count > many;
    return html`<${Dialog} id="delete-matching-dialog" title=${`Delete ${countText(count)} devices?`} accept="Delete" danger
        busy=${count === 0 || (mustType && typed.replaceAll(',', '').trim() !== String(count))}
        onAccept=${onAccept} onClose=${onClose}>
        <p>All that the search finds, on every page. Twins, queued messages and modules go with them. There is no way back.</p>
        ${mustType && html`<label for="delete-matching-count">Type the number of devices, ${count}, to confirm</label>
            <input id="delete-matching-count" autocomplete="off" inputmode="numeric" value=${typed}
                onInput=${(e) => setTyped(e.target.value)} />`}
    </${Dialog}>`;
}

// `asked`: of query_text; `task`: where the deletion runs; `done` is called at its end.
export function DeleteMatching({ asked, task, done }) {
    const [confirming, setConfirming] = useState(null); // {count, ids}
    const [state, setState] = useState({ counting: false, error: null });
    const ask = async () => {
        setState({ counting: true, error: null });
        try {
            setConfirming({ count: await countMatching(asked.counting), ids: asked.ids });
            setState({ counting: false, error: null });
        } catch (error) {
            setState({ counting: false, error });
        }
    };
    const remove = async () => {
        const { count, ids } = confirming;
        setConfirming(null);
        await task.start('Deleting', (control) => deleteMatching(ids, count, control));
        done();
    };
    return html`<button type="button" id="delete-matching" disabled=${task.running || state.counting} onClick=${ask}>
            ${state.counting ? 'Counting …' : 'Delete all that match'}</button>
        <${Failure} id="delete-matching-failure" error=${state.error} />
        ${confirming && html`<${ConfirmDialog} count=${confirming.count} onAccept=${remove}
            onClose=${() => setConfirming(null)} />`}`;
}
