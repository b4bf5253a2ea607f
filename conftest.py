"""A notebook that imports an optional library is skipped, by name, where that is not installed."""

import notebooks
import pytest


def pytest_collection_modifyitems(items):
    absent = {path: notebooks.missing(path) for path in {item.path for item in items} if path.suffix == ".ipynb"}
    for item in items:
        if absent.get(item.path):
            item.add_marker(pytest.mark.skip(absent[item.path]))
