// Asks before an identity is removed.

import { html } from '../lib/hooks.js';
import { Dialog } from '../parts/controls.js';

export function DeleteDialog({ what, onAccept, onClose }) {
    return html`<${Dialog} id="delete-dialog" title=${`Delete ${what}?`} accept="Delete" danger onAccept=${onAccept}
        onClose=${onClose}><p>Twins, queued messages and modules go with it. There is no way back.</p></${Dialog}>`;
}
