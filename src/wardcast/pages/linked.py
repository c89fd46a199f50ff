"""What search engines and other machines read of a page: schema.org, as JSON-LD in a data block.

A script element whose type is no script's is never run, so the content security policy, which lets
no script in without its nonce, has nothing to say about it.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from wardcast.platform import config
from wardcast.recall.cards import About
from wardcast.recall.queries import NoticeView

_WORST, _BEST = 1, 5


def block(value: Mapping[str, Any]) -> SafeString:
    """JSON-LD that no text in it can end the element of, whatever people wrote."""
    text = json.dumps({"@context": "https://schema.org", **value}, ensure_ascii=True)
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return mark_safe(text)  # noqa: S308  # see above


def of_notice(notice: NoticeView, about: About) -> dict[str, Any]:
    """A notice as a correction of a video; what it says was wrong is a reviewed claim as well,
    unless that would repeat a leak."""
    correction = {
        **_correction(notice, about),
        "about": _video(str(notice.post_id), about.title, about.author.name),
    }
    if not notice.severity.is_owed or not notice.what_wrong:
        return correction
    review = {
        "@type": "ClaimReview",
        "url": correction["url"],
        "datePublished": correction["datePublished"],
        "claimReviewed": notice.what_wrong,
        "reviewBody": notice.what_right,
        "author": correction["author"],
        "itemReviewed": {
            "@type": "Claim",
            "author": {"@type": "Person", "name": about.author.name},
            "appearance": correction["about"],
        },
        "reviewRating": {
            "@type": "Rating",
            "ratingValue": _WORST,
            "worstRating": _WORST,
            "bestRating": _BEST,
            "alternateName": "Wrong, and corrected",
        },
    }
    return {"@graph": [correction, review]}


def of_video(
    card: Mapping[str, Any], corrections: Sequence[tuple[NoticeView, About]]
) -> dict[str, Any]:
    """A video with all that was said about it since. No address of a file is in it: who plays one
    is to be known."""
    found = {
        **_video(card["post_id"], card["title"], card["author"]["name"]),
        "description": card["text"] or card["title"],
        "uploadDate": card["published_at"],
        "version": card["number"],
    }
    if corrections:
        found["correction"] = [_correction(notice, about) for notice, about in corrections]
    return found


def _video(post_id: str, title: str, author: str) -> dict[str, Any]:
    return {
        "@type": "VideoObject",
        "url": f"{config.current().base_url}/v/{post_id}",
        "name": title or "A video",
        "author": {"@type": "Person", "name": author},
    }


def _correction(notice: NoticeView, about: About) -> dict[str, Any]:
    text = "\n\n".join(each for each in (notice.what_right, notice.what_now) if each)
    return {
        "@type": "CorrectionComment",
        "url": f"{config.current().base_url}/notices/{notice.id}",
        "text": text,
        "datePublished": notice.at.isoformat(),
        "author": {"@type": "Person", "name": about.by.name},
    }
