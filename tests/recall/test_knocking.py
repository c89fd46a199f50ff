"""Who let the house knock and was not back within a day hears once that a correction waits."""

import base64
import json
import os
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from uuid import UUID

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.test import Client

from factories import Made, a_public_post
from people import Person, client_for
from wardcast.accounts import browsers, devices, viewers
from wardcast.accounts.models import DeviceViewer, PushAddress, Viewer
from wardcast.platform import clock, config, webpush
from wardcast.platform.policy import Actor
from wardcast.recall import actions, knocking, ledger
from wardcast.recall.ledger import Exposed
from wardcast.recall.models import Cohort, Knock
from wardcast.recall.rules import Severity, Words

pytestmark = pytest.mark.django_db
WORDS = Words("Keep taking it.", "I said stop.", "Ask your pharmacist.", "I am sorry.")
DAY = timedelta(days=1)


def text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def raw(written: str) -> bytes:
    return base64.urlsafe_b64decode(written + "=" * (-len(written) % 4))


def derived(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, info).derive(secret)


@dataclass
class PushServer:
    """A browser and its maker's server in one: it takes what is pushed and reads it."""

    status: int = 201
    pushes: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    secret: bytes = field(default_factory=lambda: os.urandom(16))
    port: int = 0

    @property
    def point(self) -> bytes:
        return self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    def subscription(self, name: str = "a") -> dict[str, str]:
        return {
            "endpoint": f"http://127.0.0.1:{self.port}/push/{name}",
            "p256dh": text(self.point),
            "auth": text(self.secret),
        }

    def read(self, body: bytes) -> str:
        """Decrypts as a browser does (RFC 8188, 2, and RFC 8291, 3.4)."""
        salt, size, theirs = body[:16], int.from_bytes(body[16:20], "big"), body[21:86]
        assert (size, body[20]) == (4096, 65)
        shared = self.key.exchange(
            ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), theirs)
        )
        info = b"WebPush: info\0" + self.point + theirs
        key = derived(shared, self.secret, info, 32)
        plain = AESGCM(derived(key, salt, b"Content-Encoding: aes128gcm\0", 16)).decrypt(
            derived(key, salt, b"Content-Encoding: nonce\0", 12), body[86:], None
        )
        assert plain[-1] == 2
        return plain[:-1].decode()


