"""Check-lists as public repositories and other programs write them."""

from __future__ import annotations

import pytest

from keykata.bank.model import Option, Place, Question
from keykata.exchange.formats import reader_of
from keykata.exchange.limits import MOST_LINES
from keykata.exchange.markdown import read, write
from keykata.exchange.model import ForeignOption, Shipment

PUBLIC = "### Question {n}. Which one?\n\n- [x] Right {n}\n- [ ] Wrong {n}\n- [ ] Other {n}\n- [ ] Last {n}\n"


def test_a_bank_of_seven_hundred_comes_in_whole() -> None:
    text = "# Exam\n\nSome words.\n\n" + "\n**[⬆ Back to Top](#top)**\n\n".join(
        PUBLIC.format(n=n) for n in range(700)
    )
    harvest = read(text.replace("\n", "\r\n").encode("utf-8-sig"))
    assert len(harvest.questions) == 700
    assert all(len(one.options) == 4 and not one.explanation for one in harvest.questions)
    assert [finding.severity for finding in harvest.findings] == ["note"]


def test_other_bullets_boxes_and_continuations_are_read() -> None:
    text = "# Stem\nover two lines?\n\n* [*] Yes,\n    and more\n\n+ [X] Also\n1. [ ] No\n  > Because.\n"
    (question,) = read(text.encode()).questions
    assert question.text == "Stem\nover two lines?"
    assert question.options == (
        ForeignOption(text="Yes,\nand more", right=True),
        ForeignOption(text="Also", right=True),
        ForeignOption(text="No", right=False, why="Because."),
    )


def test_code_and_images_stay_in_the_stem() -> None:
    stem = "## What does it do?\n\n![map](a.png)\n\n```json\n# no heading\n- [x] no option\n```\n"
    text = f"{stem}\n- [x] A\n- [ ] B\n"
    (question,) = read(text.encode()).questions
    assert "![map](a.png)" in question.text
    assert "# no heading\n- [x] no option" in question.text
    assert len(question.options) == 2


def test_front_matter_may_hold_the_question() -> None:
    text = '---\nquestion: "Which?"\ndocumentation: "https://a.example/x"\n---\n\n- [ ] A\n> No.\n- [x] B\n'
    (question,) = read(text.encode()).questions
    assert (question.text, question.refs) == ("Which?", ("https://a.example/x",))
    assert question.options[0].why == "No."


def test_what_has_no_place_is_told_with_its_line() -> None:
    harvest = read(b"- [x] lost\n\n# Q\n> hint\n\n- [x] a\xff\n- [ ] b\n\n# P\n- [ ] none\n")
    told = [(one.line, one.severity) for one in harvest.findings]
    assert told == [(6, "warning"), (1, "error"), (3, "warning"), (9, "error")]
    assert len(harvest.questions) == 1


def test_a_file_too_large_is_refused() -> None:
    harvest = read(b"x" * (8 * 1024 * 1024 + 1))
    assert harvest.findings[0].severity == "error"
    assert not harvest.questions


def test_what_is_written_has_the_plainest_grammar() -> None:
    options = (Option(text="Yes", right=True, why="So."), Option(text="No", right=False))
    question = Question(
        id="q", stem="A firm.\n\nIt grows.", ask="Which?", options=options, place=Place(file="q")
    )
    export = write(Shipment(name="x", questions={"b:q": question}))
    assert export.data == b"### A firm. It grows. Which?\n\n- [x] Yes\n- [ ] No\n"
    assert export.findings[0].where == "b:q"


def test_round_boxes_and_learn_co_are_read() -> None:
    text = "## Round?\n\n- ( ) no\n- (x) yes\n\n?: Bare?\n\n( ) no\n(X) yes\n\n"
    text += "?: Which two?\n[X] a\n[X] b\n[ ] c\n"
    found = read(text.encode()).questions
    assert [(one.text, [option.right for option in one.options]) for one in found] == [
        ("Round?", [False, True]),
        ("Bare?", [False, True]),
        ("Which two?", [True, True, False]),
    ]


def test_decks_of_hashcards_are_cards_and_gaps() -> None:
    text = '---\nname = "x"\n---\nQ: What is KMS?\nA: A service\nfor keys.\n\n'
    text += "C: It keeps [keys].\n---\nQ: Lost?\n"
    harvest = read(text.encode())
    assert [(one.front, one.back, one.line) for one in harvest.terms] == [
        ("What is KMS?", "A service\nfor keys.", 4),
        ("It keeps ==keys==.", "", 8),
    ]
    assert [(one.line, one.severity) for one in harvest.findings] == [(10, "error")]


