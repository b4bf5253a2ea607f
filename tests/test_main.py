"""The command line: output, exit codes, errors."""

import json
import os
import subprocess
import sys

import pytest

from entropybook import __main__ as command
from entropybook import derivations
from entropybook.derivation import DerivationError


def run(capsys, *arguments):
    code = command.main(list(arguments))
    out, err = capsys.readouterr()
    return code, out, err


def test_list(capsys):
    code, out, err = run(capsys, "list")
    assert (code, err) == (0, "")
    *lines, last = out.splitlines()
    theorems = [line.split() for line in lines if not line.startswith(" ")]
    assert [words[0] for words in theorems] == list(derivations)
    assert "gibbs-inequality                     proved, zeros in the text  Gibbs' inequality" in lines
    kraft = next(number for number, line in enumerate(lines) if line.startswith("kraft-inequality "))
    assert " partly " in lines[kraft] and " - in the text: " in lines[kraft + 1]
    assert last.startswith("76 theorems: ")


def test_show(capsys):
    code, out, _ = run(capsys, "show", "gibbs-inequality", "gibbs-inequality")
    assert code == 0
    assert out.startswith("gibbs-inequality (04_kl_divergence)\nGibbs' inequality\n")
    assert "(2) >= 0   [proved]\n" in out
    assert out.count("Gibbs' inequality\n") == 1  # what is asked for twice is shown once


def test_verify(capsys):
    code, out, err = run(capsys, "verify", "gibbs-inequality", "kl-additive", "gibbs-inequality")
    assert (code, err) == (0, "")
    assert out.startswith("[ 1/2] gibbs-inequality: proved, zeros in the text; steps: 5 proved (")
    assert out.endswith("2 of 2 derivations verified: 2 proved, zeros in the text\n7 steps: 7 proved\n")


def test_verify_that_fails(capsys, monkeypatch):
    class Pool:  # in this process, so that the derivation can be replaced
        def __init__(self, workers):
            pass

        def __enter__(self):
            return self

        def __exit__(self, *problem):
            pass

        map = staticmethod(map)

    wrong = derivations["gibbs-inequality"].with_step(1, 1)
    monkeypatch.setattr(command, "ProcessPoolExecutor", Pool)
    monkeypatch.setattr(command, "derivations", {**derivations, "gibbs-inequality": wrong})
    code, out, err = run(capsys, "verify", "log-tangent-bound", "gibbs-inequality")
    assert code == 1
    assert "[ 2/2] gibbs-inequality: FAILED" in out and "1 of 2 derivations verified: 1 proved" in out
    assert "gibbs-inequality, step 2 of 5" in err
    with pytest.raises(DerivationError):
        wrong.verify()


@pytest.mark.parametrize("form", command.FILES)
def test_export(capsys, tmp_path, form):
    file = tmp_path / "it"
    assert run(capsys, "export", "gibbs-inequality", "kl-additive", "--to", form, "-o", str(file)) == (0, "", "")
    text = file.read_text(encoding="utf-8")
    assert "Gibbs" in text and "Independent parts add up" in text
    assert run(capsys, "export", "gibbs-inequality", "kl-additive", "--to", form)[1] == text
    if form == "notebook":
        assert json.loads(text)["nbformat"] == 4


def test_errors(capsys, tmp_path):
    code, out, err = run(capsys, "show", "gibs-inequality")
    assert (code, out) == (2, "")
    assert err.startswith("there is no derivation 'gibs-inequality'; the nearest are gibbs-inequality, ")
    nowhere = tmp_path / "no" / "folder"
    code, out, err = run(capsys, "export", "kl-additive", "--to", "latex", "-o", str(nowhere))
    assert (code, err) == (1, f"cannot write {nowhere}: No such file or directory\n")
    for arguments in ([], ["prove"], ["show"], ["export", "kl-additive"], ["export", "kl-additive", "--to", "word"]):
        with pytest.raises(SystemExit) as caught:
            command.main(arguments)
        assert caught.value.code == 2


def test_help_and_a_pipe_that_closes():
    helped = subprocess.run([sys.executable, "-m", "entropybook", "--help"], capture_output=True, text=True)
    assert helped.returncode == 0
    assert all(word in helped.stdout for word in ("list", "show", "verify", "export"))
    closed = subprocess.run(f"{sys.executable} -m entropybook list | true", shell=True, capture_output=True, text=True)
    assert closed.stderr == ""


@pytest.mark.parametrize(
    ("command", "message"),
    [
        ("list > /dev/full", "cannot write the output: No space left on device\n"),
        ("show gibbs-inequality > /dev/full", "cannot write the output: No space left on device\n"),
        ("export kl-additive --to latex -o /dev/full", "cannot write /dev/full: No space left on device\n"),
    ],
)
def test_a_full_disk_is_told(command, message):
    if not os.path.exists("/dev/full"):
        pytest.skip("there is no /dev/full")
    done = subprocess.run(f"{sys.executable} -m entropybook {command}", shell=True, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (1, message)


def test_a_letter_that_the_terminal_lacks_is_named():
    ascii_only = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run([sys.executable, "-m", "entropybook", "list"], capture_output=True, text=True, env=ascii_only)
    assert done.returncode == 1
    assert done.stderr == "the output's encoding, ascii, has no '\\u2013': set PYTHONIOENCODING=utf-8\n"
