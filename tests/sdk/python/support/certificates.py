"""Certificates of devices and their authorities, made with the openssl command for one run."""
import hashlib
import shutil
import ssl
import subprocess
import tempfile
from pathlib import Path

NEW_KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout")


def is_available():
    return shutil.which("openssl") is not None


def openssl(*words):
    subprocess.run(["openssl", *map(str, words)], check=True, capture_output=True)


def subject(name):
    return "-subj", "/CN=" + name.replace("/", "\\/")


class Certificate:
    """A certificate and its key, each a PEM file in a folder of their own."""

    def __init__(self, folder):
        place = Path(tempfile.mkdtemp(dir=folder))
        self.file = place / "cert.pem"
        self.key = place / "key.pem"

    @property
    def pem(self):
        return self.file.read_text()

    def thumbprint(self):
        return hashlib.sha1(ssl.PEM_cert_to_DER_cert(self.pem)).hexdigest().upper()

    def issue(self, name):
        """A certificate for a name, signed by this one, which is a CA's."""
        new = Certificate(self.file.parent)
        request = new.file.with_name("request.pem")
        openssl("req", "-new", *NEW_KEY, new.key, *subject(name), "-out", request)
        openssl("x509", "-req", "-in", request, "-days", 1, "-CA", self.file, "-CAkey", self.key,
                "-CAcreateserial", "-out", new.file)
        return new


def self_signed(folder, name):
    """Of a device, or of a CA: both are the same."""
    new = Certificate(folder)
    openssl("req", "-x509", "-days", 1, *NEW_KEY, new.key, *subject(name), "-out", new.file)
    return new
