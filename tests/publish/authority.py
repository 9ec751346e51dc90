"""A throw-away authority for time stamps: OpenSSL behind a small web server on this machine."""

from __future__ import annotations

import http.server
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_CONFIG = """
[req]
distinguished_name=dn
[dn]
[ca]
basicConstraints=critical,CA:TRUE
[tsa]
basicConstraints=CA:FALSE
keyUsage=critical,digitalSignature
extendedKeyUsage=critical,timeStamping
[stamping]
serial=serial
signer_cert=tsa.pem
signer_key=tsa.key
certs=ca.pem
signer_digest=sha256
default_policy=1.2.3.4.1
digests=sha256
ess_cert_id_alg=sha256
"""


class Authority:
    """Certificates in ``folder``; ``ca`` is what vouches for them."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.folder, self.ca = folder, folder / "ca.pem"
        (folder / "tsa.cnf").write_text(_CONFIG, encoding="utf-8")
        (folder / "serial").write_text("01\n", encoding="utf-8")
        key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-config", "tsa.cnf")
        self._run(
            *("req", "-x509", *key, "-keyout", "ca.key", "-out", "ca.pem"),
            *("-days", "30", "-subj", "/CN=ca", "-extensions", "ca"),
        )
        self._run("req", *key, "-keyout", "tsa.key", "-out", "tsa.csr", "-subj", "/CN=tsa")
        self._run(
            *("x509", "-req", "-in", "tsa.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial"),
            *("-out", "tsa.pem", "-days", "30", "-extfile", "tsa.cnf", "-extensions", "tsa"),
        )

    def stamp(self, query: bytes) -> bytes:
        """Return the authority's answer to a question."""
        (self.folder / "query").write_bytes(query)
        files = ("-queryfile", "query", "-out", "reply")
        self._run("ts", "-reply", "-config", "tsa.cnf", "-section", "stamping", *files)
        return (self.folder / "reply").read_bytes()

    def _run(self, *arguments: str) -> None:
        subprocess.run(["openssl", *arguments], cwd=self.folder, check=True, capture_output=True)

    @contextmanager
    def served(self) -> Iterator[str]:
        """Yield the address at which the authority answers."""
        authority = self

        class Answering(http.server.BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                assert self.headers["Content-Type"] == "application/timestamp-query"
                reply = authority.stamp(self.rfile.read(int(self.headers["Content-Length"])))
                self.send_response(200)
                self.send_header("Content-Type", "application/timestamp-reply")
                self.end_headers()
                self.wfile.write(reply)

            def log_message(self, format: str, *arguments: object) -> None:
                pass

        with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
            thread = threading.Thread(target=server.serve_forever, daemon=True)
            thread.start()
            yield f"http://127.0.0.1:{server.server_port}/"
            server.shutdown()
            thread.join()
