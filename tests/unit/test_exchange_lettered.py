"""Markdown whose options have letters, as repositories of practice exams write it."""

from __future__ import annotations

from pathlib import Path
from time import process_time

import pytest

from keykata.exchange.markdown import read
from keykata.exchange.model import ForeignQuestion, Harvest
from keykata.study.importing import import_file

FOLDED = """---
layout: exam
---

# Practice Exam 1

1. Which store keeps objects?
    - A. Amazon EBS.
    - B. Amazon S3.
    - C. Amazon EFS.
    - D. Instance store.

    <details markdown=1><summary markdown='span'>Answer</summary>
      Correct answer: B
    </details>

2. Which two are Regional? (Choose TWO)    - A. Amazon VPC
    - B. IAM
    - C. Amazon S3
    - D. Route 53
    - E. CloudFront

    <details markdown=1><summary markdown="span">Answer</summary>

    Correct Answer: AC

    Explanation: <https://docs.aws.amazon.com/vpc/>

    </details>
"""
REASONED = """## Question 1: Copies

Which statements hold?

1. A copy keeps its key.
2. A copy may have another key.

**A.** Only the first.

**B.** Both.

**C.** Only the second.

**D.** None of the two.

**Correct Answer: B**

**Explanation:**
A copy keeps its key:
1. unless told,
2. unless shared.

- **A** is wrong. A copy may change its key.
- C is incorrect because a copy keeps it by default.

---

## Question 2

Which format?

```yaml
A. no option
Answer: D
```

a) XML
b) YAML

<details><summary>Show Answer</summary>b) `key: value` says it.</details>
"""
KEYED = """**Question 1**

What is first?

A. One
B. Two

---

**Question 2.** Which are even?

A. One
B. Two
C. Four

<details>
<summary>Answer Key</summary>

### Question 1

**Correct Answer: A**

One comes first.

- B is incorrect because two comes after it.

### Question 2

**Correct Answers: B, C**

</details>
"""


def right(question: ForeignQuestion) -> list[str]:
    return [option.text for option in question.options if option.right]


def found(text: str) -> Harvest:
    return read(text.encode())


def test_an_answer_folded_away_below_numbered_questions() -> None:
    harvest = found(FOLDED)
    one, two = harvest.questions
    assert (one.text, right(one), one.line) == ("Which store keeps objects?", ["Amazon S3."], 7)
    assert [option.text for option in two.options][:2] == ["Amazon VPC", "IAM"]
    assert (right(two), two.explanation) == (["Amazon VPC", "Amazon S3"], "")
    assert two.refs == ("https://docs.aws.amazon.com/vpc/",)
    assert [(one.line, one.severity) for one in harvest.findings] == [(5, "note")]


def test_reasons_by_letter_go_to_their_options_and_lists_stay_text() -> None:
    one, two = found(REASONED).questions
    assert one.text.endswith("1. A copy keeps its key.\n2. A copy may have another key.")
    assert [option.why for option in one.options] == [
        "Wrong. A copy may change its key.",
        "",
        "Incorrect because a copy keeps it by default.",
        "",
    ]
    assert one.explanation == "A copy keeps its key:\n1. unless told,\n2. unless shared."
    assert "A. no option\nAnswer: D" in two.text
    assert (right(two), two.explanation) == (["YAML"], "`key: value` says it.")


def test_a_key_at_the_end_answers_by_number() -> None:
    one, two = found(KEYED).questions
    assert (right(one), right(two)) == (["One"], ["Two", "Four"])
    assert one.options[1].why == "Incorrect because two comes after it."
    assert one.explanation == "One comes first."


def test_a_key_of_bare_letters_and_questions_without_numbers() -> None:
    listed = found("1. What?\n   a) x\n   b) y\n2. Why?\n   a) x\n   b) y\n\n## Answers\n\n1. b\n2. a\n")
    assert [right(one) for one in listed.questions] == [["y"], ["x"]]
    plain = found("What is it?\nA. x\nB. y\nAnswer: B\nSo it is.\n\nWhich one?\nA) v\nB) w\nANSWER: A\n")
    assert [(one.text, right(one)) for one in plain.questions] == [
        ("What is it?", ["y"]),
        ("Which one?", ["v"]),
    ]
    assert plain.questions[0].explanation == "So it is."


