"""The reading aid."""

from __future__ import annotations

from keykata.practice.reading import reading

STEM = (
    "A bank keeps letters in Amazon S3. The letters are encrypted under `aws/s3`. The team must be able to"
    " stop all reads within minutes. Nobody wants to manage servers."
)


def test_the_sentences_that_bind_are_lifted_out() -> None:
    found = reading(STEM, "Which solution meets this?")
    assert found.limits == ("The team must be able to stop all reads within minutes.",)
    assert found.ask == "Which solution meets this?"


def test_the_story_stays_whole() -> None:
    assert reading(STEM, "Which?").story == STEM


def test_a_policy_in_the_stem_is_no_limit() -> None:
    stem = 'A role has this.\n\n```json\n{"must": "within"}\n```\n\nIt fails.'
    assert reading(stem, "Why?").limits == ()


def test_a_stem_without_limits_has_none() -> None:
    assert reading("A company has a bucket.", "Which?").limits == ()
