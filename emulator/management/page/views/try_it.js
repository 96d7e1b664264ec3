// What a back end would do: call a method, send a message.

import { manage, parametersOf, pathOf, service } from '../lib/api.js';
import { html, useState } from '../lib/hooks.js';
import { parseJson } from '../lib/json_text.js';
import { useLive } from '../lib/live.js';
import { Failure } from '../parts/controls.js';

// Runs `work` once at a time: [state, run], state.outcome being what it gave last.
function useWork(work) {
    const [state, setState] = useState({ busy: false });
    const run = async (event) => {
        event.preventDefault();
        setState({ busy: true });
        try {
            setState({ busy: false, outcome: await work() });
        } catch (error) {
            setState({ busy: false, error });
        }
    };
    return [state, run];
}

// A value with the properties of the field that shows it.
function useField(first) {
    const [value, setValue] = useState(first);
    return { value, onInput: (event) => setValue(event.target.value) };
}

function read(text, what) {
    const parsed = parseJson(text);
    if (parsed.error) {
        throw new Error(`${what}: ${parsed.error}`);
    }
    return parsed.value;
}

function Method({ id }) {
    const name = useField('');
    const payload = useField('{}');
    const timeout = useField('30');
    const [state, call] = useWork(() => service(`${pathOf(id, '/twins')}/methods`, {
        method: 'POST',
        exact: true,
        body: {
            methodName: name.value.trim(),
            payload: read(payload.value, 'Payload'),
            responseTimeoutInSeconds: Number(timeout.value),
        },
    }));
    return html`<section aria-label="Direct method"><h3>Direct method</h3>
        <form onSubmit=${call}>
            <label for="method-name">Method name</label><input id="method-name" required maxlength="128" ...${name} />
            <label for="method-payload">Payload (JSON)</label>
            <textarea id="method-payload" rows="5" spellcheck=${false} ...${payload}></textarea>
            <label for="method-timeout">Seconds to wait for the answer</label>
            <input id="method-timeout" type="number" min="5" max="300" required ...${timeout} />
            <div class="row end"><button id="method-call" class="primary" disabled=${state.busy}>
                ${state.busy ? 'Waiting …' : 'Invoke method'}</button></div>
        </form>
        <${Failure} id="method-failure" error=${state.error} />
        <div role="status">${state.outcome && html`<p>Status <b id="method-status">${state.outcome.status}</b></p>
            <pre id="method-answer">${JSON.stringify(state.outcome.payload, null, 2)}</pre>`}</div>
    </section>`;
}

function readProperties(text) {
    const lines = text.split('\n').filter((line) => line.trim());
    return Object.fromEntries(lines.map((line) => {
        const equals = line.indexOf('=');
        if (equals < 1) {
            throw new Error(`Properties: "${line}" is not name=value.`);
        }
        return [line.slice(0, equals).trim(), line.slice(equals + 1)];
    }));
}

function Queue({ id, after }) {
    const { value, reload } = useLive(() => manage(`/api/messages?${parametersOf(id)}`), 2000, [after]);
    const purge = async () => {
        await manage(`/api/messages?${parametersOf(id)}`, { method: 'DELETE' });
        reload();
    };
    const messages = value?.messages ?? [];
    return html`<div class="row spread"><span id="queue-length">${messages.length} waiting in the queue</span>
            <button type="button" id="purge-queue" disabled=${messages.length === 0} onClick=${purge}>Purge</button></div>
        <ul>${messages.map((m) => html`<li key=${m.sequenceNumber}>${m.sequenceNumber}: ${m.body ?? '(bytes)'}
            <span class="note"> ${m.state}, delivered ${m.deliveryCount} times</span></li>`)}</ul>`;
}

function Message({ id }) {
    const body = useField('');
    const properties = useField('');
    const ack = useField('none');
    const input = useField('');
    const [state, send] = useWork(() => manage(`/api/messages?${parametersOf(id)}`, {
        method: 'POST',
        body: {
            body: body.value, ack: ack.value, properties: readProperties(properties.value),
            ...(input.value ? { input: input.value } : {}),
        },
    }));
    return html`<section aria-label="Cloud-to-device message"><h3>Cloud-to-device message</h3>
        <form onSubmit=${send}>
            <label for="message-body">Body</label><textarea id="message-body" rows="4" ...${body}></textarea>
            <label for="message-properties">Properties (name=value, one a line)</label>
            <textarea id="message-properties" rows="2" spellcheck=${false} ...${properties}></textarea>
            ${id.moduleId && html`<label for="message-input">Input of the module</label>
                <input id="message-input" ...${input} />`}
            <label for="message-ack">Feedback</label>
            <select id="message-ack" onChange=${ack.onInput}>
                ${['none', 'positive', 'negative', 'full'].map((one) => html`
                    <option value=${one} selected=${one === ack.value}>${one}</option>`)}</select>
            <div class="row end"><button id="message-send" class="primary" disabled=${state.busy}>Send message</button></div>
        </form>
        <${Failure} id="message-failure" error=${state.error} />
        <p role="status" id="message-outcome">${state.outcome ? `Message ${state.outcome.sequenceNumber} is queued.` : ''}</p>
        <${Queue} id=${id} after=${state.outcome?.sequenceNumber} />
    </section>`;
}

export function TryTab({ id }) {
    return html`<div class="columns two"><${Method} id=${id} /><${Message} id=${id} /></div>`;
}