def test_reasons_under_options_and_ticks_are_read() -> None:
    (one,) = found(
        "### Q1. Which?\n\n- **A.** x\n  - *Explanation:* No.\n- **B.** y\n  - *Explanation:* Yes.\n\n"
        "**Correct answer: B**\n"
    ).questions
    assert [option.why for option in one.options] == ["No.", "Yes."]
    ticked = found("1. Which?\n- A. x\n- B. y ✅\n\n2. What?\n- A. v\n- B. w\n\nAnswer: A\n")
    assert [right(one) for one in ticked.questions] == [["y"], ["v"]]


def test_what_has_no_answer_is_told_with_its_line_and_the_rest_comes_in() -> None:
    harvest = found(
        "1. What?\n- A. x\n- B. y\n\n2. Why?\n- A. x\n- B. y\n\nAnswer: B\n\n"
        "3. Who?\n- A. x\n- B. y\nAnswer: F\n"
    )
    assert [one.text for one in harvest.questions] == ["Why?"]
    assert [(one.line, one.severity) for one in harvest.findings] == [(1, "error"), (11, "error")]


@pytest.mark.parametrize(
    "line",
    ["*" * 90_000, "Q" + " " * 90_000, "- " * 40_000, "https://" * 9_000 + " x", "answer" + "* " * 40_000,
     "A. x" + " " * 90_000 + "y", "Answer: " + "A, " * 30_000, "<details " * 10_000, " - A" * 20_000],
)  # fmt: skip
def test_no_line_takes_long(line: str) -> None:
    text = (
        f"1. What?\n- A. x\n- B. y\n\nAnswer: B\n\n{line}\n\n2. {line}\n{line}\n- A. x\n- B. y\n\nAnswer: A\n"
    )
    started = process_time()
    harvest = found(text)
    assert harvest.questions
    assert process_time() - started < 2


def test_letters_named_in_an_explanation_keep_their_places(tmp_path: Path) -> None:
    source = tmp_path / "exam.md"
    text = "1. Which?\n- A. w\n- B. x\n- C. y\n- D. z\n\nAnswer: B\n\nTake it, since option A costs more.\n"
    source.write_text(text)
    report = import_file(source)
    assert any("option A" in one.message for one in report.findings)
    assert "fixed: true" in (tmp_path / "exam" / "questions" / "exam-01.yaml").read_text()


def test_a_question_that_stands_twice_comes_in_once(tmp_path: Path) -> None:
    block = "1. Which?\n- A. w\n- B. x\n- C. y\n- D. z\n\nAnswer: B\n\n"
    folder = tmp_path / "exams"
    folder.mkdir()
    (folder / "one.md").write_text(f"{block}2. Other?\n- A. w\n- B. x\n- C. y\n- D. z\n\nAnswer: A\n")
    other = block.replace("1. ", "2. ").replace("D. z", "D. another")
    (folder / "two.md").write_text(f"# More\n\n{block}{other}")
    report = import_file(folder)
    assert len(report.added) == 2
    told = [(one.severity, one.where.split(": ")[0], one.line) for one in report.findings if one.line > 1]
    assert told == [("warning", "two.md", 3), ("error", "two.md", 11)]
    assert import_file(folder).unchanged == report.added


def test_what_the_reader_refuses_is_found_among_a_thousand(tmp_path: Path) -> None:
    lines = [
        f"{n}. Which is number {n}?\n- A. w\n- B. x\n- C. y\n- D. z\n\nAnswer: B\n" for n in range(1, 1101)
    ]
    lines[-1] = lines[-1].replace("D. z", "D. w.")
    source = tmp_path / "exam.md"
    source.write_text("\n".join(lines))
    report = import_file(source)
    assert len(report.added) == 1099
    (told,) = [one for one in report.findings if one.severity == "error"]
    assert told.line == 1099 * 8 + 1
    assert "says the same" in told.message


