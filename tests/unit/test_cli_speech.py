"""What plain mode says, character by character."""

from __future__ import annotations

import pytest

from keykata.cli.plain.speech import one_line, prose, sentence, spoken


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Practice · KMS", "Practice, KMS"),
        ("7–30 days", "7-30 days"),
        ("“Free” isn’t free…", '"Free" isn\'t free...'),
        ("The ▁▁▁▁▁▁ decides", "The (blank) decides"),
        ("✓ yes", "right yes"),
        ("├── a", "a"),
        ("a\u00a0b\u00adc", "a bc"),
        ("b\u200bc", "b<U+200B>c"),
        ("\x1b[2Jboo", "(escape)[2Jboo"),
        ("café €", "café €"),
        ("a\tb", "a b"),
        ("Wait , then !", "Wait, then!"),
        ("route `::/0` and ends in :root", "route `::/0` and ends in :root"),
    ],
)
def test_signs_become_words(text: str, said: str) -> None:
    assert one_line(text) == said


def test_sentences_end_once() -> None:
    assert sentence("Right") == "Right."
    assert sentence("Which one?") == "Which one?"
    assert sentence('He said "no."') == 'He said "no."'
    assert sentence("") == ""


def test_line_ends_stay_in_longer_texts() -> None:
    assert spoken("a\nb") == "a\nb"


def test_code_is_read_line_by_line_after_what_it_shows() -> None:
    stem = 'A policy says:\n\n```json\n{"Effect": "Deny",\n\t"Action": "*"}\n```\n\nWho may call?'
    assert prose(stem, ("A statement that denies all actions.",)) == (
        "A policy says:",
        "Code. A statement that denies all actions.",
        '{"Effect": "Deny",',
        '  "Action": "*"}',
        "End of code.",
        "Who may call?",
    )


def test_lists_links_and_emphasis_are_words() -> None:
    text = "Use **one**:\n\n- `aws/s3`\n- [a page](https://example.org/x)"
    assert prose(text) == ("Use one:", "aws/s3.", "a page (https://example.org/x).")


def test_a_sign_that_is_left_out_leaves_nothing_of_itself() -> None:
    assert one_line("Mind \u26a0\ufe0f the \U0001f3f3\ufe0f\u200d\U0001f308 key") == "Mind the key"
