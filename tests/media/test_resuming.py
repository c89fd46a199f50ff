"""An upload breaks off and goes on: nothing acknowledged is lost, nothing lies open, one wins."""

import hashlib
import io
import random
from base64 import b64encode
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

import factories
from people import Person, client_for
from wardcast.media import uploads
from wardcast.media.models import Asset, Part, Upload
from wardcast.platform import clock, config, vault
from wardcast.platform.http import Conflict, NotFound, Refused
from wardcast.platform.models import VaultKey
from wardcast.posts import actions as posts
from wardcast.posts.models import Post

pytestmark = pytest.mark.django_db

Jobs = Callable[[], int]
TUS = "/api/v1/tus/"
BODY = "application/offset+octet-stream"


def clip(size: int = 300_000, seed: int = 1) -> bytes:
    """Bytes that begin like a clip, each time the same."""
    head = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom"
    return head + random.Random(seed).randbytes(size - len(head))


def metadata(name: str = "night round.mp4") -> str:
    return f"filename {b64encode(name.encode()).decode()},filetype dmlkZW8vbXA0,mine"


def create(client: Client, length: object, body: bytes = b"", **headers: str) -> Any:
    given = {
        "HTTP_TUS_RESUMABLE": "1.0.0",
        "HTTP_UPLOAD_LENGTH": str(length),
        "HTTP_UPLOAD_METADATA": metadata(),
        **headers,
    }
    kind = BODY if body else "application/octet-stream"
    return client.generic("POST", TUS, body, kind, **given)  # type: ignore[arg-type]


def send(client: Client, address: str, offset: object, body: bytes, **headers: str) -> Any:
    given = {"HTTP_TUS_RESUMABLE": "1.0.0", "HTTP_UPLOAD_OFFSET": str(offset), **headers}
    kind = headers.pop("kind", BODY)
    given.pop("kind", None)
    return client.generic("PATCH", address, body, kind, **given)  # type: ignore[arg-type]


def head(client: Client, address: str) -> Any:
    return client.head(address, HTTP_TUS_RESUMABLE="1.0.0")


def problem(answer: Any) -> tuple[int, str]:
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["Tus-Resumable"] == "1.0.0"
    body = answer.json()
    assert body["detail"].endswith(".")
    return answer.status_code, body["code"]


def nothing_stays() -> bool:
    rows = (Asset, Upload, Part, VaultKey, Post)
    return not any(each._default_manager.exists() for each in rows)


class Breaking(io.BytesIO):
    """A connection that breaks after so many bytes: by an error, or by an early end."""

    def __init__(self, data: bytes, after: int, error: type[OSError] | None = None) -> None:
        super().__init__(data[:after])
        self.error = error

    def read(self, size: int | None = -1) -> bytes:
        given = super().read(size)
        if not given and self.error:
            raise self.error
        return given


@pytest.fixture
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "PIECE", 100_000)


def opened(owner: Person, length: int) -> UUID:
    return uploads.begin(owner.id, "night.mp4", length).id


def kept(upload_id: UUID) -> bytes:
    return vault.read(Asset.objects.get(pk=upload_id).sealed_ref)


# The protocol


def test_the_protocol_says_what_it_speaks(ana: Person) -> None:
    answer = client_for(ana).options(TUS)
    assert answer.status_code == 204
    assert answer.headers["Tus-Resumable"] == "1.0.0"
    assert answer.headers["Tus-Version"] == "1.0.0"
    assert answer.headers["Tus-Max-Size"] == str(config.current().max_upload_bytes)
    assert set(answer.headers["Tus-Extension"].split(",")) == {
        "creation", "creation-with-upload", "checksum", "expiration", "termination",
    }  # fmt: skip
    assert {"sha1", "sha256"} <= set(answer.headers["Tus-Checksum-Algorithm"].split(","))