def test_what_a_folder_leaves_out_is_told_with_file_and_line(tmp_path: Path) -> None:
    folder = tmp_path / "exams"
    folder.mkdir()
    (folder / "one.md").write_text(
        "# One\n\n1. Which?\n- A. w\n- B. x\n\nAnswer: B\n\n2. Who?\n- A. v\n- B. u\n\nAnswer: A\n"
    )
    report = import_file(folder)
    told = [
        (one.line, one.where.split(": ")[0], one.hint[-60:])
        for one in report.findings
        if one.severity == "error"
    ]
    cure = "Give it 2 more wrong options in the source, and import again."
    assert told == [(3, "one.md", cure[-60:]), (9, "one.md", cure[-60:])]


TABLED = b"""**1. Which service is a queue?**

A. Amazon SQS
B. Amazon SNS

**2. What does the table say? (Choose two.)**

| size | class |
| 1 | A |

A. One
B. Two
C. Three

## Answers

| Question | Answer | Explanation |
|:--------:|:------:|-------------|
| 1 | **A** | It stores messages. |
| Q2. | A, C | |
| 3 | B | Of no question. |
"""
TOLD = """### Question 1 \u2013 Storage (Choose TWO)

Which keep earlier states?

- A. S3 Versioning
- B. Transfer Acceleration
- C. AWS Backup

**Answer: A, C**

\u2705 **A. S3 Versioning**: Every overwrite keeps the older version.

\u274c **B. Transfer Acceleration**: It is about the way there.

**Why C:** It keeps copies.

### Question 2

**Which store scales to zero?**

A) Aurora
B) Redshift

Answer: A

**Why not B:** Its nodes stand.
"""


def test_a_table_of_answers_at_the_end() -> None:
    harvest = read(TABLED)
    assert [(one.text, one.explanation) for one in harvest.questions] == [
        ("Which service is a queue?", "It stores messages."),
        ("What does the table say? (Choose two.)\n\n| size | class |\n| 1 | A |", ""),
    ]
    assert [[o.right for o in one.options] for one in harvest.questions] == [
        [True, False],
        [True, False, True],
    ]
    assert [(one.severity, one.line) for one in harvest.findings] == [("note", 15), ("warning", 21)]


def test_reasons_that_repeat_the_option_or_ask_why() -> None:
    harvest = read(TOLD.encode())
    assert [one.text for one in harvest.questions] == [
        "Storage (Choose TWO)\n\nWhich keep earlier states?",
        "Which store scales to zero?",
    ]
    assert [[o.why for o in one.options] for one in harvest.questions] == [
        ["Every overwrite keeps the older version.", "It is about the way there.", "It keeps copies."],
        ["", "Its nodes stand."],
    ]


@pytest.mark.parametrize(
    "line", ["| " + " " * 60_000 + "x", "\u274c **A. " + "*" * 60_000, "<!--" * 20_000, "1 |" * 20_000]
)
def test_long_lines_take_no_time(line: str) -> None:
    text = f"### Which?\n\nA. One\nB. Two\n\nAnswer: A\n\n{line}\n"
    start = process_time()
    read(text.encode())
    read(text.replace("A. One", "- [x] One").replace("B. Two", "- [ ] Two").encode())
    assert process_time() - start < 2


@pytest.mark.parametrize(
    ("answer", "right"),
    [
        ("A bucket policy", "0100"),
        ("a key.", "0010"),
        ("B - A bucket policy", "0100"),
        ("A. Create a bucket", "1000"),
        ("Bad", "0001"),
        ("Fab", ""),  # no option says so, and as a word it names none
        ("A", "1000"),
    ],
)
def test_an_answer_in_words_is_the_option_that_says_them(answer: str, right: str) -> None:
    options = "A. Create a bucket\nB. A bucket policy\nC. A key\nD. Bad\n"
    harvest = found(f"## Which?\n\n{options}\nAnswer: {answer}\n\nSo it is.\n")
    marks = ["".join("01"[option.right] for option in one.options) for one in harvest.questions]
    assert marks == [right] * bool(right)
    assert [finding.severity for finding in harvest.findings] == ["error"] * (not right)
