"""Notebooks are skipped, by name, without a library they import; their pictures are compared; who shares a worker."""

import notebooks
import pytest
from nbval.plugin import IPyNbCell

compare_texts = IPyNbCell.compare_outputs


def compare_outputs(cell, fresh, stored, skip_compare=None):
    """As nbval, which passes over pictures; and then the pictures."""
    same = compare_texts(cell, fresh, stored, skip_compare)
    complaints = notebooks.stale(stored, fresh)
    cell.comparison_traceback += complaints
    return same and not complaints


IPyNbCell.compare_outputs = compare_outputs


def pytest_collection_modifyitems(items):
    absent = {path: notebooks.missing(path) for path in {item.path for item in items} if path.suffix == ".ipynb"}
    items.sort(key=lambda item: item.path not in absent)  # the longest first
    for item in items:
        if item.path in absent:  # its cells need one kernel, and so one worker
            item.add_marker(pytest.mark.xdist_group(item.path.name))
        if id := getattr(item, "callspec", None) and item.callspec.params.get("id"):  # of a derivation: verified once
            item.add_marker(pytest.mark.xdist_group(id))
        if absent.get(item.path):
            item.add_marker(pytest.mark.skip(absent[item.path]))
