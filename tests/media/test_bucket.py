"""Public clips in a bucket: there whole before anything leads to them, and gone when taken back."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest

import buckets
import factories
from buckets import Service
from people import Person, client_for
from wardcast.media import queries
from wardcast.media.models import Publication
from wardcast.platform import clock, config, storage
from wardcast.platform.config import Bucket, bucket_named
from wardcast.platform.http import Unavailable
from wardcast.platform.models import Job
from wardcast.posts import actions
from wardcast.posts.values import Published

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

Jobs = Callable[[], int]


@pytest.fixture
def service() -> Iterator[Service]:
    with pytest.MonkeyPatch.context() as patch, buckets.a_bucket(patch) as running:
        yield running


def folder_of(made: factories.Made) -> str:
    return Publication.objects.get(version_id=made.version_id).folder


def in_bucket(service: Service, folder: str) -> set[str]:
    start = f"{buckets.PREFIX}/{folder}/"
    return {name.removeprefix(start) for name in service.names() if name.startswith(start)}


def on_disk(folder: str) -> set[str]:
    return {path.name for path in (config.current().public / folder).iterdir()}


def test_a_published_version_plays_from_the_bucket_byte_for_byte(
    ana: Person, service: Service
) -> None:
    made = factories.a_public_post(ana)
    folder = folder_of(made)
    urls = queries.published_urls(made.version_id)
    assert urls.hls == f"{service.url}/{service.name}/{buckets.PREFIX}/{folder}/master.m3u8"
    assert in_bucket(service, folder) == on_disk(folder) >= {"clip.mp4", "360_00000.m4s"}
    for name in on_disk(folder):
        status, data, _ = service.get(storage.url(folder, name))
        path = storage.path(folder, name)
        assert path is not None
        assert (status, data) == (200, path.read_bytes())


def test_each_file_says_what_it_is_and_that_nothing_keeps_it_for_more_than_a_minute(
    ana: Person, service: Service
) -> None:
    folder = folder_of(factories.a_public_post(ana))
    for name, kind, keep in (
        ("master.m3u8", "application/vnd.apple.mpegurl", "no-cache"),
        ("360.m3u8", "application/vnd.apple.mpegurl", "no-cache"),
        ("360_00000.m4s", "video/iso.segment", "public, max-age=60"),
        ("clip.mp4", "video/mp4", "public, max-age=60"),
        ("poster.jpg", "image/jpeg", "public, max-age=60"),
    ):
        _, _, headers = service.get(storage.url(folder, name))
        assert (headers["Content-Type"], headers["Cache-Control"]) == (kind, keep), name


def test_what_is_held_is_gone_from_the_bucket_at_once_and_comes_back_with_the_same_bytes(
    ana: Person, dev: Person, service: Service, do_jobs: Jobs
) -> None:
    made = factories.a_public_post(ana)
    folder = folder_of(made)
    address = storage.url(folder, "clip.mp4")
    _, before, _ = service.get(address)
    actions.hold(made.post_id, dev.id, "Wait.")
    assert service.get(address)[0] == 404
    assert in_bucket(service, folder) == set()
    actions.restore(made.post_id, dev.id)
    do_jobs()
    assert service.get(address)[:2] == (200, before)
    assert in_bucket(service, folder) == on_disk(folder)


def test_a_newer_version_takes_the_old_ones_files_from_the_bucket(
    ana: Person, service: Service
) -> None:
    first = factories.a_public_post(ana)
    old = folder_of(first)
    second = factories.a_newer_version(first)
    assert in_bucket(service, old) == set()
    assert in_bucket(service, folder_of(second)) == on_disk(folder_of(second))


def test_a_deleted_post_leaves_nothing_in_the_bucket(ana: Person, service: Service) -> None:
    made = factories.a_public_post(ana)
    other = factories.a_public_post(ana, "Another")
    actions.delete(made.post_id, ana.id)
    left = in_bucket(service, folder_of(other))
    assert service.names() == {f"{buckets.PREFIX}/{folder_of(other)}/{name}" for name in left}


def test_while_the_bucket_does_not_answer_nothing_is_published_and_the_next_try_ends_it(
    ana: Person, service: Service
) -> None:
    made = factories.a_cleared_post(ana)
    service.stop()
    with pytest.raises(Unavailable) as refused:
        actions.publish(made.version_id, ana.id)
    assert refused.value.code == "store_unreachable"
    assert Publication.objects.get(version_id=made.version_id).state == "copying"
    assert queries.urls_of([made.version_id]) == {}
    service.start()
    assert isinstance(actions.publish(made.version_id, ana.id), Published)
    assert in_bucket(service, folder_of(made)) == on_disk(folder_of(made))


def test_what_a_silent_bucket_still_holds_is_taken_away_as_soon_as_it_answers(
    ana: Person, dev: Person, service: Service, do_jobs: Jobs
) -> None:
    made = factories.a_public_post(ana)
    folder = folder_of(made)
    service.stop()
    actions.hold(made.post_id, dev.id, "Wait.")
    assert storage.path(folder, "clip.mp4") is None
    assert queries.urls_of([made.version_id]) == {}
    waiting = Job.objects.get(name="media.mirror")
    assert waiting.payload == {"folder": folder}
    service.start()
    assert in_bucket(service, folder)
    do_jobs()
    assert in_bucket(service, folder) == set()


def test_what_a_kill_has_left_half_sent_is_swept(
    ana: Person, service: Service, do_jobs: Jobs
) -> None:
    made = factories.a_cleared_post(ana)
    from wardcast.media import actions as media

    row = Publication.objects.create(
        version_id=made.version_id, folder="half-sent-by-who-was-killed", created_at=clock.now()
    )
    media._sweep_later()
    key = f"{buckets.PREFIX}/{row.folder}/360_00000.m4s"
    service.client.put_object(Bucket=service.name, Key=key, Body=b"half")
    begun = f"{buckets.PREFIX}/{row.folder}/clip.mp4"
    service.client.create_multipart_upload(Bucket=service.name, Key=begun)
    clock.advance(timedelta(hours=4))
    do_jobs()
    assert service.names() == set()
    assert not Publication.objects.filter(pk=row.pk).exists()
    assert "Uploads" not in service.client.list_multipart_uploads(Bucket=service.name)


def test_the_sweep_makes_the_bucket_agree_with_the_rows(
    ana: Person, dev: Person, service: Service, do_jobs: Jobs
) -> None:
    public, held = factories.a_public_post(ana, "One"), factories.a_public_post(ana, "Two")
    actions.hold(held.post_id, dev.id, "Wait.")
    stray = f"{buckets.PREFIX}/{folder_of(held)}/clip.mp4"
    service.client.put_object(Bucket=service.name, Key=stray, Body=b"still there")
    for name in in_bucket(service, folder_of(public)):
        gone = f"{buckets.PREFIX}/{folder_of(public)}/{name}"
        service.client.delete_object(Bucket=service.name, Key=gone)
    clock.advance(timedelta(hours=4))
    do_jobs()
    assert in_bucket(service, folder_of(public)) == on_disk(folder_of(public))
    assert in_bucket(service, folder_of(held)) == set()


def test_pages_let_the_buckets_origin_in_and_no_other(ana: Person, service: Service) -> None:
    made = factories.a_public_post(ana)
    answer = client_for().get(f"/v/{made.post_id}")
    policy = dict(
        part.strip().split(" ", 1)
        for part in answer.headers["Content-Security-Policy"].split(";")
        if " " in part.strip()
    )
    for kind in ("img-src", "media-src", "connect-src"):
        assert service.url in policy[kind].split()
    assert service.url not in policy["script-src"] + policy["style-src"] + policy["default-src"]
    page = answer.content.decode()
    address = storage.url(folder_of(made), "poster.jpg")
    assert f'<meta property="og:image" content="{address}">' in page
    assert storage.url(folder_of(made), "clip.mp4") in page


@pytest.mark.parametrize(
    ("said", "means"),
    [
        ("", None),
        ("s3://clips", Bucket("clips")),
        ("s3://clips/a/b/", Bucket("clips", "a/b")),
        (
            "s3://clips?endpoint=https://s3.example.org/&region=eu-1",
            Bucket("clips", "", "https://s3.example.org", "eu-1"),
        ),
    ],
)
def test_a_bucket_is_named_by_one_setting(said: str, means: Bucket | None) -> None:
    assert bucket_named(said) == means


@pytest.mark.parametrize("said", ["clips", "http://clips", "s3:///a", "s3://clips?key=secret"])
def test_what_names_no_bucket_is_said(said: str) -> None:
    with pytest.raises(ValueError, match="WARDCAST_STORE is"):
        bucket_named(said)


def test_what_is_being_sent_in_parts_now_is_left_alone(service: Service) -> None:
    service.client.create_multipart_upload(Bucket=service.name, Key=f"{buckets.PREFIX}/x/y.mp4")
    storage.sweep(datetime(2000, 1, 1, tzinfo=UTC))
    assert "Uploads" in service.client.list_multipart_uploads(Bucket=service.name)