@pytest.fixture
def local(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The house may push to this machine."""
    monkeypatch.setenv("WARDCAST_PUSH_LOCAL", "1")
    config.current.cache_clear()
    yield
    monkeypatch.undo()
    config.current.cache_clear()


@pytest.fixture
def server(local: None) -> Iterator[PushServer]:
    found = PushServer()

    class Taking(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            found.pushes.append((dict(self.headers), body))
            self.send_response(found.status)
            self.send_header("Location", "http://127.0.0.1:1/elsewhere")
            self.end_headers()

        def log_message(self, *args: Any) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Taking) as listening:
        found.port = listening.server_port
        thread = threading.Thread(target=listening.serve_forever)
        thread.start()
        yield found
        listening.shutdown()
        thread.join()


def opened(made: Made, **more: Any) -> UUID:
    severity = more.pop("severity", Severity.CORRECT)
    return actions.open_notice(made.author.actor, made.version_id, severity, WORDS, **more)


def served(made: Made, number: int) -> None:
    ledger.record([Exposed(made.serial, number, ledger.SERVED, clock.now())])


def allow(browser: Client, subscription: dict[str, str]) -> Any:
    return browser.post("/api/v1/push", subscription, "application/json")


def watching(made: Made, person: Person, server: PushServer) -> None:
    served(made, viewers.of_account(person.id))
    assert allow(client_for(person), server.subscription(person.handle)).json() == {"on": True}


def test_it_arrives_once_after_a_day_and_says_that_a_correction_waits(
    ana: Person, cleo: Person, server: PushServer, do_jobs: Callable[[], int]
) -> None:
    from wardcast.platform import jobs

    made = a_public_post(ana, "Inhalers")
    watching(made, cleo, server)
    opened(made)
    clock.advance(DAY - timedelta(minutes=1))
    assert knocking.knock(clock.now()) == 0
    clock.advance(timedelta(minutes=1))
    jobs.start_due(clock.now())
    do_jobs()
    ((headers, body),) = server.pushes
    assert server.read(body) == "A correction waits for you."
    assert headers["Content-Encoding"] == "aes128gcm"
    assert int(headers["TTL"]) > 0
    for _ in range(3):
        clock.advance(DAY)
        assert knocking.knock(clock.now()) == 0
    assert len(server.pushes) == 1


def test_the_push_server_sees_who_sends_it_and_that_it_is_for_itself(
    ana: Person, cleo: Person, server: PushServer
) -> None:
    made = a_public_post(ana)
    watching(made, cleo, server)
    opened(made)
    clock.advance(DAY)
    knocking.knock(clock.now())
    said = server.pushes[0][0]["Authorization"]
    assert said.startswith("vapid t=")
    token, _, key = said.removeprefix("vapid t=").partition(", k=")
    assert key == client_for().get("/api/v1/push").json()["key"]
    head, claims, signature = token.split(".")
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw(key))
    r, s = (int.from_bytes(raw(signature)[at : at + 32], "big") for at in (0, 32))
    public.verify(
        encode_dss_signature(r, s), f"{head}.{claims}".encode(), ec.ECDSA(hashes.SHA256())
    )
    assert json.loads(raw(claims))["aud"] == f"http://127.0.0.1:{server.port}"
    assert b"PRIVATE KEY" in (config.current().data / "keys" / "push.pem").read_bytes()


def a_guest() -> tuple[Client, int]:
    """A guest's browser, and the number of its device."""
    token = devices.new_token()
    viewer = Viewer.objects.create(kind=Viewer.Kind.DEVICE, created_at=clock.now())
    DeviceViewer.objects.create(
        token_hash=devices.digest(token), viewer=viewer, last_seen=clock.now()
    )
    browser = client_for()
    browser.cookies[devices.COOKIE] = token
    return browser, viewer.number


def test_a_guest_s_device_hears_it_too_and_its_address_lies_with_the_links(
    ana: Person, server: PushServer
) -> None:
    made = a_public_post(ana)
    browser, number = a_guest()
    served(made, number)
    assert allow(browser, server.subscription()).status_code == 200
    opened(made)
    clock.advance(DAY)
    assert knocking.knock(clock.now()) == 1
    assert server.read(server.pushes[0][1]) == knocking.WORDS
    assert PushAddress.database == "links"
    assert Knock.objects.get().viewer == number


def test_who_was_shown_it_or_never_asked_for_it_is_left_in_peace(
    ana: Person, ben: Person, cleo: Person, dev: Person, server: PushServer
) -> None:
    made = a_public_post(ana)
    watching(made, cleo, server)
    watching(made, ben, server)
    served(made, viewers.of_account(dev.id))
    notice = opened(made)
    actions.shown(cleo.actor, [notice])
    ended = client_for(ben).post(
        "/api/v1/push/end",
        {"endpoint": server.subscription("ben")["endpoint"]},
        "application/json",
    )
    assert ended.json() == {"on": False}
    clock.advance(DAY)
    assert knocking.knock(clock.now()) == 0
    assert server.pushes == []
    assert Cohort.objects.get().knocked_at is not None


def test_several_notices_at_once_are_one_knock(
    ana: Person, cleo: Person, server: PushServer
) -> None:
    for title in ("One", "Two"):
        made = a_public_post(ana, title)
        watching(made, cleo, server)
        opened(made)
    clock.advance(DAY)
    knocking.knock(clock.now())
    assert len(server.pushes) == 1
    assert Knock.objects.count() == 2


def test_a_server_that_is_busy_is_asked_again_and_a_browser_that_is_gone_is_forgotten(
    ana: Person, cleo: Person, server: PushServer
) -> None:
    made = a_public_post(ana)
    watching(made, cleo, server)
    opened(made)
    clock.advance(DAY)
    for status in (503, 429, 307):  # a redirect is not followed
        server.status = status
        assert knocking.knock(clock.now()) == 0
        assert not Knock.objects.exists()
    server.status = 410
    assert knocking.knock(clock.now()) == 0
    assert not PushAddress.objects.exists()
    assert len(server.pushes) == 4


def test_a_browser_is_one_viewer_s_at_a_time_and_a_viewer_has_ten(
    ben: Person, cleo: Person, server: PushServer
) -> None:
    for person in (ben, cleo):
        allow(client_for(person), server.subscription("shared"))
    assert browsers.of(ben.actor.viewers) == []
    assert len(browsers.of(cleo.actor.viewers)) == 1
    for number in range(12):
        clock.advance(timedelta(seconds=1))
        allow(client_for(cleo), server.subscription(str(number)))
    found = [each.endpoint.rpartition("/")[2] for each in browsers.of(cleo.actor.viewers)]
    assert found == [str(number) for number in range(2, 12)]


def test_who_watched_nothing_has_nothing_to_wait_for(server: PushServer) -> None:
    assert allow(client_for(), server.subscription()).json()["code"] == "nothing_watched"


def test_keys_that_no_browser_has_are_refused(cleo: Person, server: PushServer) -> None:
    good = server.subscription()
    for wrong in (
        {"p256dh": text(b"\x04" + bytes(64))},
        {"p256dh": "*"},
        {"auth": text(b"short")},
        {"endpoint": "ftp://127.0.0.1/"},
        {"endpoint": "x"},
    ):
        answer = allow(client_for(cleo), {**good, **wrong})
        assert answer.json()["code"] == "bad_endpoint", wrong


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://push.example.org/a",
        "https://push.example.org:8443/a",
        "https://user:word@push.example.org/a",
        "https://push.example.org/a b",
        "https://push.example.org/\r\nX: y",
        "//push.example.org/a",
        "https:///a",
        "file:///etc/passwd",
    ],
)
def test_an_address_that_is_not_plain_https_is_refused(endpoint: str, cleo: Person) -> None:
    answer = allow(client_for(cleo), {**PushServer().subscription(), "endpoint": endpoint})
    assert answer.json()["code"] == "bad_endpoint"


