"""What content credentials are signed with: the house's own certificate, or the operator's."""

import io
import stat
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier, Thread

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

import factories
from wardcast.gate import credentials
from wardcast.gate.credentials import Author, Statement
from wardcast.gate.edits import NO_EDITS
from wardcast.platform import config, signing

NOW = datetime.now(UTC)
YEAR = timedelta(days=365)
SAID = Statement("A title", Author("Ana", "@ana@house.example"), "", "", "", NO_EDITS)

House = Callable[..., Path]


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """Sets the environment of a house of its own, and answers its data folder."""

    def set_up(**environment: str) -> Path:
        monkeypatch.setenv("WARDCAST_DATA", str(tmp_path))
        for name, value in environment.items():
            monkeypatch.setenv(f"WARDCAST_{name}", value)
        config.current.cache_clear()
        return tmp_path

    yield set_up
    monkeypatch.undo()
    config.current.cache_clear()


def signed() -> io.BytesIO:
    out = io.BytesIO()
    signing.sign(io.BytesIO(factories.boxed(b"frames")), out, SAID)
    return out


def state(clip: io.BytesIO, root: str) -> str:
    found = credentials.read(clip, root)
    assert found is not None
    return found.state


def leaf() -> x509.Certificate:
    return x509.load_pem_x509_certificate(signing.signer().key.chain.encode())


def test_a_new_house_makes_its_own_root_and_certificate_for_its_owner_s_eyes_alone(
    house: House,
) -> None:
    keys = house(BASE_URL="https://clips.house.example") / "keys"
    assert signing.signer().name == "Wardcast at clips.house.example"
    assert state(signed(), signing.signer().root) == "Trusted"
    assert {path.name for path in keys.iterdir()} == {"c2pa-root.pem", "c2pa-signer.pem"}
    assert {stat.S_IMODE(path.stat().st_mode) for path in keys.iterdir()} == {0o600}
    assert stat.S_IMODE(keys.stat().st_mode) == 0o700
    assert "PRIVATE" not in signing.signer().root
    assert "PRIVATE" not in repr(signing.signer())


def test_the_root_signs_certificates_alone_and_the_certificate_clips_alone(house: House) -> None:
    house()
    root = x509.load_pem_x509_certificate(signing.signer().root.encode())
    may, shall = (each.extensions.get_extension_for_class(x509.KeyUsage) for each in (leaf(), root))
    assert (may.critical, may.value.digital_signature, may.value.key_cert_sign) == (
        True,
        True,
        False,
    )
    assert (shall.value.digital_signature, shall.value.key_cert_sign) == (False, True)
    ca = root.extensions.get_extension_for_class(x509.BasicConstraints).value
    assert (ca.ca, ca.path_length) == (True, 0)
    leaf().verify_directly_issued_by(root)


