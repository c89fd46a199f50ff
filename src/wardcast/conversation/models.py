"""The tables of the conversation: likes, comments, and how many of each a post has."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from wardcast.platform.ids import new_id


class Like(models.Model):
    """A person likes a post; once, however often they press."""

    id = models.UUIDField(primary_key=True, default=new_id)
    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="+")
    post = models.ForeignKey("posts.Post", models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "post"], name="likes_once")
        ]


class Comment(models.Model):
    """What a person wrote under a post. Removed, it stays as a row that nobody is shown."""

    id = models.UUIDField(primary_key=True, default=new_id)
    post = models.ForeignKey("posts.Post", models.CASCADE, related_name="+", db_index=False)
    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="+")
    text = models.TextField()
    at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True)
    deleted_by = models.UUIDField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["post", "-id"], condition=Q(deleted_at=None), name="comment_newest"
            )
        ]


class Counts(models.Model):
    """How many likes and comments a post has, kept beside them so that a feed need not count."""

    post = models.OneToOneField("posts.Post", models.CASCADE, primary_key=True, related_name="+")
    likes = models.PositiveIntegerField(default=0)
    comments = models.PositiveIntegerField(default=0)
