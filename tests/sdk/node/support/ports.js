// Ports of this machine: which are free, and such that lead to the hub.
'use strict';
const net = require('node:net');

function mayListen(host, port) {
    return new Promise((resolve) => {
        const server = net.createServer();
        server.once('error', () => resolve(false));
        server.listen(port, host, () => server.close(() => resolve(true)));
    });
}

function join(near, far) {
    near.pipe(far);
    near.on('error', () => far.destroy());
}

// Connections to `from` go on to `to`, unread. Resolves to its {port}, and close(), which cuts them.
async function forward(from, to) {
    const sockets = new Set();
    const server = net.createServer((near) => {
        const far = net.connect(to);
        join(near, far);
        join(far, near);
        sockets.add(near).add(far);
    });
    await new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(from, resolve);
    });
    const close = () => {
        server.close();
        sockets.forEach((socket) => socket.destroy());
    };
    return { port: server.address().port, close };
}

module.exports = { mayListen, forward };
