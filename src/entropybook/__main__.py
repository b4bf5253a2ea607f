"""The derivations on the command line: ``python -m entropybook list | show | verify | export``."""

import argparse
import os
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from entropybook import derivations
from entropybook.derivation import STATUSES, DerivationError
from entropybook.export import FORMS

FILES = ("latex", "beamer", "markdown", "notebook")


def parse(arguments):
    parser = argparse.ArgumentParser(
        prog="python -m entropybook", description="Derivations of the book, verified step by step."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="list | show | verify | export")
    commands.add_parser("list", help="list the ids and titles", description="List the ids and titles.")
    show = commands.add_parser("show", help="show one", description="Show a derivation, with the status of its steps.")
    show.add_argument("ids", nargs="+", metavar="ID")
    verify = commands.add_parser("verify", help="verify some, or all", description="Verify some derivations, or all.")
    verify.add_argument("ids", nargs="*", metavar="ID")
    export = commands.add_parser("export", help="write some as a file", description="Write some derivations as a file.")
    export.add_argument("ids", nargs="+", metavar="ID")
    export.add_argument("--to", choices=FILES, required=True, help="the form of the file")
    export.add_argument("-o", "--output", metavar="FILE", type=Path, help="where to write; else to the terminal")
    return parser.parse_args(arguments)


def verify(id):
    """The statuses of one derivation, or the message of what failed, and the seconds it took."""
    start = time.perf_counter()
    try:
        return derivations[id].verify().statuses, None, time.perf_counter() - start
    except DerivationError as problem:
        return (), str(problem), time.perf_counter() - start


def verify_all(ids):
    """Verify on every core, with a line for each; 0 if all is well, 1 if something failed."""
    counts, failed = Counter(), 0
    with ProcessPoolExecutor(min(len(ids), os.cpu_count() or 1)) as pool:
        for number, (id, (statuses, problem, seconds)) in enumerate(zip(ids, pool.map(verify, ids), strict=True), 1):
            found = Counter(statuses)
            text = ", ".join(f"{found[status]} {status}" for status in STATUSES if found[status]) or "FAILED"
            print(f"[{number:2}/{len(ids)}] {id}: {text} ({seconds:.1f} s)", flush=True)
            if problem:
                print(problem, file=sys.stderr)
            counts, failed = counts + found, failed + bool(problem)
    steps = counts.total() or 1
    shares = ", ".join(f"{counts[s]} {s} ({counts[s] / steps:.0%})" for s in STATUSES if counts[s])
    print(f"{len(ids) - failed} of {len(ids)} derivations verified; {steps} steps: {shares or 'none'}")
    return 1 if failed else 0


def main(arguments=None):
    options = parse(arguments)
    try:
        chosen = [derivations[id] for id in getattr(options, "ids", ())]
    except KeyError as problem:
        print(problem.args[0], file=sys.stderr)
        return 2
    if options.command == "list":
        width = max(map(len, derivations))
        for id, d in derivations.items():
            print(f"{id:{width}}  {d.title}")
    elif options.command == "show":
        print(FORMS["text"](chosen), end="")
    elif options.command == "verify":
        return verify_all(options.ids or list(derivations))
    elif options.output is None:
        print(FORMS[options.to](chosen), end="")
    else:
        try:
            options.output.write_text(FORMS[options.to](chosen), encoding="utf-8")
        except OSError as problem:
            print(f"cannot write {options.output}: {problem.strerror}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    try:
        code = main()
        sys.stdout.flush()
    except BrokenPipeError:  # whoever reads has read enough, as in `list | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 1
    sys.exit(code)