def test_many_that_begin_at_once_end_with_one_root(house: House) -> None:
    house()
    roots: list[str] = []
    chains: list[str] = []
    ready = Barrier(8)

    def begin() -> None:
        ready.wait()
        found = signing.signer()
        roots.append(found.root)
        chains.append(found.key.chain)

    threads = [Thread(target=begin) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(roots) == 8
    assert len(set(roots)) == len(set(chains)) == 1


def test_the_certificate_is_renewed_each_year_and_what_the_old_one_signed_stays_trusted(
    house: House,
) -> None:
    house()
    begun = NOW - 2 * YEAR
    old = signing.signer(begun)
    out = io.BytesIO()
    credentials.sign(io.BytesIO(factories.boxed(b"frames")), out, SAID, old.key)
    assert signing.signer(begun + YEAR - timedelta(days=1)).key == old.key
    new = signing.signer(NOW)
    assert new.key != old.key
    assert new.root == old.root
    assert old.ends_at - (begun + YEAR) > 8.9 * YEAR, (
        "each credential can be checked for nine years"
    )
    assert state(out, new.root) == "Trusted"
    assert signing.signer(NOW).key == new.key


def test_a_house_that_moves_signs_under_its_new_name_with_the_same_root(house: House) -> None:
    house(BASE_URL="https://old.example")
    old = signing.signer()
    house(BASE_URL="https://new.example")
    assert signing.signer().name == "Wardcast at new.example"
    assert signing.signer().root == old.root
    assert state(signed(), old.root) == "Trusted"


def test_a_certificate_that_another_root_has_signed_is_made_anew(house: House) -> None:
    keys = house() / "keys"
    old = signing.signer()
    (keys / "c2pa-root.pem").unlink()
    assert signing.signer().root != old.root
    assert state(signed(), signing.signer().root) == "Trusted"


Key = ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey | rsa.RSAPrivateKey


def bring(
    folder: Path, key: Key, *, ends: datetime = NOW + YEAR, other: Key | None = None
) -> dict[str, str]:
    """An operator's certificate under a root of theirs, as the settings name it; with `other` the
    key file holds another key."""
    above = ec.generate_private_key(ec.SECP256R1())
    root = certificate(above, "A root", above, "A root", ca=True, ends=NOW + 9 * YEAR)
    own = certificate(key, "St Elsewhere", above, "A root", ca=False, ends=ends)
    chain = b"".join(each.public_bytes(Encoding.PEM) for each in (own, root))
    cert, private = folder / "cert.pem", folder / "key.pem"
    cert.write_bytes(chain)
    private.write_bytes(
        (other or key).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    )
    return {"C2PA_CERT": str(cert), "C2PA_KEY": str(private)}


def certificate(
    key: Key, name: str, above: ec.EllipticCurvePrivateKey, issuer: str, *, ca: bool, ends: datetime
) -> x509.Certificate:
    def named(one: str) -> x509.Name:
        return x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, one)])

    uses = dict.fromkeys(
        "content_commitment key_encipherment data_encipherment key_agreement crl_sign "
        "encipher_only decipher_only".split(),
        False,
    )
    made = (
        x509.CertificateBuilder()
        .subject_name(named(name))
        .issuer_name(named(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - 3 * YEAR)
        .not_valid_after(ends)
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(digital_signature=not ca, key_cert_sign=ca, **uses), critical=True
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(above.public_key()), critical=False
        )
    )
    if not ca:
        purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION])
        made = made.add_extension(purpose, critical=False)
    return made.sign(above, SHA256())


@pytest.mark.parametrize(
    "key",
    [
        ec.generate_private_key(ec.SECP256R1()),
        ec.generate_private_key(ec.SECP384R1()),
        ed25519.Ed25519PrivateKey.generate(),
        rsa.generate_private_key(65537, 2048),
    ],
    ids=["P-256", "P-384", "Ed25519", "RSA"],
)
def test_an_operator_s_own_certificate_signs_instead(
    house: House, tmp_path: Path, key: Key
) -> None:
    keys = house(**bring(tmp_path, key)) / "keys"
    found = signing.signer()
    assert found.brought
    assert found.name == "St Elsewhere"
    clip = signed()
    assert state(clip, found.root) == "Trusted"
    assert state(clip, "") == "Valid"
    assert not keys.exists(), "the house made no certificate of its own"


def refusal() -> str:
    with pytest.raises(signing.CannotSign) as refused:
        signed()
    assert "wardcast doctor" in refused.value.detail
    assert "/" not in refused.value.detail, "paths are for the operator"
    return refused.value.because


def test_what_an_operator_brings_and_cannot_be_used_is_named(house: House, tmp_path: Path) -> None:
    key, other = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    house(**bring(tmp_path, key, other=other))
    assert "is not that of the key" in refusal()
    house(**bring(tmp_path, key, ends=NOW - timedelta(days=1)))
    assert "ended on" in refusal()
    house(**bring(tmp_path, ec.generate_private_key(ec.SECP256K1())))
    assert "curves" in refusal()
    house(C2PA_CERT=str(tmp_path / "none.pem"))
    assert "cannot be read" in refusal()
    house(C2PA_CERT="")
    assert "both" in refusal()


def test_a_certificate_that_readers_would_not_accept_signs_nothing(
    house: House, tmp_path: Path
) -> None:
    named = bring(tmp_path, key := ec.generate_private_key(ec.SECP256R1()))
    authority = certificate(key, "A root", key, "A root", ca=True, ends=NOW + YEAR)
    (tmp_path / "cert.pem").write_bytes(authority.public_bytes(Encoding.PEM))
    house(**named)
    assert refusal()


def test_a_time_stamp_authority_that_is_named_and_does_not_answer_stops_the_signing(
    house: House,
) -> None:
    house(C2PA_TIMESTAMPS="http://127.0.0.1:9/")
    assert refusal()