def test_an_upload_in_parts_ends_in_the_same_bytes_and_a_draft(ana: Person) -> None:
    client, data = client_for(ana), clip()
    made = create(client, len(data))
    assert made.status_code == 201
    assert made.headers["Upload-Offset"] == "0"
    address = made.headers["Location"]
    for start in range(0, len(data), 70_001):
        stands = head(client, address)
        assert stands.headers["Upload-Offset"] == str(start)
        assert stands.headers["Upload-Length"] == str(len(data))
        assert stands.headers["Upload-Metadata"] == metadata()
        assert stands.headers["Cache-Control"] == "no-store"
        assert stands.headers["Upload-Expires"].endswith(" GMT")
        answer = send(client, address, start, data[start : start + 70_001])
        assert answer.status_code == 204
        assert answer.headers["Tus-Resumable"] == "1.0.0"
    assert answer.headers["Upload-Offset"] == str(len(data))
    asset = Asset.objects.get()
    assert (asset.name, asset.size) == ("night round.mp4", len(data))
    assert asset.sha256 == hashlib.sha256(data).hexdigest()
    assert vault.read(asset.sealed_ref) == data
    assert vault.read(asset.sealed_ref, 69_990, 100) == data[69_990:70_090]
    assert Part.objects.count() == 0
    assert answer.headers["Wardcast-Post"] == str(Post.objects.get().pk)
    # A client that never got that answer asks, and learns how it ended.
    again = head(client, address)
    assert again.headers["Upload-Offset"] == str(len(data))
    assert again.headers["Wardcast-Post"] == str(Post.objects.get().pk)


def test_a_clip_that_came_in_parts_is_looked_at_and_rendered(ana: Person, do_jobs: Jobs) -> None:
    client, data = client_for(ana), factories.tiny_clip()
    address = create(client, len(data), data[:5000]).headers["Location"]
    send(client, address, 5000, data[5000:5001])
    answer = send(client, address, 5001, data[5001:])
    do_jobs()
    post = client.get(f"/api/v1/studio/posts/{answer.headers['Wardcast-Post']}").json()
    assert post["asset"]["state"] == "ready"
    assert post["way"][1]["state"] == "done"


def test_bytes_may_come_with_the_creation(ana: Person) -> None:
    data = clip()
    made = create(client_for(ana), len(data), data[:100_000])
    assert made.status_code == 201
    assert made.headers["Upload-Offset"] == "100000"
    whole = create(client_for(ana), len(data), data)
    assert whole.status_code == 201
    assert whole.headers["Wardcast-Post"] == str(Post.objects.get().pk)


def test_what_does_not_follow_the_protocol_is_refused_with_its_own_status(ana: Person) -> None:
    client, data = client_for(ana), clip()
    address = create(client, len(data)).headers["Location"]
    old = send(client, address, 0, data, HTTP_TUS_RESUMABLE="0.2.2")
    assert problem(old) == (412, "tus_version")
    assert old.headers["Tus-Version"] == "1.0.0"
    assert problem(send(client, address, 0, data, kind="application/json"))[0] == 415
    assert problem(send(client, address, 7, data[7:])) == (409, "wrong_offset")
    assert problem(send(client, address, "x", data)) == (400, "bad_header")
    assert problem(send(client, address, 0, data + b"!")) == (413, "more_than_declared")
    assert problem(create(client, "")) == (400, "bad_header")
    assert problem(create(client, 10**11)) == (413, "too_large")
    assert problem(create(client, 0)) == (422, "empty_file")
    assert problem(create(client, 9, HTTP_UPLOAD_METADATA="filename %%%")) == (400, "bad_header")
    assert problem(send(client, address, 0, data, HTTP_UPLOAD_CHECKSUM="md9 x"))[0] == 400
    assert head(client, address).headers["Upload-Offset"] == "0"
    assert head(client, f"{TUS}{UUID(int=7)}").status_code == 404


@pytest.mark.parametrize("kind", ["sha1", "sha256"])
def test_bytes_that_changed_on_their_way_are_not_kept(ana: Person, kind: str) -> None:
    client, data = client_for(ana), clip()
    address = create(client, len(data)).headers["Location"]
    part = data[:200_000]
    said = f"{kind} {b64encode(hashlib.new(kind, part).digest()).decode()}"
    wrong = send(client, address, 0, b"\0" * 4 + part[4:-1] + b"!", HTTP_UPLOAD_CHECKSUM=said)
    assert problem(wrong) == (460, "checksum_mismatch")
    assert head(client, address).headers["Upload-Offset"] == "0"
    assert send(client, address, 0, part, HTTP_UPLOAD_CHECKSUM=said).status_code == 204
    assert send(client, address, 200_000, data[200_000:]).status_code == 204
    assert Asset.objects.get().sha256 == hashlib.sha256(data).hexdigest()


