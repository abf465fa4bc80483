"""A small bank that is right in every field, as texts, and ways to read it with changes."""

from __future__ import annotations

from pathlib import Path

import msgspec

from keykata.bank.loading import LoadedBank
from keykata.bank.model import Domain, Exam, Problem
from keykata.bank.reader import load_bank

EXAM = Exam(
    id="saa-c03",
    code="SAA-C03",
    name="An exam",
    scored=50,
    unscored=15,
    minutes=130,
    domains=(
        Domain(id="1", name="Secure", short="Secure", weight=100, tasks={"1.3": "Data", "1.1": "Access"}),
    ),
)

BANK = """\
id: kms
name: KMS to mastery
exam: saa-c03             # a comment beside an id is fine
blueprint: false
sources:
  kms: https://docs.aws.amazon.com/kms/latest/developerguide/{}.html
  ebs: https://docs.aws.amazon.com/ebs/latest/userguide/{}.html
opening: [snapshot]
"""

TERM = """\
id: customer-managed-key
name: Customer managed key
also: [AWS KMS customer managed key]
retired: [customer managed CMK]
confused_with: [owned-key]
short: A KMS key that you create, own and manage.
definition: |
  You create it, it lives in your account,
  and its policy is yours to set.

  AWS services use it for you.
sensei: Read for the verb.
concepts:
  life-cycle: You create it, ==enable and disable== it.
  rotation:
    text: Automatic rotation is ==off== until you turn it on.
    why: Often mixed up with AWS managed keys.
    refs: [kms:rotate-keys]
on_exam:
  control: The company itself must control its keys.
faqs:
  creator-gone:
    q: What happens if the creator is deleted?
    a: |
      Nothing, if the key policy still lets
      the account in.
    loose: '"Any admin can take over": only if the policy lets the account delegate.'
related: [owned-key]
refs: [kms:concepts#key-mgmt]
checked: 2026-11
was: cmk
"""

OWNED = """\
id: owned-key
name: AWS owned key
short: A KMS key that a service owns.
definition: It lives in the account of the service.
concepts:
  hidden: You ==cannot see== it.
refs: [kms:concepts]
checked: 2026-11
"""

QUESTIONS = """\
defaults:
  task: 1.3
  topics: [customer-managed-key]
  checked: 2026-11
questions:
  snapshot:
    level: apply
    tests: [customer-managed-key/rotation]
    stem: |
      A company backs up Amazon EBS volumes with snapshots that are encrypted
      under `aws/ebs`. A partner must create volumes from one of them.
    ask: Which combination of steps meets this requirement?
    options:
      - right: Copy the snapshot, and encrypt the copy under a customer managed key.
        why: A snapshot keeps its key, and no other account can use it.
      - right: Share the copy, and let the account of the partner use its key.
        why: The partner needs the snapshot and the key.
      - wrong: Add the account of the partner to the key policy of `aws/ebs`.
        why: You can read the policy of an AWS managed key, not edit it.
      - wrong: Make the snapshot public for as long as the partner needs it.
        why: An encrypted snapshot cannot be made public.
      - wrong: Share the encrypted snapshot, and send the partner its data key.
        why: EBS never hands out data keys.
    explanation: AWS managed keys stay inside one account.
    refs: [ebs:share-kms-key]
  disable:
    level: recall
    stem: Security must be able to stop every read of a bucket within minutes.
    ask: Which key fits?
    options:
      - right: A customer managed key
        why: It can be disabled by its owner.
      - wrong: An AWS managed key
        why: Nobody but AWS changes its state.
      - wrong: An AWS owned key
        why: It is not even visible.
      - wrong: A data key
        why: It cannot be disabled.
    refs: [kms:enabling-keys]
"""

COMPARISON = """\
id: key-kinds
title: Two kinds of KMS key
subjects:
  customer: {term: customer-managed-key, as: a customer managed key}
  owned: {term: owned-key, as: an AWS owned key}
defaults: {refs: [kms:concepts], checked: 2026-11}
decide:
  - if: Must you decide anything about the key?
    then: customer
  - else: owned
aspects:
  disable:
    label: Disable it
    ask: Can you disable {subject}?
    customer: Yes
    owned: No
sorter:
  title: Key sorter
  rule: Fewest duties that still meet the need.
  scenarios:
    stop-reads:
      say: Security must be able to stop every read within minutes.
      fits: customer
      because: It can be disabled by you.
      not:
        owned: Nobody but AWS can stop it.
"""

GUIDE = """\
---
id: start-here
title: Start here
kind: study-guide
terms: [customer-managed-key]
refs: [kms:concepts]
checked: 2026-11
---
# Keys

Read about [customer managed keys](term:customer-managed-key) first.
"""

FILES = {
    "bank.yaml": BANK,
    "terms/customer-managed-key.yaml": TERM,
    "terms/owned-key.yaml": OWNED,
    "questions/all.yaml": QUESTIONS,
    "comparisons/key-kinds.yaml": COMPARISON,
    "guides/start-here.md": GUIDE,
}
KEY_TERM, QUESTION_FILE = "terms/customer-managed-key.yaml", "questions/all.yaml"
COMPARISON_FILE, GUIDE_FILE = "comparisons/key-kinds.yaml", "guides/start-here.md"


def write_files(folder: Path, files: dict[str, str | bytes]) -> Path:
    """Write a bank's files below a folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def read_bank(
    folder: Path, changes: dict[str, str | bytes] | None = None, *, shipped: bool = True
) -> LoadedBank:
    """The small bank with some of its files changed or added; nobody has read it blind, which is not told."""
    write_files(folder, {**FILES, **(changes or {})})
    bank = load_bank(folder, exams={EXAM.id: EXAM}, shipped=shipped)
    told = tuple(problem for problem in bank.problems if problem.code != "review-missing")
    return msgspec.structs.replace(bank, problems=told)


def changed(text: str, old: str, new: str) -> str:
    """A text with one place changed, which must be there."""
    assert old in text
    return text.replace(old, new, 1)


def only_problem(bank: LoadedBank) -> Problem:
    """The one problem of a bank."""
    assert len(bank.problems) == 1, bank.problems
    return bank.problems[0]
