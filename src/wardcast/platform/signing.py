"""Signing content credentials: with the certificate that the operator has named
(`WARDCAST_C2PA_CERT`, `WARDCAST_C2PA_KEY`), else with the house's own (`platform.authority`)."""

import io
import logging
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Final

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import NameOID

from wardcast.gate import credentials
from wardcast.gate.credentials import Author, Signed, SigningKey, Statement
from wardcast.gate.edits import NO_EDITS
from wardcast.gate.errors import GateBroken
from wardcast.platform import authority, config
from wardcast.platform.http import Unavailable

_LOG = logging.getLogger("wardcast.signing")
_LEAST: Final = b"\0\0\0\x10ftypisom\0\0\2\0\0\0\0\x08moov\0\0\0\x09mdat\0"
_NOTHING: Final = Statement("", Author("", ""), "", "", "", NO_EDITS)
_CURVES: Final = {"secp256r1": "es256", "secp384r1": "es384", "secp521r1": "es512"}
_Private = ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey | rsa.RSAPrivateKey


class CannotSign(Unavailable):
    """Nothing can be signed now. `because` says why and what to do: it names paths and may quote
    the tool, and is for the operator alone."""

    def __init__(self, because: str) -> None:
        super().__init__(
            "cannot_sign",
            "This house cannot sign clips now, so nothing was published or made. Ask whoever runs "
            "it to call `wardcast doctor`, which says why.",
        )
        self.because = because


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs here. `name` is what readers show; `root` the certificate (PEM) by which others
    come to trust it; `brought` whether it is the operator's."""

    key: SigningKey
    name: str
    root: str
    ends_at: datetime
    brought: bool


def sign(source: BinaryIO, out: BinaryIO, statement: Statement) -> Signed:
    """Writes the MP4 in `source` to `out` with a credential, and reads that back. Raises
    `CannotSign`."""
    by = signer()
    try:
        signed = credentials.sign(source, out, statement, by.key)
        found = credentials.read(out, by.root)
    except GateBroken as broken:
        _LOG.error("a clip could not be signed: %s", broken.log)
        raise CannotSign(broken.log) from broken
    if found is None or not found.whole:
        problems = ", ".join(found.problems) if found else "it is not there"
        _LOG.error("a credential did not stand the test: %s", problems)
        raise CannotSign(f"Readers do not accept what this certificate signs: {problems}.")
    out.seek(0)
    return signed


def try_out() -> Signer:
    """Signs the smallest MP4 that there is, and answers who did. Raises `CannotSign`."""
    sign(io.BytesIO(_LEAST), io.BytesIO(), _NOTHING)
    return signer()


def signer(now: datetime | None = None) -> Signer:
    """What is signed with now, by the machine's clock. Raises `CannotSign`."""
    house, now = config.current(), now or datetime.now(UTC)
    if house.c2pa_cert or house.c2pa_key:
        return _brought(house.c2pa_cert, house.c2pa_key, now)
    root = authority.root(now)
    own = authority.leaf(root, now)
    return _signer([own.certificate], own.key, root.certificate, brought=False)


def _brought(cert: Path | None, key: Path | None, now: datetime) -> Signer:
    if cert is None or key is None:
        raise CannotSign("Set both WARDCAST_C2PA_CERT and WARDCAST_C2PA_KEY, or neither.")
    try:
        chain = x509.load_pem_x509_certificates(cert.read_bytes())
        private = load_pem_private_key(key.read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as error:
        raise CannotSign(
            f"{cert} and {key} cannot be read as certificates and their key, in PEM and without a "
            f"password: {error}"
        ) from error
    if chain[0].public_key() != private.public_key():
        raise CannotSign(f"The first certificate in {cert} is not that of the key in {key}.")
    if (ended := chain[0].not_valid_after_utc) <= now:
        raise CannotSign(f"The certificate in {cert} ended on {ended:%d %b %Y}. Renew it.")
    if not isinstance(private, _Private):
        raise CannotSign(f"C2PA knows EC, Ed25519 and RSA keys; {key} is none of these.")
    return _signer(chain, private, chain[-1], brought=True)


def _signer(
    chain: list[x509.Certificate], private: _Private, root: x509.Certificate, *, brought: bool
) -> Signer:
    secret = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    key = SigningKey(
        chain="".join(_pem(each) for each in chain),
        private=secret.decode(),
        algorithm=_algorithm(private),
        timestamps=config.current().c2pa_timestamps,
    )
    return Signer(key, _called(chain[0]), _pem(root), chain[0].not_valid_after_utc, brought)


def _algorithm(private: _Private) -> str:
    if isinstance(private, ed25519.Ed25519PrivateKey):
        return "ed25519"
    if isinstance(private, rsa.RSAPrivateKey):
        return "ps256"
    if private.curve.name not in _CURVES:
        raise CannotSign("C2PA knows the curves P-256, P-384 and P-521 only.")
    return _CURVES[private.curve.name]


def _called(certificate: x509.Certificate) -> str:
    subject = certificate.subject
    for oid in (NameOID.ORGANIZATION_NAME, NameOID.COMMON_NAME):
        if found := subject.get_attributes_for_oid(oid):
            return str(found[0].value)
    return subject.rfc4514_string()


def _pem(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(Encoding.PEM).decode()