def test_a_given_up_upload_leaves_nothing(ana: Person) -> None:
    client, data = client_for(ana), clip()
    address = create(client, len(data), data[:100_000]).headers["Location"]
    gone = client.delete(address, HTTP_TUS_RESUMABLE="1.0.0")
    assert gone.status_code == 204
    assert nothing_stays()
    assert problem(send(client, address, 100_000, data[100_000:]))[0] == 404


def test_a_post_may_stand_for_a_method_that_does_not_get_through(ana: Person) -> None:
    client, data = client_for(ana), clip()
    address = create(client, len(data)).headers["Location"]
    given = {
        "HTTP_TUS_RESUMABLE": "1.0.0", "HTTP_UPLOAD_OFFSET": "0",
        "HTTP_X_HTTP_METHOD_OVERRIDE": "PATCH",
    }  # fmt: skip
    answer = client.generic("POST", address, data, BODY, **given)  # type: ignore[arg-type]
    assert answer.status_code == 204
    assert Asset.objects.exists()


# Who


def test_an_upload_is_its_owners_alone(ana: Person, ines: Person, dev: Person) -> None:
    data = clip()
    address = create(client_for(ana), len(data), data[:100_000]).headers["Location"]
    for other, status in ((client_for(ines), 404), (client_for(dev), 404), (client_for(), 401)):
        assert head(other, address).status_code == status
        assert problem(send(other, address, 100_000, data[100_000:]))[0] == status
        assert problem(other.delete(address, HTTP_TUS_RESUMABLE="1.0.0"))[0] == status
    assert client_for(ines).get(TUS).json() == []
    assert head(client_for(ana), address).headers["Upload-Offset"] == "100000"


@pytest.mark.parametrize("who", ["cleo", "dev"])
def test_only_verified_clinicians_begin_one(who: str, request: pytest.FixtureRequest) -> None:
    person = request.getfixturevalue(who)
    assert problem(create(client_for(person), 100)) == (403, "not_allowed")
    assert problem(create(client_for(), 100)) == (401, "sign_in_first")


def test_sending_needs_the_pages_token(ana: Person) -> None:
    data = clip()
    address = create(client_for(ana), len(data)).headers["Location"]
    client = Client(enforce_csrf_checks=True)
    client.cookies = client_for(ana).cookies
    assert problem(send(client, address, 0, data)) == (403, "csrf_failed")
    client.get("/me")
    token = client.cookies["csrftoken"].value
    assert send(client, address, 0, data, HTTP_X_CSRFTOKEN=token).status_code == 204


# Breaks


@pytest.mark.parametrize("error", [None, ConnectionResetError])
def test_what_arrived_before_the_break_is_kept_to_the_byte(
    ana: Person, error: type[OSError] | None
) -> None:
    data = clip()
    upload_id = opened(ana, len(data))
    stands = uploads.append(upload_id, 0, len(data), Breaking(data, 123_457, error))
    assert stands.offset == 123_457
    assert uploads.view(upload_id).offset == 123_457
    done = uploads.append(upload_id, 123_457, len(data) - 123_457, io.BytesIO(data[123_457:]))
    assert done.finished
    assert kept(upload_id) == data


def test_a_break_within_a_promised_checksum_keeps_nothing_of_it(ana: Person) -> None:
    data = clip()
    upload_id = opened(ana, len(data))
    promised = uploads.Checksum(hashlib.sha1(), hashlib.sha1(data).digest())
    with pytest.raises(Refused) as refused:
        uploads.append(upload_id, 0, len(data), Breaking(data, 200_000), promised)
    assert refused.value.code == "upload_cut_off"
    assert uploads.view(upload_id).offset == 0


