"""What was in the package until version 0.1 and belongs to the book: its figures, now in `chapters/figures`.

`entropybook.plots` and `entropybook.explorables` are aliases of them for one release, and go with version 0.3.
"""

import sys
from importlib import import_module
from pathlib import Path
from typing import Any

CHAPTERS = Path(__file__).resolve().parents[2] / "chapters"  # if the package runs from the book's repository


def figures(*, interactive: bool, renamed: dict[str, str]) -> dict[str, Any]:
    """All public names of the book's figures, those with sliders or the others, by old names as well.

    Parameters
    ----------
    interactive : bool
        Whether the figures with sliders are meant.
    renamed : dict
        The new name of each old one that has changed.

    Raises
    ------
    ImportError
        If the book is not there, or a library that its figures need.
    """
    if (CHAPTERS / "figures").is_dir() and str(CHAPTERS) not in sys.path:
        sys.path.append(str(CHAPTERS))
    try:
        folder = Path(import_module("figures.style").__file__ or "").parent
    except ImportError:
        raise ImportError(
            "The figures belong to the book, not to the package. Clone the book's repository, and run Python in its "
            "folder chapters: from figures import ch01_surprise"
        ) from None
    found: dict[str, Any] = {}
    for name in sorted(path.stem for path in folder.glob("*.py")):
        if name.endswith("interactive") == interactive:
            try:
                found |= vars(import_module(f"figures.{name}"))
            except ModuleNotFoundError as error:
                raise ImportError(
                    f"The book's figures need {str(error.name).partition('.')[0]}; install what the chapters need: "
                    "python -m pip install 'entropybook[chapters]'"
                ) from error
    found = {name: value for name, value in found.items() if not name.startswith("_")}
    return found | {old: found[new] for old, new in renamed.items()}