@pytest.mark.parametrize(
    "addresses",
    [
        ["127.0.0.1"], ["10.1.2.3"], ["169.254.169.254"], ["100.64.0.1"], ["0.0.0.0"], ["::1"],
        ["fd00::1"], ["fe80::1%lo"], ["::ffff:192.168.0.1"], ["64:ff9b::a00:1"], ["2002:a00:1::"],
        ["224.0.0.1"], ["93.184.215.14", "127.0.0.1"],
    ],
)  # fmt: skip
def test_a_name_that_means_a_machine_inside_is_never_talked_to(
    addresses: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def found(host: str, port: int, **more: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in addresses]

    def touched(*args: Any, **more: Any) -> None:
        raise AssertionError("a connection was made")

    monkeypatch.setattr(socket, "getaddrinfo", found)
    monkeypatch.setattr(socket, "create_connection", touched)
    to = webpush.Browser("https://push.example.org/a", PushServer().point, os.urandom(16))
    with pytest.raises(webpush.NotThere):
        webpush.send(to, knocking.WORDS)


def test_the_connection_goes_to_the_address_that_was_looked_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[Any] = []

    def found(host: str, port: int, **more: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.215.14", port))]

    def connect(where: Any, **more: Any) -> None:
        asked.append(where)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", found)
    monkeypatch.setattr(socket, "create_connection", connect)
    to = webpush.Browser("https://push.example.org/a", PushServer().point, os.urandom(16))
    with pytest.raises(webpush.Later):
        webpush.send(to, knocking.WORDS)
    assert asked == [("93.184.215.14", 443)]


def test_the_standard_s_own_example_comes_out_byte_for_byte() -> None:
    """RFC 8291, section 5 and appendix A."""
    once = ec.derive_private_key(
        int.from_bytes(raw("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"), "big"), ec.SECP256R1()
    )
    point = (
        "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
    )
    to = webpush.Browser("", raw(point), raw("BTBZMqHH6r4Tts7J_aSIgg"))
    body = webpush.encrypt(
        b"When I grow up, I want to be a watermelon", to, once, raw("DGv6ra1nlYgDCS1FRnbzlw")
    )
    assert text(body) == (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmY"
        "WAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexS"
        "gSxsj_Qulcy4a-fN"
    )


def test_who_erases_what_they_watched_is_forgotten_here_too(
    ana: Person, cleo: Person, server: PushServer
) -> None:
    made = a_public_post(ana)
    watching(made, cleo, server)
    opened(made)
    clock.advance(DAY)
    knocking.knock(clock.now())
    actions.erase(cleo.actor.viewers)
    assert not Knock.objects.exists()


def test_what_was_shown_on_a_linked_device_needs_no_knock(
    ana: Person, cleo: Person, server: PushServer
) -> None:
    made = a_public_post(ana)
    watching(made, cleo, server)
    notice = opened(made)
    _, device = a_guest()
    DeviceViewer.objects.filter(viewer=device).update(merged_into=viewers.of_account(cleo.id))
    actions.shown(Actor(viewer=device, viewers=cleo.actor.viewers), [notice])
    clock.advance(DAY)
    assert knocking.knock(clock.now()) == 0