@pytest.mark.usefixtures("small_pieces")
def test_a_kill_loses_no_more_than_a_piece(ana: Person) -> None:
    class Killed(BaseException):
        pass

    class Dies(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            if self.tell() >= 250_000:
                raise Killed
            return super().read(size)

    data = clip()
    upload_id = opened(ana, len(data))
    with pytest.raises(Killed):
        uploads.append(upload_id, 0, len(data), Dies(data))
    assert uploads.view(upload_id).offset == 200_000
    uploads.append(upload_id, 200_000, 100_000, io.BytesIO(data[200_000:]))
    assert kept(upload_id) == data


@pytest.mark.parametrize("forgets", [True, False])
@pytest.mark.usefixtures("small_pieces")
def test_twenty_breaks_lose_no_byte_also_when_another_process_goes_on(
    ana: Person, forgets: bool
) -> None:
    data = clip(900_000)
    upload_id = opened(ana, len(data))
    chance = random.Random(3)
    at = 0
    for _ in range(20):
        after = chance.randrange(1, 40_000)
        at = uploads.append(upload_id, at, len(data) - at, Breaking(data[at:], after)).offset
        if forgets and chance.random() < 0.5:
            uploads._running.drop(upload_id)
    uploads.append(upload_id, at, len(data) - at, io.BytesIO(data[at:]))
    assert Asset.objects.get().sha256 == hashlib.sha256(data).hexdigest()
    assert kept(upload_id) == data


@pytest.mark.parametrize("last", [False, True])
def test_of_two_that_send_the_same_bytes_at_once_one_wins(ana: Person, last: bool) -> None:
    data = clip()
    upload_id = opened(ana, len(data))
    size = len(data) if last else 200_000

    class Overtaken(io.BytesIO):
        """Another sender brings the same bytes while these are read."""

        overtaken = False

        def read(self, n: int | None = -1) -> bytes:
            if not self.overtaken:
                self.overtaken = True
                uploads.append(upload_id, 0, size, io.BytesIO(data[:size]))
            return super().read(n)

    with pytest.raises(Conflict) as refused:
        uploads.append(upload_id, 0, size, Overtaken(data[:size]))
    assert refused.value.code == "wrong_offset"
    assert uploads.view(upload_id).offset == size
    if not last:
        uploads.append(upload_id, size, len(data) - size, io.BytesIO(data[size:]))
    assert kept(upload_id) == data
    files = list((config.current().vault / upload_id.hex).iterdir())
    assert len(files) == (1 if last else 3)


def test_what_is_given_up_while_bytes_come_stays_given_up(
    ana: Person, django_capture_on_commit_callbacks: Any
) -> None:
    data = clip()
    upload_id = opened(ana, len(data))

    class GivenUp(io.BytesIO):
        def read(self, n: int | None = -1) -> bytes:
            given = super().read(n)
            if not given or self.tell() > 150_000:
                with django_capture_on_commit_callbacks(execute=True):
                    uploads.forget(upload_id)
            return given

    with pytest.raises(NotFound):
        uploads.append(upload_id, 0, len(data), GivenUp(data))
    assert nothing_stays()


# Refused at the end


def test_what_is_no_clip_is_refused_with_its_first_bytes(ana: Person) -> None:
    client, text = client_for(ana), b"#EXTM3U\nfile:///etc/passwd\n" * 1000
    address = create(client, len(text)).headers["Location"]
    assert problem(send(client, address, 0, text[:5000])) == (422, "disguised_playlist")
    assert nothing_stays()


def test_what_comes_in_crumbs_is_judged_too(ana: Person) -> None:
    client, text = client_for(ana), b"Dear diary, " * 1000
    address = create(client, len(text)).headers["Location"]
    for start in range(0, 3000, 1000):
        assert send(client, address, start, text[start : start + 1000]).status_code == 204
    assert problem(send(client, address, 3000, text[3000:])) == (422, "not_a_video")
    assert nothing_stays()


def test_the_same_file_again_leads_to_the_first_post_whichever_way_it_came(ana: Person) -> None:
    client, data = client_for(ana), clip()
    first = client.put("/api/v1/uploads?name=a.mp4", data, "application/octet-stream").json()
    address = create(client, len(data), data[:100_000]).headers["Location"]
    again = send(client, address, 100_000, data[100_000:])
    assert problem(again) == (422, "duplicate_upload")
    assert again.json()["post_id"] == first["post_id"]
    assert Asset.objects.count() == 1
    assert not Upload.objects.exists()
    assert VaultKey.objects.count() == 1


def test_what_fails_at_the_end_can_be_sent_on_again(ana: Person) -> None:
    data = clip()
    upload_id = opened(ana, len(data))

    def broken(asset_id: UUID) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        uploads.append(upload_id, 0, len(data), io.BytesIO(data), None, broken)
    assert uploads.view(upload_id).offset == 0
    assert uploads.append(upload_id, 0, len(data), io.BytesIO(data)).finished


# Secret


def test_no_plaintext_of_what_is_unfinished_lies_on_the_disk(
    ana: Person, data_folder: Path
) -> None:
    data = clip()
    for start in (0, 100_000):
        data = data[: start + 500] + b"Harold Okafor bed seven" + data[start + 523 :]
    upload_id = opened(ana, len(data))
    uploads.append(upload_id, 0, 150_000, io.BytesIO(data))
    uploads.append(upload_id, 150_000, 150_000, Breaking(data[150_000:], 70_000))
    files = [path for path in (data_folder / "vault").rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) > 220_000
    for path in files:
        content = path.read_bytes()
        assert b"Okafor" not in content, path
        assert b"ftyp" not in content, path


def test_a_deleted_draft_takes_its_parts_along(
    ana: Person, do_jobs: Jobs, django_capture_on_commit_callbacks: Any
) -> None:
    client, data = client_for(ana), clip()
    address = create(client, len(data), data[:100_000]).headers["Location"]
    post_id = send(client, address, 100_000, data[100_000:]).headers["Wardcast-Post"]
    folder = config.current().vault / UUID(address.rpartition("/")[2]).hex
    assert len(list(folder.iterdir())) == 3
    with django_capture_on_commit_callbacks(execute=True):
        posts.delete(UUID(post_id), ana.id)
    assert not folder.exists()
    assert not Upload.objects.exists()
    assert head(client, address).status_code == 404


# How many, how long


def test_somebody_has_so_many_open_and_no_more(ana: Person, ines: Person) -> None:
    client = client_for(ana)
    for _ in range(config.current().open_uploads):
        assert create(client, 1000).status_code == 201
    refused = create(client, 1000)
    assert problem(refused) == (429, "too_many_uploads")
    assert "discard" in refused.json()["detail"]
    assert create(client_for(ines), 1000).status_code == 201
    client.delete(f"{TUS}{Upload.objects.filter(owner=ana.id)[0].pk}", HTTP_TUS_RESUMABLE="1.0.0")
    assert create(client, 1000).status_code == 201


def test_what_is_open_is_bounded_in_bytes_too(ana: Person) -> None:
    client, large = client_for(ana), config.current().max_upload_bytes
    for _ in range(config.current().open_upload_bytes // large):
        assert create(client, large).status_code == 201
    assert problem(create(client, large)) == (413, "uploads_too_large")


def test_what_nobody_goes_on_with_is_destroyed(ana: Person, do_jobs: Jobs) -> None:
    client, data = client_for(ana), clip()
    address = create(client, len(data), data[:100_000]).headers["Location"]
    hours = config.current().upload_hours
    clock.advance(timedelta(hours=hours - 1))
    send(client, address, 100_000, data[100_000:200_000])
    clock.advance(timedelta(hours=2))
    do_jobs()
    assert head(client, address).headers["Upload-Offset"] == "200000"
    clock.advance(timedelta(hours=hours))
    assert client.get(TUS).json() == []
    assert head(client, address).status_code == 410
    assert problem(send(client, address, 200_000, data[200_000:])) == (410, "upload_expired")
    do_jobs()
    assert nothing_stays()
    assert head(client, address).status_code == 404


def test_what_breaks_have_left_beside_a_finished_one_is_swept(ana: Person, do_jobs: Jobs) -> None:
    data = clip()
    upload_id = opened(ana, len(data))
    uploads.append(upload_id, 0, 100_000, io.BytesIO(data))
    vault.seal_part(upload_id, io.BytesIO(b"killed before it was counted"), [])
    uploads.append(upload_id, 100_000, 200_000, io.BytesIO(data[100_000:]))
    folder = config.current().vault / upload_id.hex
    assert len(list(folder.iterdir())) == 4
    clock.advance(timedelta(hours=config.current().upload_hours, minutes=1))
    do_jobs()
    assert len(list(folder.iterdir())) == 3
    assert kept(upload_id) == data
    assert not Upload.objects.exists()


def test_the_list_of_what_can_go_on_is_the_owners(ana: Person) -> None:
    client, data = client_for(ana), clip()
    create(client, len(data), data[:100_000])
    create(client, len(data))
    (one,) = client.get(TUS).json()
    assert (one["name"], one["offset"], one["length"]) == ("night round.mp4", 100_000, len(data))
