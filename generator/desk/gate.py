"""The gate: who may speak to the desk, by which name, and what answers a browser may do."""

from __future__ import annotations

import secrets
import socket
import threading
from dataclasses import dataclass, field

COOKIE = "cunwu-lan"
_OWN = frozenset({"127.0.0.1", "::1"})
# Nothing from elsewhere, nothing written into a page, nothing that stays in the browser: what a page needs
# comes from this machine.
_POLICY = (
    "default-src 'self'; img-src 'self' data:; style-src 'self'{styles}; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'self'; worker-src 'none'"
)
HEADERS = {
    "Content-Security-Policy": _POLICY.format(styles=""),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
# Charts of the printed pages carry their measures as styles.
PREVIEW_POLICY = _POLICY.format(styles=" 'unsafe-inline'")


@dataclass(slots=True)
class Gate:
    """Lets this machine in, and others only with a token that is good for one use, then with their cookie.

    ``lan`` is the address by which others in the same network reach this machine, "" when they may not.
    """

    port: int
    lan: str = ""
    _token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    _passes: set[str] = field(default_factory=set)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def invitation(self) -> str:
        """Return the address for the next device, "" when none may come."""
        return f"http://{self.lan}:{self.port}/?token={self._token}" if self.lan else ""

    def knows_host(self, host: str) -> bool:
        """Return whether ``host`` is a name of this desk: any other means that a page is trying its luck."""
        names = ["127.0.0.1", "localhost", *([self.lan] if self.lan else [])]
        return host in {f"{name}:{self.port}" for name in names}

    def is_own(self, address: str | None) -> bool:
        """Return whether a request comes from this machine."""
        return address in _OWN

    def admits(self, address: str | None, cookie: str) -> bool:
        """Return whether a request may pass as it is."""
        if self.is_own(address):
            return True
        return bool(self.lan) and any(secrets.compare_digest(cookie, known) for known in self._passes)

    def redeem(self, token: str) -> str | None:
        """Return a cookie for a token, which is used up by that; None when it is not the right one."""
        with self._lock:
            if not self.lan or not secrets.compare_digest(token.encode(), self._token.encode()):
                return None
            self._token = secrets.token_urlsafe(24)
            cookie = secrets.token_urlsafe(24)
            self._passes.add(cookie)
            return cookie


def lan_address() -> str:
    """Return the address of this machine in its network, "" where it has none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            # An address for documentation: nothing is sent, the system only says from where it would be.
            probe.connect(("192.0.2.1", 9))
            own = str(probe.getsockname()[0])
        except OSError:
            return ""
    return "" if own.startswith("127.") else own


def free_port(wanted: int, hosts: list[str]) -> int:
    """Return ``wanted`` when it is free on all ``hosts``, else a port that is."""
    for candidate in (wanted, 0, 0, 0):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            try:
                probe.bind((hosts[0], candidate))
                port = int(probe.getsockname()[1])
            except OSError:
                continue
        if all(_is_free(host, port) for host in hosts[1:]):
            return port
    return wanted


def _is_free(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True
