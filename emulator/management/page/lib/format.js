// Times, numbers and bytes as people read them.

export const never = '0001-01-01T00:00:00Z';

export function timeText(iso) {
    if (!iso || iso.startsWith('0001-')) {
        return '–';
    }
    const time = new Date(iso);
    const clock = time.toLocaleTimeString('en-GB');
    return time.toDateString() === new Date().toDateString()
        ? clock : `${time.toLocaleDateString('sv-SE')} ${clock}`;
}

export const countText = (number) => number.toLocaleString('en-US');

export function bytesOf(base64) {
    return Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
}

// "0000  7b 22 61 22  {"a""
export function hexDump(bytes) {
    const lines = [];
    for (let i = 0; i < bytes.length; i += 16) {
        const row = [...bytes.slice(i, i + 16)];
        const hex = row.map((b) => b.toString(16).padStart(2, '0')).join(' ');
        const text = row.map((b) => (b > 31 && b < 127 ? String.fromCharCode(b) : '.')).join('');
        lines.push(`${i.toString(16).padStart(4, '0')}  ${hex.padEnd(47)}  ${text}`);
    }
    return lines.join('\n');
}
