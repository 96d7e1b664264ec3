"""Stands for Azure's blob storage: over HTTPS for devices, which write whole blobs, and over HTTP for the
hub's exports and imports, which write blocks and read ranges. Takes any signature, but demands one."""
import base64
import re
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
        self.servers = []

    def configuration(self):
        """Of the hub's --config file."""
        return {
            "endpoint": f"https://{self.address}:{self.port}/{ACCOUNT}",
            "container": CONTAINER,
            "accountKey": base64.b64encode(b"key of the storage account").decode(),
        }

    def start(self, folder):
        """HTTPS with the certificate of the hub, which the clients trust already."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(folder / "server.pem", folder / "server.key")
        secure = ThreadingHTTPServer((self.address, self.port), handler_of(self.blobs))
        secure.socket = context.wrap_socket(secure.socket, server_side=True)
        plain = ThreadingHTTPServer((self.address, 0), handler_of(self.blobs))
        self.servers = [secure, plain]
        for server in self.servers:
            threading.Thread(target=server.serve_forever, daemon=True).start()

    def stop(self):
        for server in self.servers:
            server.shutdown()
            server.server_close()
        self.servers = []

    def blob(self, name, container=CONTAINER):
        return self.blobs.get(f"/{ACCOUNT}/{container}/{name}")

    def put_blob(self, name, content, container):
        self.blobs[f"/{ACCOUNT}/{container}/{name}"] = content

    def container_uri(self, container):
        """Of a container that a shared access signature opens."""
        port = self.servers[1].server_address[1]
        return f"http://{self.address}:{port}/{ACCOUNT}/{container}?sv=2020-10-02&sp=rwdl&sig=any"


def handler_of(blobs):
    blocks = {}

    class Handler(BaseHTTPRequestHandler):
        def parse(self):
            """The path and the query, where there is a signature in it."""
            url = urllib.parse.urlsplit(self.path)
            query = urllib.parse.parse_qs(url.query)
            if "sig" not in query:
                self.answer(403)
                return None, None
            return urllib.parse.unquote(url.path), query

        def answer(self, status, body=b"", **headers):
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name.replace("_", "-"), value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_PUT(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            path, query = self.parse()
            if path is None:
                return
            operation = query.get("comp", [""])[0]
            if operation == "block":
                blocks[path, query["blockid"][0]] = body
            elif operation == "blocklist":
                names = re.findall("<Latest>(.*?)</Latest>", body.decode())
                blobs[path] = b"".join(blocks.pop((path, name)) for name in names)
            else:
                blobs[path] = body
            self.answer(201)

        def do_GET(self):
            path, query = self.parse()
            if path is None:
                return
            if query.get("comp") == ["list"]:
                self.answer(200, b"<EnumerationResults/>")
            elif path not in blobs:
                self.answer(404)
            else:
                self.answer_range(blobs[path])

        def answer_range(self, blob):
            first, last = map(int, self.headers["x-ms-range"].split("=")[1].split("-"))
            part = blob[first:last + 1]
            if part:
                end = first + len(part) - 1
                self.answer(206, part, Content_Range=f"bytes {first}-{end}/{len(blob)}")
            else:
                self.answer(416, Content_Range=f"bytes */{len(blob)}")

        def do_DELETE(self):
            path, _ = self.parse()
            if path is not None:
                self.answer(202 if blobs.pop(path, None) is not None else 404)

        def log_message(self, *_):
            pass

    return Handler
