"""What is known of a bucket without asking it: where its files are had. And that it is silent."""

from wardcast.platform.config import Bucket


class Unreachable(Exception):
    """The bucket does not answer, or refuses what it was asked."""


def address(where: Bucket) -> str:
    """What the addresses of its files begin with, as the service itself serves them."""
    host = where.endpoint or f"https://{where.name}.s3.{where.region or 'us-east-1'}.amazonaws.com"
    parts = [host, where.name if where.endpoint else "", where.prefix]
    return "/".join(each for each in parts if each)
