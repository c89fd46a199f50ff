"""What a feed can be made of, and what a viewer has seen.

A candidate repeats a few values of its post, so that a page needs one query and no joins: the rooms
below tell when they change.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Candidate(models.Model):
    """A post that can be watched while it is open, and that feeds show while it is amplified: its
    public version, in numbers.

    `published_at` is in milliseconds since 1970. `score` grows with likes and with the time of
    publication (`rules.score`), so that it never has to be computed anew as time passes.
    """

    post_id = models.UUIDField(primary_key=True)
    post_number = models.IntegerField(unique=True)
    version_id = models.UUIDField()
    version_serial = models.IntegerField()
    author_id = models.UUIDField()
    lane = models.CharField(max_length=20)
    visibility = models.CharField(max_length=10)
    published_at = models.BigIntegerField()
    likes = models.IntegerField(default=0)
    score = models.FloatField(default=0.0)
    open = models.BooleanField(default=True)
    amplified = models.BooleanField(default=True, db_default=True)

    class Meta:
        indexes: ClassVar = [
            models.Index("published_at", name="candidate_fresh", condition=Q(open=True)),
            models.Index("score", name="candidate_liked", condition=Q(open=True)),
            models.Index("author_id", "published_at", name="candidate_author"),
        ]


class Seen(models.Model):
    """A viewer has watched a post, whichever version: it does not come back by itself."""

    pk = models.CompositePrimaryKey("viewer", "post_number")
    viewer = models.IntegerField()
    post_number = models.IntegerField()
