"""A host's own weights: what they change, what is wrong with them, what is lower than before."""

import pytest

from wardcast.check import Severity, examine_text
from wardcast.check.policy import DEFAULT
from wardcast.check.policy_file import BadPolicy, changed, lowered, parse

TOLD = "My patient with chest pain works at St Mary's Hospital. She came in last Tuesday in spring."


def test_what_is_left_out_weighs_as_before() -> None:
    assert parse("") == DEFAULT
    table = parse('[kinds]\nfacility = "block"\ndate = { beside = "block" }\nseason = "none"')
    assert (table["facility"].beside, table["facility"].apart) == (Severity.BLOCK,) * 2
    assert (table["date"].beside, table["date"].apart) == (Severity.BLOCK, DEFAULT["date"].apart)
    assert table["season"].beside is None
    assert table["facility"].actions == DEFAULT["facility"].actions
    assert changed(table) == ("facility", "date", "season")


def test_the_check_weighs_by_it() -> None:
    found = {each.kind: each.severity for each in examine_text(TOLD).findings}
    assert found["facility"] is Severity.ASK
    table = parse('[kinds]\nfacility = "block"\nrelative_date = "none"')
    weighed = {each.kind: each.severity for each in examine_text(TOLD, policy=table).findings}
    assert weighed["facility"] is Severity.BLOCK
    assert "relative_date" in found
    assert "relative_date" not in weighed


@pytest.mark.parametrize("kind", sorted(DEFAULT))
@pytest.mark.parametrize("weight", ["block", "ask", "info", "none"])
def test_any_weight_of_any_kind_examines_or_is_refused(kind: str, weight: str) -> None:
    try:
        table = parse(f'[kinds]\n{kind} = {{ beside = "{weight}" }}')
    except BadPolicy:
        assert DEFAULT[kind].actions == ("strip",)
        return
    examine_text(f"{TOLD} He is 94, of Scranton, and his name is Harold Okafor.", policy=table)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("kinds", "no TOML"),
        ("[kind]\nname = 'ask'", "no section “kind”"),
        ("kinds = 3", "is a section"),
        ("[kinds]\nnames = 'ask'", "no kind “names”"),
        ("[kinds]\nname = 'warn'", "“warn” is no weight"),
        ("[kinds]\nname = 3", "has no weight"),
        ("[kinds]\nname = { near = 'ask' }", "no part “near”"),
        ("[kinds]\nlocation = 'block'", "taken out of every clip"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(text: str, said: str) -> None:
    with pytest.raises(BadPolicy) as refused:
        parse(text)
    assert any(said in each for each in refused.value.because)


def test_all_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(BadPolicy) as refused:
        parse("[kinds]\nnames = 'ask'\nname = 'warn'")
    assert len(refused.value.because) == 2


def test_what_identifies_directly_may_be_lowered_and_that_is_known() -> None:
    assert lowered(DEFAULT) == ()
    table = parse('[kinds]\nname = "ask"\nphone = { apart = "none" }\nstaff = "none"')
    assert lowered(table) == ("name", "phone")
    assert lowered(parse('[kinds]\nstaff = "block"')) == ()
