"""Stands for Azure's blob storage, as far as a client needs it that writes a whole blob at once. Takes
any signature, but demands one."""
import base64
import ssl
import threading
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

ACCOUNT = "devstoreaccount1"
CONTAINER = "uploads"


class BlobStorage:
    def __init__(self, address, port):
        self.address = address
        self.port = port
        self.blobs = {}
        self.server = None

    def configuration(self):
        """Of the hub's --config file."""
        return {
            "endpoint": f"https://{self.address}:{self.port}/{ACCOUNT}",
            "container": CONTAINER,
            "accountKey": base64.b64encode(b"key of the storage account").decode(),
        }

    def start(self, folder):
        """With the certificate of the hub, which the clients trust already."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(folder / "server.pem", folder / "server.key")
        self.server = ThreadingHTTPServer((self.address, self.port), handler_of(self.blobs))
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self):
        if self.server:
            self.server.shutdown()
            self.server.server_close()

    def blob(self, name):
        return self.blobs.get(f"/{ACCOUNT}/{CONTAINER}/{name}")


def handler_of(blobs):
    class Handler(BaseHTTPRequestHandler):
        def do_PUT(self):
            url = urllib.parse.urlsplit(self.path)
            body = self.rfile.read(int(self.headers["Content-Length"]))
            signed = "sig" in urllib.parse.parse_qs(url.query)
            if signed:
                blobs[urllib.parse.unquote(url.path)] = body
            self.send_response(201 if signed else 403)
            self.end_headers()

        def log_message(self, *_):
            pass

    return Handler