def test_decks_of_hascard_are_questions_and_cards() -> None:
    text = (
        "# What is KMS?\nA service.\n\n---\n\n# Which one?\n- no\n* yes\n- never\n---\n"
        "# Which two?\n[*] a\n[*] b\n[ ] c\n---\n# Fill\nIt is _gap|other_.\n---\n# Sort\n1. a\n2. b\n"
    )
    harvest = read(text.encode())
    assert [(one.front, one.back) for one in harvest.terms] == [("What is KMS?", "A service.")]
    assert [(one.text, [option.right for option in one.options]) for one in harvest.questions] == [
        ("Which one?", [False, True, False]),
        ("Which two?", [True, True, False]),
    ]
    assert [one.line for one in harvest.findings] == [16, 19]


def test_unmarked_boxes_take_the_answer_named_below_and_lose_their_letters() -> None:
    text = (
        "### One?\n\n- [ ] A. no\n- [ ] B. yes\n- [ ] C. never\n\n<!-- Answer: B -->\n\n"
        "### Two?\n\n- [ ] a\n- [ ] b\n- [ ] c\n\n**Answer:** 1, 3\n\nSo it is.\n\n"
        "### None?\n\n- [ ] a\n- [ ] b\n\nAnswer: F\n\n"
        "### Marked?\n\n- [x] A. yes\n- [ ] B. no\n\nAnswer: B would cost more.\n"
    )
    harvest = read(text.encode())
    assert [[(o.text, o.right) for o in one.options] for one in harvest.questions] == [
        [("no", False), ("yes", True), ("never", False)],
        [("a", True), ("b", False), ("c", True)],
        [("yes", True), ("no", False)],
    ]
    assert [one.explanation for one in harvest.questions] == ["", "So it is.", "Answer: B would cost more."]
    assert [(one.line, one.severity) for one in harvest.findings] == [(19, "error")]


BOXES = b"""# Exam

### Question 1
<!-- topic: queues -->

A lorry company needs a queue that keeps the order of messages.

- [ ] A. A standard queue
- [x] B. A FIFO queue
- [ ] C. A topic

**Answer: B**

- A: Order is best effort only.
- B: It keeps the order within a group.

---

**2.** Which class is cold?

- [x] Glacier
- [ ] Standard

**Explanation:** It is cold.

**Reference:** <https://docs.aws.amazon.com/x.html>

Q3: Which is hot?

- [ ] Glacier
- [x] Express

<details>
<summary>Show answer</summary>

**Correct answer: B**

Express is hot.
</details>

4. Which store is for blocks?

   - [x] Amazon EBS
   - [ ] Amazon S3

   > EBS volumes are blocks.

What now?

- [ ] Wait
- [x] Go

Answer: A
"""


def test_questions_with_numbers_and_answers_below_their_boxes() -> None:
    harvest = read(BOXES)
    told = [(one.text, one.explanation, [o.why for o in one.options]) for one in harvest.questions]
    assert told == [
        (
            "A lorry company needs a queue that keeps the order of messages.",
            "",
            ["Order is best effort only.", "It keeps the order within a group.", ""],
        ),
        ("Which class is cold?", "It is cold.", ["", ""]),
        ("Which is hot?", "Express is hot.", ["", ""]),
        ("Which store is for blocks?", "EBS volumes are blocks.", ["", ""]),
        ("What now?", "", ["", ""]),
    ]
    assert harvest.questions[1].refs == ("https://docs.aws.amazon.com/x.html",)
    assert [[o.right for o in one.options] for one in harvest.questions][2:] == [
        [False, True],
        [True, False],
        [False, True],
    ]
    lines = BOXES.decode().split("\n")
    for one in harvest.questions[1:]:
        assert one.text in lines[one.line - 1]
    assert [(found.severity, found.line) for found in harvest.findings] == [("note", 1), ("warning", 48)]
    assert "mark B, and the line below them says A" in harvest.findings[1].message


def test_a_lazy_line_of_an_option_begins_no_question() -> None:
    harvest = read(b"### Which?\n\n- [x] One that\ngoes on\n- [ ] Two\n")
    assert [len(one.options) for one in harvest.questions] == [2]


@pytest.mark.parametrize("form", ["markdown", "gift", "aiken", "csv", "blackboard"])
@pytest.mark.parametrize("line", ["\n", "# a\n"])
def test_of_a_million_lines_the_first_are_read_and_the_rest_is_told(form: str, line: str) -> None:
    harvest = reader_of(form)(line.encode() * 1_000_000)
    assert len(harvest.questions) + len(harvest.terms) <= MOST_LINES
    told = [(one.severity, one.line) for one in harvest.findings if "200,000 lines are read" in one.message]
    assert told == [("error", MOST_LINES + 1)]


def test_a_file_of_just_as_many_lines_is_read_to_its_end() -> None:
    text = PUBLIC.format(n=1)
    harvest = read(("\n" * (MOST_LINES - text.count("\n")) + text).encode())
    assert [one.text for one in harvest.questions] == ["Which one?"]
    assert not harvest.findings
