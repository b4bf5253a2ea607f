"""The command line: output, exit codes, errors."""

import json
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
    lines = out.splitlines()
    assert len(lines) == len(derivations)
    assert [line.split()[0] for line in lines] == list(derivations)
    assert any(line.endswith("Gibbs' inequality") for line in lines)


def test_show(capsys):
    code, out, _ = run(capsys, "show", "gibbs-inequality")
    assert code == 0
    assert out.startswith("gibbs-inequality (04_kl_divergence)\nGibbs' inequality\n")
    assert "(2) >= 0\n" in out


def test_verify(capsys):
    code, out, err = run(capsys, "verify", "gibbs-inequality", "kraft-inequality")
    assert (code, err) == (0, "")
    assert out.startswith("[ 1/2] gibbs-inequality: 5 proved (")
    assert out.endswith("2 of 2 derivations verified; 9 steps: 8 proved (89%), 1 cited (11%)\n")


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
    monkeypatch.setitem(derivations._records, "gibbs-inequality", wrong)
    code, out, err = run(capsys, "verify", "log-tangent-bound", "gibbs-inequality")
    assert code == 1
    assert "[ 2/2] gibbs-inequality: FAILED" in out and "1 of 2 derivations verified" in out
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
