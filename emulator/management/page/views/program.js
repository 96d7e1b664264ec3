// A program that connects, for the SDK that one chooses.

import { connectionString } from '../lib/connection_string.js';
import { html, useState } from '../lib/hooks.js';
import { shellQuoted } from '../lib/shell.js';
import { languages, snippetOf, variableOf } from '../lib/snippets.js';
import { CopyButton } from '../parts/controls.js';

// `text`: the connection string as the hub tells it. The key is in what is copied only.
export function Program({ id, text, form }) {
    const [language, setLanguage] = useState(languages[0]);
    const { setUp, program } = snippetOf(language, id);
    const lines = (key) => `${setUp}\nexport ${variableOf(id)}=${shellQuoted(connectionString(text, form, key))}`;
    return html`<section aria-label="Program">
        <div class="row spread"><h3>Program</h3>
            <label class="inline" for="language">SDK <select id="language"
                onChange=${(e) => setLanguage(e.target.value)}>${languages.map((one) => html`
                <option value=${one} selected=${one === language}>${one}</option>`)}
            </select></label></div>
        <p class="note">Beside <a href="/ca.pem" download="ca.pem">ca.pem</a>, in a shell:</p>
        ${text.includes('x509=true') && html`<p class="note" id="snippet-certificate">The program also gives the
            SDK the identity's certificate and its private key.</p>`}
        <pre id="snippet-set-up" tabindex="0">${lines('••••')}</pre>
        <${CopyButton} id="snippet-set-up-copy" text=${() => lines()} label="set-up with the connection string" />
        <hr />
        <pre id="snippet" tabindex="0">${program}</pre>
        <${CopyButton} id="snippet-copy" text=${program} label="program" />
    </section>`;
}
