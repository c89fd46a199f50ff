"""What comes next, and why: each reason is true, nobody crowds the feed."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from wardcast.feed import rules
from wardcast.feed.rules import DAY_MS, Clip, Context

NOW = 1_760_000_000_000
AUTHORS = ("ana", "ben", "ines")

clips = st.lists(
    st.builds(
        Clip,
        post_number=st.integers(1, 500),
        author=st.sampled_from(AUTHORS),
        published_at=st.integers(NOW - 60 * DAY_MS, NOW),
        likes=st.integers(0, 5000),
    ),
    max_size=40,
    unique_by=lambda clip: clip.post_number,
)
contexts = st.builds(
    Context,
    followed=st.frozensets(st.sampled_from(AUTHORS)),
    last_authors=st.lists(st.sampled_from(AUTHORS), max_size=2),
)


@given(clips, contexts)
def test_ranking_keeps_every_clip_once(found: list[Clip], context: Context) -> None:
    ranked = rules.rank([*found, *found], context, NOW)
    assert sorted(each.clip.post_number for each in ranked) == sorted(c.post_number for c in found)


@given(clips, contexts)
def test_nobody_has_three_in_a_row_while_another_has_one(
    found: list[Clip], context: Context
) -> None:
    row: list[object] = list(context.last_authors)
    ranked = rules.rank(found, context, NOW)
    for at, each in enumerate(ranked):
        left = {later.clip.author for later in ranked[at:]}
        row.append(each.clip.author)
        if len(row) >= 3 and len(set(row[-3:])) == 1:
            assert left == {each.clip.author}


@given(clips, contexts)
def test_each_reason_is_true(found: list[Clip], context: Context) -> None:
    for each in rules.rank(found, context, NOW):
        clip = each.clip
        if each.reason == "follow":
            assert clip.author in context.followed
        if each.reason == "fresh":
            assert NOW - clip.published_at < rules.NEW_DAYS * DAY_MS
        if each.reason == "liked":
            assert clip.likes >= rules.MANY_LIKES
        assert each.reason in rules.TEXTS


@given(clips, contexts, st.integers(0, 39))
def test_a_like_never_moves_a_clip_down(found: list[Clip], context: Context, at: int) -> None:
    if not found:
        return
    chosen = found[at % len(found)]
    more = [
        Clip(c.post_number, c.author, c.published_at, c.likes + (c is chosen) * 50) for c in found
    ]
    weight = sum(rules.weigh(chosen, context, NOW).values())
    liked = next(c for c in more if c.post_number == chosen.post_number)
    assert sum(rules.weigh(liked, context, NOW).values()) >= weight


@given(st.integers(0, 10_000), st.integers(0, 10_000), st.integers(0, NOW), st.integers(0, NOW))
def test_newer_and_more_liked_scores_higher(a: int, b: int, s: int, t: int) -> None:
    assert rules.score(max(a, b), max(s, t)) >= rules.score(min(a, b), min(s, t))


@given(st.lists(st.integers(1, 2**31 - 1), min_size=1, max_size=rules.SESSION))
def test_a_cursor_holds_what_the_session_had(numbers: Sequence[int]) -> None:
    assert rules.unpack(rules.pack(numbers)) == list(numbers)


@given(st.text(max_size=400))
def test_any_text_is_a_cursor_or_plainly_none(text: str) -> None:
    found = rules.unpack(text)
    assert found is None or all(0 <= number < 2**31 for number in found)


def test_a_followed_author_comes_first() -> None:
    old = Clip(1, "ana", NOW - 20 * DAY_MS, 0)
    new = Clip(2, "ben", NOW, 0)
    ranked = rules.rank([old, new], Context(frozenset({"ana"})), NOW)
    assert [(each.clip.author, each.reason) for each in ranked] == [
        ("ana", "follow"),
        ("ben", "fresh"),
    ]
