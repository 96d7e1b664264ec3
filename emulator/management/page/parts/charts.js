// Lines over time as SVG: a small one beside a number, and a plot with its scale.

import { html } from '../lib/hooks.js';

const points = (values, width, height, least, most) => {
    const step = width / Math.max(1, values.length - 1);
    const scale = most > least ? height / (most - least) : 0;
    return values.map((v, i) => `${(i * step).toFixed(1)},${(height - (v - least) * scale).toFixed(1)}`)
        .join(' ');
};

export function Sparkline({ values, label }) {
    const most = Math.max(1, ...values);
    return html`<svg class="sparkline" viewBox="0 -2 120 34" role="img" aria-label=${label}>
        <polyline points=${points(values, 120, 30, 0, most)} /></svg>`;
}

// `series`: numbers, the oldest first.
export function Plot({ name, series }) {
    const least = Math.min(...series);
    const most = Math.max(...series);
    return html`<figure class="plot" data-field=${name}>
        <figcaption>${name} <b>${series.at(-1)}</b></figcaption>
        <svg viewBox="0 -4 400 108" role="img"
            aria-label=${`${name}: ${series.length} values from ${least} to ${most}`}>
            <line x1="0" x2="400" y1="100" y2="100" /><polyline points=${points(series, 400, 100, least, most)} />
        </svg>
        <div class="row spread note"><span>least ${least}</span><span>most ${most}</span></div>
    </figure>`;
}
