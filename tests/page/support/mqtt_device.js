// A device on MQTT 3.1.1 that answers direct methods; of the protocol no more than that takes.
'use strict';
const fs = require('node:fs');
const tls = require('node:tls');
const { token } = require('./device');

const text = (value) => Buffer.concat([Buffer.from([value.length >> 8, value.length & 255]), Buffer.from(value)]);

function packet(type, ...parts) {
    const body = Buffer.concat(parts);
    const size = body.length < 128 ? [body.length] : [(body.length & 127) | 128, body.length >> 7];
    return Buffer.concat([Buffer.from([type, ...size]), body]);
}

// The packets at the beginning of `bytes`, and what is left.
function take(bytes) {
    const packets = [];
    for (;;) {
        const long = bytes[1] > 127 ? 1 : 0;
        const begin = 2 + long;
        const size = (bytes[1] & 127) + (long ? bytes[2] << 7 : 0);
        if (bytes.length < begin || bytes.length < begin + size) {
            return { packets, bytes };
        }
        packets.push({ type: bytes[0] >> 4, body: bytes.subarray(begin, begin + size) });
        bytes = bytes.subarray(begin + size);
    }
}

class Device {
    // `answer`: of a method's name and payload, {status, payload}; payloads are JSON's text.
    constructor(hub, connectionString, answer) {
        const parts = Object.fromEntries(connectionString.split(';').map((part) => part.split(/=(.*)/s)));
        Object.assign(this, { hub, answer, id: parts.DeviceId, key: parts.SharedAccessKey });
    }

    // Resolves when it is connected and takes methods.
    async connect() {
        this.socket = tls.connect({ host: 'localhost', port: this.hub.ports.mqtts, ca: fs.readFileSync(this.hub.caFile) });
        let bytes = Buffer.alloc(0);
        const ready = new Promise((resolve, reject) => {
            this.socket.on('data', (more) => {
                const taken = take(Buffer.concat([bytes, more]));
                bytes = taken.bytes;
                taken.packets.forEach((one) => this.received(one, resolve, reject));
            });
            this.socket.on('error', reject);
        });
        this.socket.write(packet(0x10, text('MQTT'), Buffer.from([4, 0xc2, 0, 60]), text(this.id),
            text(`localhost/${this.id}/?api-version=2021-04-12`),
            text(token(`localhost/devices/${encodeURIComponent(this.id)}`, this.key))));
        return ready;
    }

    received({ type, body }, resolve, reject) {
        if (type === 2 && body[1] !== 0) {
            reject(new Error(`the hub refuses ${this.id}: ${body[1]}`));
        } else if (type === 2) {
            this.socket.write(packet(0x82, Buffer.from([0, 1]), text('$iothub/methods/POST/#'), Buffer.from([0])));
        } else if (type === 9) {
            resolve();
        } else if (type === 3) {
            const length = body.readUInt16BE(0);
            const [, name, rid] = /^\$iothub\/methods\/POST\/([^/]+)\/\?\$rid=(.+)$/.exec(body.toString('utf8', 2, 2 + length));
            const { status, payload } = this.answer(name, body.toString('utf8', 2 + length));
            this.socket.write(packet(0x30, text(`$iothub/methods/res/${status}/?$rid=${rid}`),
                Buffer.from(payload)));
        }
    }

    close() {
        this.socket.destroy();
    }
}

module.exports = { Device };
