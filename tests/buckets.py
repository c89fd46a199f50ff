"""An S3 service on this machine for tests: moto's server, asked over HTTP as any other would be."""

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import boto3
import pytest

from house import free_port
from wardcast.platform import config

PREFIX = "house"


@dataclass
class Service:
    """A running service with one empty bucket; `stop` makes it unreachable."""

    port: int
    name: str  # of its own: the service keeps its buckets for as long as this process lives
    server: Any = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def setting(self) -> str:
        """What an operator would write into WARDCAST_STORE."""
        return f"s3://{self.name}/{PREFIX}?endpoint={self.url}&region=us-east-1"

    def start(self) -> None:
        from moto.server import ThreadedMotoServer

        self.server = ThreadedMotoServer("127.0.0.1", self.port, verbose=False)
        self.server.start()

    def stop(self) -> None:
        if self.server:
            self.server.stop()
            self.server = None

    @property
    def client(self) -> Any:
        return boto3.client(
            "s3", endpoint_url=self.url, region_name="us-east-1",
            aws_access_key_id="a", aws_secret_access_key="b",
        )  # fmt: skip

    def names(self) -> set[str]:
        """Everything in the bucket."""
        found = self.client.list_objects_v2(Bucket=self.name).get("Contents", ())
        return {each["Key"] for each in found}

    def get(self, address: str) -> tuple[int, bytes, Mapping[str, str]]:
        """What a viewer's browser gets: nobody signs anything."""
        try:
            with urlopen(address, timeout=10) as answer:
                return answer.status, answer.read(), answer.headers
        except HTTPError as error:
            return error.code, error.read(), error.headers


@contextmanager
def a_bucket(patch: pytest.MonkeyPatch) -> Iterator[Service]:
    """A bucket that everyone may read, as the house's store from now on."""
    service = Service(free_port(), f"clips-{secrets.token_hex(4)}")
    service.start()
    service.client.create_bucket(Bucket=service.name)
    everyone = (
        '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*",'
        f'"Action":"s3:GetObject","Resource":"arn:aws:s3:::{service.name}/*"}}]}}'
    )
    service.client.put_bucket_policy(Bucket=service.name, Policy=everyone)
    patch.setenv("WARDCAST_STORE", service.setting)
    patch.setenv("AWS_ACCESS_KEY_ID", "a")
    patch.setenv("AWS_SECRET_ACCESS_KEY", "b")
    config.current.cache_clear()
    try:
        yield service
    finally:
        service.stop()
        patch.undo()
        config.current.cache_clear()
