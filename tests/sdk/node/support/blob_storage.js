// Stands for Azure's blob storage: over HTTPS for devices, and over HTTP for the hub's exports and
// imports. Takes any signature, but demands one.
'use strict';
const fs = require('node:fs');
const http = require('node:http');
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
            notifications: true,
        };
    }

    // With the certificate of the hub, which the clients trust already.
    async start(folder) {
        const read = (name) => fs.readFileSync(path.join(folder, name));
        const answer = (request, response) => this.answer(request, response);
        const secure = https.createServer({ cert: read('server.pem'), key: read('server.key') }, answer);
        this.plain = http.createServer(answer);
        this.servers = [[secure, this.port], [this.plain, 0]];
        await Promise.all(this.servers.map(([server, port]) => new Promise((resolve, reject) => {
            server.once('error', reject);
            server.listen(port, this.address, resolve);
        })));
    }

    async stop() {
        await Promise.all(this.servers.map(([server]) => {
            server.closeAllConnections();
            return new Promise((resolve) => { server.close(resolve); });
        }));
    }

    blob(name, container = CONTAINER) {
        return this.blobs.get(`/${ACCOUNT}/${container}/${name}`);
    }

    putBlob(name, content, container) {
        this.blobs.set(`/${ACCOUNT}/${container}/${name}`, content);
    }

    // Of a container that a shared access signature opens.
    containerUri(container) {
        const { port } = this.plain.address();
        return `http://${this.address}:${port}/${ACCOUNT}/${container}?sv=2020-10-02&sp=rwdl&sig=any`;
    }

    async answer(request, response) {
        const body = Buffer.concat(await request.toArray());
        const url = new URL(request.url, `https://${this.address}`);
        const [status, headers, content] = url.searchParams.has('sig')
            ? this.serve(request, decodeURIComponent(url.pathname), url.searchParams, body) : [403];
        response.writeHead(status, {
            'x-ms-request-id': '1', 'x-ms-version': '2021-08-06', ETag: '"1"',
            'Last-Modified': new Date().toUTCString(), ...headers,
        });
        response.end(content);
    }

    serve({ method, headers }, name, parameters, body) {
        switch (method) {
        case 'PUT':
            this.put(name, parameters, body);
            return [201];
        case 'DELETE':
            return [this.blobs.delete(name) ? 202 : 404];
        case 'HEAD':
            return this.size(this.blobs.get(name));
        case 'GET':
            return parameters.get('comp') === 'list' ? [200, {}, '<EnumerationResults/>']
                : this.range(this.blobs.get(name), headers['x-ms-range']);
        default:
            return [405];
        }
    }

    size(blob) {
        return blob ? [200, { 'Content-Length': blob.length }] : [404];
    }

    range(blob, range) {
        if (!blob) {
            return [404];
        }
        const [first, last] = range.replace('bytes=', '').split('-').map(Number);
        const part = blob.subarray(first, last + 1);
        const place = part.length ? `${first}-${first + part.length - 1}` : '*';
        return [part.length ? 206 : 416, { 'Content-Range': `bytes ${place}/${blob.length}` }, part];
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
