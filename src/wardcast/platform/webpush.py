"""Web push: a few words to a browser by way of its maker's server, which cannot read them.

    encrypt   RFC 8291 (aes128gcm of RFC 8188), with `cryptography`'s primitives
    sign      RFC 8292 (VAPID), with a key of the house's own beside the master key
    send      to an address that a browser gave, and so anybody could have written

The last is why only https to public addresses is talked to: the name is looked up once, each of
its addresses must be public, and the connection goes to what was looked up, so that a name cannot
mean another machine a moment later. Redirects are not followed.
"""

import base64
import http.client
import ipaddress
import json
import os
import socket
import ssl
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from wardcast.platform import config
from wardcast.platform.files import write_secret

LONGEST_ADDRESS: Final = 1000
_RECORD: Final = 4096
_LAST: Final = b"\x02"
_CURVE: Final = ec.SECP256R1()
_TTL_S: Final = 3 * 86_400
_JWT_S: Final = 12 * 3600
_TIMEOUT_S: Final = 10.0
_WHOLE_S: Final = 20.0
_GONE: Final = frozenset({400, 403, 404, 410})  # no such browser, or one that gave another key


@dataclass(frozen=True, slots=True)
class Browser:
    """Where a browser is reached, and what is encrypted for it: its public point (65 bytes) and its
    secret (16 bytes)."""

    endpoint: str
    point: bytes
    secret: bytes


class NotThere(Exception):
    """What was given is no browser's address that this house talks to."""


class Later(Exception):
    """The push server did not take it now and may later."""


class Gone(Exception):
    """The push server knows this browser no more."""


def public_key() -> str:
    """What browsers know this house by, in base64url."""
    return _text(_point(_own().public_key()))


def browser(endpoint: str, point: str, secret: str) -> Browser:
    """A browser from what it said of itself; raises `NotThere` for what none says."""
    _address(endpoint)
    try:
        made = Browser(endpoint, _bytes(point), _bytes(secret))
        ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, made.point)
    except ValueError as error:
        raise NotThere("no key of a browser") from error
    if len(made.point) != 65 or len(made.secret) != 16:
        raise NotThere("no key of a browser")
    return made


def send(to: Browser, words: str) -> None:
    """Sends a few words; raises `Gone`, `Later`, or `NotThere` where it leads to no public host."""
    scheme, host, port = _address(to.endpoint)
    where = _looked_up(host, port)
    body = encrypt(words.encode(), to, ec.generate_private_key(_CURVE), os.urandom(16))
    headers = {
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(_TTL_S),
        "Urgency": "normal",
        "Topic": "owed",
        "Authorization": f"vapid t={_token(to.endpoint)}, k={public_key()}",
    }
    parts = urlsplit(to.endpoint)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    line = _Line(scheme, host, port, where)
    watch = threading.Timer(_WHOLE_S, line.cut)  # a byte now and then would keep it waiting
    watch.start()
    try:
        line.request("POST", path, body, headers)
        status = line.getresponse().status
    except (OSError, http.client.HTTPException) as error:
        raise Later(type(error).__name__) from error
    finally:
        watch.cancel()
        line.close()
    if status in _GONE:
        raise Gone(str(status))
    if not 200 <= status < 300:
        raise Later(str(status))


def encrypt(words: bytes, to: Browser, once: ec.EllipticCurvePrivateKey, salt: bytes) -> bytes:
    """The body of a push (RFC 8291, 3.4). `once` and `salt` are of this message alone."""
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, to.point)
    ours = _point(once.public_key())
    shared = once.exchange(ec.ECDH(), theirs)
    key = _derived(shared, to.secret, b"WebPush: info\0" + to.point + ours, 32)
    content = AESGCM(_derived(key, salt, b"Content-Encoding: aes128gcm\0", 16))
    nonce = _derived(key, salt, b"Content-Encoding: nonce\0", 12)
    head = salt + _RECORD.to_bytes(4, "big") + bytes([len(ours)]) + ours
    return head + content.encrypt(nonce, words + _LAST, None)


class _Line(http.client.HTTPConnection):
    """A connection to an address that was looked up before, with TLS for the name."""

    def __init__(self, scheme: str, host: str, port: int, where: str) -> None:
        super().__init__(host, port, timeout=_TIMEOUT_S)
        self._where = where
        self._tls = scheme == "https"

    def connect(self) -> None:
        sock = socket.create_connection((self._where, self.port), timeout=_TIMEOUT_S)
        if self._tls:
            sock = ssl.create_default_context().wrap_socket(sock, server_hostname=self.host)
        self.sock = sock

    def cut(self) -> None:
        """Ends a connection, whatever it waits for."""
        with suppress(OSError, AttributeError):  # it has not begun, or it is over
            self.sock.shutdown(socket.SHUT_RDWR)


def _address(endpoint: str) -> tuple[str, str, int]:
    """Scheme, host and port of an endpoint; raises `NotThere`."""
    try:
        parts = urlsplit(endpoint)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise NotThere("no address") from error
    plain = not endpoint.isascii() or any(each <= " " for each in endpoint)
    if plain or len(endpoint) > LONGEST_ADDRESS or not host or parts.username is not None:
        raise NotThere("no address")
    if config.current().push_local and parts.scheme == "http":
        return "http", host, port or 80
    if parts.scheme != "https" or port not in (None, 443):
        raise NotThere("not https")
    return "https", host, 443


def _looked_up(host: str, port: int) -> str:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Later("no such name") from error
    addresses = [str(each[4][0]) for each in found]
    if not config.current().push_local and not all(is_public(each) for each in addresses):
        raise NotThere("not public")
    return addresses[0]


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet, also where one is written in another."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour
        if inner is not None and not is_public(str(inner)):
            return False
        if found in ipaddress.ip_network("64:ff9b::/96"):
            return is_public(str(ipaddress.IPv4Address(int(found) & 0xFFFF_FFFF)))
        if found.teredo is not None or found.is_site_local:
            return False
    return found.is_global and not found.is_multicast and not found.is_reserved


def _token(endpoint: str) -> str:
    parts = urlsplit(endpoint)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int(time.time()) + _JWT_S,  # others read it by their clock, not by a simulation's
        "sub": config.current().base_url,
    }
    head = {"typ": "JWT", "alg": "ES256"}
    signed = ".".join(_text(json.dumps(each).encode()) for each in (head, claims))
    r, s = decode_dss_signature(_own().sign(signed.encode(), ec.ECDSA(hashes.SHA256())))
    return f"{signed}.{_text(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"


def _own() -> ec.EllipticCurvePrivateKey:
    path = config.current().data / "keys" / "push.pem"
    data = path.read_bytes() if path.exists() else write_secret(path, _new_key())
    key = serialization.load_pem_private_key(data, password=None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)  # we wrote it
    return key


def _new_key() -> bytes:
    return ec.generate_private_key(_CURVE).private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def _derived(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, info).derive(secret)


def _point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
