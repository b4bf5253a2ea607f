"""The audit of the notes shows every claim: a verdict, the same in table, tally and section, and a cell that runs."""

import re
from collections import Counter

import nbformat
import notebooks
import pytest

VERDICTS = {"true": "True", "conditional": "Under conditions", "false": "False"}


@pytest.fixture
def audit():
    return nbformat.read(next(path for path in notebooks.chapters() if path.stem == "a1_notes_audited"), as_version=4)


def rows(nb):
    """The verdicts of the table at the top, by claim."""
    text = "\n".join(cell.source for cell in nb.cells if cell.cell_type == "markdown")
    return {
        claim: verdict
        for claim, link, verdict in re.findall(r"^\| \[(\w+)\]\(#([\w-]+)\) \|.*\| \**(\w+)\** \|$", text, re.M)
        if link == f"claim-{claim.lower()}"
    }


def problems(nb):
    """What a claim of the table lacks."""
    sections = {}
    for cell, following in zip(nb.cells, nb.cells[1:], strict=False):
        if found := re.match(
            r"\((claim-\w+)\)=\n### (\w+)\. .+\n\n\*The note says:\* .+\n\n\*\*(.+)\.\*\* ", cell.source
        ):
            label, claim, verdict = found.groups()
            shown = following.cell_type == "code" and ("assert" in following.source or bool(following.outputs))
            sections[claim] = label, verdict, shown
    for claim, verdict in rows(nb).items():
        if claim not in sections:
            yield f"{claim}: no section"
        elif sections[claim] != (f"claim-{claim.lower()}", VERDICTS[verdict], True):
            yield f"{claim}: the section says {sections[claim]}, the table {verdict}"
    yield from (f"{claim}: not in the table" for claim in sections.keys() - rows(nb).keys())


def test_seventy_claims(audit):
    numbers = [f"A{k}" for k in range(1, 36) if k != 7] + ["A7a", "A7b"] + [f"B{k}" for k in range(1, 35)]
    assert sorted(rows(audit)) == sorted(numbers) and len(numbers) == 70
    assert Counter(rows(audit).values()) == {"true": 21, "conditional": 39, "false": 10}


def test_every_claim_has_a_verdict_and_a_cell(audit):
    assert list(problems(audit)) == []


def test_the_tally_is_the_table(audit):
    (cell,) = [cell for cell in audit.cells if cell.source.startswith("verdicts = ")]
    letters = {"T": "true", "C": "conditional", "F": "false"}
    assert {v[:-1]: letters[v[-1]] for v in re.findall(r"\b[AB]\w+", cell.source)} == rows(audit)


def test_a_missing_cell_is_noticed(audit):
    place = next(k for k, cell in enumerate(audit.cells) if cell.source.startswith("(claim-b18)="))
    del audit.cells[place + 1]
    assert len(list(problems(audit))) == 1


def test_a_changed_verdict_is_noticed(audit):
    for cell in audit.cells:
        cell.source = cell.source.replace("**False.** Where", "**True.** Where")
    assert len(list(problems(audit))) == 1
