"""A small bank to write in every format, and what other programs write, with their irregularities."""

from __future__ import annotations

import msgspec

from keykata.bank.model import Option, Place, Question, Term
from keykata.exchange.formats import FORMATS, writer_of
from keykata.exchange.model import Shipment
from support.anki_items import legacy, modern, note, term, zipped

PLACE = Place(file="made.yaml")


def question(name: str, rights: str = "1000", **changes: object) -> Question:
    """A question whose options are right where a 1 stands."""
    options = tuple(
        Option(text=f"Option {at} of `{name}`", right=mark == "1", why=f"Because {at}.")
        for at, mark in enumerate(rights, 1)
    )
    made = Question(
        id=name,
        stem=f"A firm keeps **{name}** & <secrets>.",
        ask="Which one fits?",
        options=options,
        explanation="It *holds*.\n\nTruly.",
        task="1.2",
        level="analyse",
        topics=("kms",),
        refs=("https://docs.example.com/kms",),
        place=PLACE,
    )
    return msgspec.structs.replace(made, **changes)


def shipment(*, terms: bool = True) -> Shipment:
    """Two questions, one with several right options, and a term."""
    questions = {"made:one": question("one"), "made:two": question("two", "11000")}
    held: dict[str, Term] = {"kms:key-policy": term()} if terms else {}
    return Shipment(name="made", questions=questions, terms=held, stamp=1_700_000_000)


MARKDOWN = b"""# Exam

![banner](banner.png)

Some words about it.

### Which one is right (Choose two)?

![Question 1](images/question1.jpg)

- [x] Right.
  ```json
  {"Effect": "Deny"}
  ```
- [X] Also
  > Because.
- [ ] Wrong
* [ ] Not
1. [] Never

**[\xe2\xac\x86 Back to Top](#table-of-contents)**

## What does it do?

```json
# no heading
- [x] no option
```

- [ ] A
- [x] Both A and B
- [ ] C
- [ ] D
"""
LETTERED = b"""---
layout: exam
---

# Exam

1. Which one is right? (Choose two)    - A. Right
    - B. Wrong
    - C. Also (correct)
    - **D.** Not

    <details markdown=1><summary>Answer</summary>
    Correct answer: A, C

    Explanation: <https://docs.example.com/kms>

    - B is incorrect because of it.
    </details>

## Question 2

![map](a.png)

a) one
b) two
c) three
d) four

<details>
<summary>Answer Key</summary>

### Question 2

**Correct Answer: b)** since

</details>
"""
GIFT = b"""$CATEGORY: aws/kms

// [id:q1] [tag:kms] [tag:aws]
::One::[html]Which <b>one</b>? {=Right#Yes. ~Wrong#No. ~%50%Half ~Not ####Because.}

Who {~Ann =Bob ~Cid ~Dora} said it?

{T}

::num::How many? {#3.5:0.1}
"""
AIKEN = b"Which one?\nA) One\nB. Two\nC) Three\nD) Four\nANSWER: B\n\nTwo\nlines?\nA. a\nB. b\nANSWER: Z\n"
CSV = (
    b"\xef\xbb\xbfQuestion,Question Type,Answer Option 1,Explanation 1,Answer Option 2,Answer Option 3,"
    b'Answer Option 4,Correct Answers,Overall Explanation,Domain\r\n"Which, now?",multiple-choice,'
    b'"a ""b""",yes,b,c,d,1,Because,Secure\r\n,,,,,,\r\n'
)
MOODLE = b"""<?xml version="1.0" encoding="UTF-8"?>
<quiz><question type="category"><category><text>x</text></category></question>
<question type="multichoice"><name><text>n</text></name>
<questiontext format="html"><text><![CDATA[<p>Which <b>one</b>?</p><img src="@@PLUGINFILE@@/x.png">]]></text>
</questiontext><single>true</single><answer fraction="100"><text>a</text></answer>
<answer fraction="50"><text>b</text></answer><answer fraction="0"><text>c</text></answer>
<answer fraction="0"><text>d</text></answer><tags><tag><text>kms</text></tag></tags></question>
<question type="essay"/></quiz>
"""
QTI21 = b"""<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="i1" title="t">
<responseDeclaration identifier="R" cardinality="single" baseType="identifier"><correctResponse>
<value>A</value></correctResponse></responseDeclaration><itemBody><p>Which?</p>
<choiceInteraction responseIdentifier="R"><simpleChoice identifier="A">a</simpleChoice>
<simpleChoice identifier="B">b</simpleChoice><simpleChoice identifier="C">c</simpleChoice>
<simpleChoice identifier="D">d</simpleChoice></choiceInteraction></itemBody></assessmentItem>
"""
ANKI_TEXT = (
    b"#separator:tab\n#html:true\n#notetype:Basic\n#tags column:3\n"
    b'What?\tA <b>thing</b>\taws kms\n"two\nlines"\tb\t\n# comment\nlone\n'
)
PLAIN = b'Question;A;B;C;D;Answer;Tags\nWhich?;one;two;three;four;B;kms aws\n"open;a;b\n;;;;;;\n'
CARDS = b"Term,Definition\nKMS,A service.\n,none\n"
BLACKBOARD = b"MC\tWhich?\ta\tcorrect\tb\tincorrect\tc\tincorrect\td\tincorrect\nESS\tWhy?\t\n"
DECKS = (
    b"---\nname = 'x'\n---\nQ: What?\nA: A thing.\n\nC: It [hides].\n---\nT: a\nD: b\n",
    b"# What?\nA thing.\n---\n# Which?\n- no\n* yes\n---\n# Two?\n[*] a\n[ ] b\n---\n# Order\n1. a\n2. b\n",
)
FOREIGN = {
    "markdown-full": MARKDOWN,
    "csv-plain": PLAIN,
    "csv-cards": CARDS,
    "blackboard": BLACKBOARD,
    "markdown": MARKDOWN,
    "gift": GIFT,
    "aiken": AIKEN,
    "csv": CSV,
    "moodle": MOODLE,
    "qti": QTI21,
    "anki-text": ANKI_TEXT,
    "apkg": modern(note(1, 3, "Which?", "", "2", "a", "b", "c", "d", "", "1 0 0 0"), note(2, 1, "f", "b")),
}


def samples(form: str) -> tuple[bytes, ...]:
    """What stands at the start of a mutation: our own file of the format, and a foreign one."""
    own = (writer_of(form)(shipment()).data,) if FORMATS[form].writes else ()
    more: tuple[bytes, ...] = (*DECKS, LETTERED) if form == "markdown" else ()
    if form == "apkg":
        more = (legacy(note(1, 1, "f", "b")), zipped(collection__anki2=b"no"))
    return (*own, FOREIGN[form], *more)
