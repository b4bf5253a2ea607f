"""The derivations on the command line: ``python -m entropybook list | show | verify | export``."""

import argparse
import os
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from entropybook import derivations
from entropybook.derivation import STATUSES, THEOREM_STATUSES, DerivationError
from entropybook.export import FORMS

FILES = ("latex", "beamer", "markdown", "notebook")


def parse(arguments):
    parser = argparse.ArgumentParser(
        prog="python -m entropybook", description="Derivations of the book, verified step by step."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="list | show | verify | export")
    commands.add_parser(
        "list", help="list ids, statuses and titles", description="List the theorems with their status."
    )
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
    """The report of one derivation, or the message of what failed, and the seconds it took."""
    start = time.perf_counter()
    try:
        return derivations[id].verify(), None, time.perf_counter() - start
    except DerivationError as problem:
        return None, str(problem), time.perf_counter() - start


def verify_all(ids):
    """Verify on every core, with a line for each; 0 if all is well, 1 if something failed."""
    theorems, steps = Counter(), Counter()
    with ProcessPoolExecutor(min(len(ids), os.cpu_count() or 1)) as pool:
        for number, (id, (report, problem, seconds)) in enumerate(zip(ids, pool.map(verify, ids), strict=True), 1):
            print(f"[{number:2}/{len(ids)}] {report or f'{id}: FAILED'} ({seconds:.1f} s)", flush=True)
            if problem:
                print(problem, file=sys.stderr)
            else:
                theorems[report.theorem] += 1
                steps += report.counts
    print(f"{theorems.total()} of {len(ids)} derivations verified: {listed(theorems, THEOREM_STATUSES)}")
    print(f"{steps.total()} steps: {listed(steps, STATUSES)}")
    return 0 if theorems.total() == len(ids) else 1


def listed(counts, statuses):
    """How many have which status, as a text."""
    return "; ".join(f"{counts[status]} {status}" for status in statuses if counts[status]) or "none"


def list_all():
    """A line a theorem: its id, its status, its title; below it what is not proved by the steps."""
    width, counts = max(map(len, derivations)), Counter()
    for id, d in derivations.items():
        report = d.report()
        counts[report.theorem] += 1
        print(f"{id:{width}}  {report.theorem:24}  {d.title}")
        for clause in report.unproved:
            print(f"{'':{width}}  - {clause}")
    print(f"{len(derivations)} theorems: {listed(counts, THEOREM_STATUSES)}")


def run(options):
    """Do what is asked; the exit code."""
    try:
        chosen = [derivations[id] for id in getattr(options, "ids", ())]
    except KeyError as problem:
        print(problem.args[0], file=sys.stderr)
        return 2
    if options.command == "list":
        list_all()
    elif options.command == "show":
        print(FORMS["text"](chosen), end="")
    elif options.command == "verify":
        return verify_all(options.ids or list(derivations))
    elif options.output is None:
        print(FORMS[options.to](chosen), end="")
    else:
        options.output.write_text(FORMS[options.to](chosen), encoding="utf-8")
    return 0


def main(arguments=None):
    options = parse(arguments)
    if hasattr(options, "ids"):
        options.ids = list(dict.fromkeys(options.ids))  # an id that is given twice counts once
    file = getattr(options, "output", None)
    try:
        code = run(options)
        sys.stdout.flush()
        return code
    except DerivationError as problem:
        print(problem, file=sys.stderr)
    except UnicodeEncodeError as problem:
        letter = problem.object[problem.start]
        print(
            f"the output's encoding, {problem.encoding}, has no {letter!a}: set PYTHONIOENCODING=utf-8", file=sys.stderr
        )
    except OSError as problem:
        if not file:  # so that nothing is written once more at the end
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(problem, BrokenPipeError):  # then whoever reads has read enough, as in `list | head`
            print(f"cannot write {file or 'the output'}: {problem.strerror}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
