"""Notebooks are skipped, by name, without a library they import; their pictures are compared; who shares a worker."""

import re

import notebooks
import pytest
from nbval.plugin import IPyNbCell
from xdist.scheduler import LoadScopeScheduling

compare_texts = IPyNbCell.compare_outputs


def compare_outputs(cell, fresh, stored, skip_compare=None):
    """As nbval, which passes over pictures; and then the pictures."""
    same = compare_texts(cell, fresh, stored, skip_compare)
    complaints = notebooks.stale(stored, fresh)
    cell.comparison_traceback += complaints
    return same and not complaints


IPyNbCell.compare_outputs = compare_outputs


class Shares(LoadScopeScheduling):
    """A file is for one worker, as the cells of a notebook need one kernel; but tests of a derivation are spread.

    Those of the same derivation stay together, so that it is verified once.
    """

    def _split_scope(self, nodeid):
        file, _, name = nodeid.partition("::")
        derivation = re.search(r"\[([a-z0-9-]*?)(-(text|display|markdown|latex|beamer|notebook))?\]$", name)
        of_each = file.endswith(("test_derivations.py", "test_export.py", "test_statements.py"))
        return derivation[1] if of_each and derivation else file


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    return Shares(config, log)


def pytest_collection_modifyitems(items):
    absent = {path: notebooks.missing(path) for path in {item.path for item in items} if path.suffix == ".ipynb"}
    items.sort(key=lambda item: item.path not in absent)  # the longest first
    for item in items:
        if absent.get(item.path):
            item.add_marker(pytest.mark.skip(absent[item.path]))
