"""Ports of this machine: which are free, and such that lead to the hub."""
import contextlib
import socket
import socketserver
import threading


def may_listen(host, port):
    with socket.socket() as one:
        try:
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            one.bind((host, port))
            one.listen()
            return True
        except OSError:
            return False


def pump(source, sink):
    with contextlib.suppress(OSError):
        while True:
            data = source.recv(65536)
            if not data:
                break
            sink.sendall(data)
        sink.shutdown(socket.SHUT_WR)


class Passage(socketserver.BaseRequestHandler):
    def handle(self):
        with socket.create_connection(self.server.leads_to) as far:
            back = threading.Thread(target=pump, args=(far, self.request), daemon=True)
            back.start()
            pump(self.request, far)
            back.join()


class Door(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


@contextlib.contextmanager
def forward(place, leads_to):
    """Connections to (host, port) `place` go on to `leads_to`, unread. They have to end before this does."""
    with Door(place, Passage) as door:
        door.leads_to = leads_to
        threading.Thread(target=door.serve_forever, daemon=True).start()
        try:
            yield
        finally:
            door.shutdown()
