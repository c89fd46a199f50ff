"""The house as an authority of its own: a root certificate and one under it, EC P-256.

Made when they are first needed and kept beside the master key. A certificate and its key are one
file, so that two processes which make them at once end with the same pair.

Times are given from outside and are the machine's, since readers go by theirs.

Without a time-stamp nobody can tell when something was signed, so a reader holds a credential for
expired as soon as its certificate is. So the certificate is valid for ten years and renewed every
year: each credential can be checked for nine years at least.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from wardcast.platform import config
from wardcast.platform.files import replace_secret, write_secret

ROOT_YEARS: Final = 30
LEAF_YEARS: Final = 10
RENEWED_AFTER: Final = timedelta(days=365)
_YEAR: Final = timedelta(days=365)
_SKEW: Final = timedelta(days=1)
_LONGEST_NAME: Final = 64  # X.520
_PURPOSE: Final = "content credentials"


@dataclass(frozen=True, slots=True)
class Pair:
    """A certificate and its key."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    @property
    def pem(self) -> bytes:
        """Both, as they are kept."""
        private = self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        return private + self.certificate.public_bytes(Encoding.PEM)


def root(now: datetime) -> Pair:
    """The house's root, made now if there is none."""
    return _kept(_file("c2pa-root.pem"), lambda: _new_root(now))


def leaf(above: Pair, now: datetime) -> Pair:
    """The certificate that signs; renewed once it is a year old, or no longer names this house."""
    path = _file("c2pa-signer.pem")
    found = _kept(path, lambda: _new_leaf(above, now))
    if _is_stale(found.certificate, above.certificate, now):
        replace_secret(path, _new_leaf(above, now).pem)
        found = _read(path.read_bytes())
    return found


def _file(name: str) -> Path:
    return config.current().data / "keys" / name


def _kept(path: Path, make: Callable[[], Pair]) -> Pair:
    return _read(path.read_bytes() if path.exists() else write_secret(path, make().pem))


def _read(data: bytes) -> Pair:
    key = load_pem_private_key(data, password=None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)  # we wrote it
    return Pair(x509.load_pem_x509_certificate(data), key)


def _is_stale(found: x509.Certificate, above: x509.Certificate, now: datetime) -> bool:
    try:
        found.verify_directly_issued_by(above)
    except (InvalidSignature, ValueError):
        return True
    return found.not_valid_before_utc + _SKEW + RENEWED_AFTER <= now or found.subject != _named(
        f"Signs {_PURPOSE}"
    )


def _new_root(now: datetime) -> Pair:
    key = ec.generate_private_key(ec.SECP256R1())
    name = _named(f"Root for {_PURPOSE}")
    begun = _begun(name, name, key, now, ROOT_YEARS)
    uses = _uses(key_cert_sign=True, crl_sign=True)
    made = begun.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    return Pair(made.add_extension(uses, critical=True).sign(key, SHA256()), key)


def _new_leaf(above: Pair, now: datetime) -> Pair:
    """What C2PA asks of a certificate: a stated purpose, digital signatures alone, no authority."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = _named(f"Signs {_PURPOSE}")
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(above.key.public_key())
    made = (
        _begun(name, above.certificate.subject, key, now, LEAF_YEARS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_uses(digital_signature=True), critical=True)
        .add_extension(
            # Readers know this purpose by themselves, C2PA's own only where they are told of it.
            x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]),
            critical=False,
        )
        .add_extension(issuer, critical=False)
    )
    return Pair(made.sign(above.key, SHA256()), key)


def _begun(
    name: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    now: datetime,
    years: int,
) -> x509.CertificateBuilder:
    starts = now - _SKEW
    identifier = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(starts)
        .not_valid_after(starts + years * _YEAR)
        .add_extension(identifier, critical=False)
    )


def _named(purpose: str) -> x509.Name:
    host = f"Wardcast at {urlsplit(config.current().base_url).netloc}"
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, host[:_LONGEST_NAME]),
            x509.NameAttribute(NameOID.COMMON_NAME, purpose),
        ]
    )


def _uses(
    *, digital_signature: bool = False, key_cert_sign: bool = False, crl_sign: bool = False
) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=digital_signature,
        key_cert_sign=key_cert_sign,
        crl_sign=crl_sign,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
