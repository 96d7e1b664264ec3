// Stands for Azure's blob storage, as far as the SDK uses it: PUT of blocks, then of their list. Takes
// any signature, but demands one.
'use strict';
const fs = require('node:fs');
const https = require('node:https');
const path = require('node:path');

const ACCOUNT = 'devstoreaccount1';
const CONTAINER = 'uploads';

class BlobStorage {
    constructor(address, port) {
        this.address = address;
        this.port = port;
        this.blocks = new Map();
        this.blobs = new Map();
    }

    // Of the hub's --config file.
    get configuration() {
        return {
            endpoint: `https://${this.address}:${this.port}/${ACCOUNT}`,
            container: CONTAINER,
            accountKey: Buffer.from('key of the storage account').toString('base64'),
        };
    }

    // With the certificate of the hub, which the clients trust already.
    start(folder) {
        const read = (name) => fs.readFileSync(path.join(folder, name));
        this.server = https.createServer({ cert: read('server.pem'), key: read('server.key') },
            (request, response) => this.answer(request, response));
        return new Promise((resolve, reject) => {
            this.server.once('error', reject);
            this.server.listen(this.port, this.address, resolve);
        });
    }

    stop() {
        this.server.closeAllConnections();
        return new Promise((resolve) => { this.server.close(resolve); });
    }

    blob(name) {
        return this.blobs.get(`/${ACCOUNT}/${CONTAINER}/${name}`);
    }

    async answer(request, response) {
        const body = Buffer.concat(await request.toArray());
        const url = new URL(request.url, `https://${this.address}`);
        const signed = request.method === 'PUT' && url.searchParams.has('sig');
        if (signed) {
            this.put(decodeURIComponent(url.pathname), url.searchParams, body);
        }
        response.writeHead(signed ? 201 : 403, {
            'x-ms-request-id': '1', 'x-ms-version': '2021-08-06', ETag: '"1"',
            'Last-Modified': new Date().toUTCString(),
        });
        response.end();
    }

    put(name, parameters, body) {
        if (parameters.get('comp') === 'block') {
            this.blocks.set(parameters.get('blockid'), body);
        } else if (parameters.get('comp') === 'blocklist') {
            const ids = [...body.toString().matchAll(/<Latest>([^<]+)<\/Latest>/g)];
            this.blobs.set(name, Buffer.concat(ids.map(([, id]) => this.blocks.get(id))));
        } else {
            this.blobs.set(name, body);
        }
    }
}

module.exports = { BlobStorage };
