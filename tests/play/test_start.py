"""What is told to be typed to take a bank again."""

from __future__ import annotations

from pathlib import Path

from quizcli.bank.shelf import shipped
from quizcli.play.commands import bank_name
from tests.support.fakes import environment


def test_a_bank_is_named_by_its_file_where_that_alone_finds_it(tmp_path: Path) -> None:
    """By its id where it is on the shelf, or where its file is gone: that may have been the bank
    of another installation, which this one has as well."""
    env = environment(tmp_path)
    own = tmp_path / "questions" / "b.yaml"
    apart = tmp_path / "my bank.yaml"
    for file in (own, apart):
        file.parent.mkdir(exist_ok=True)
        file.touch()
    assert bank_name(env, "b", str(own)) == "b"
    assert bank_name(env, "rnn", str(shipped() / "rnn.yaml")) == "rnn"
    assert bank_name(env, "b", str(apart)) == f"'{apart}'"
    assert bank_name(env, "b", "my bank.yaml") == "'my bank.yaml'"
    assert bank_name(env, "rnn", "/gone/questions/rnn.yaml") == "rnn"
    assert bank_name(env, "b", "questions/b.yaml") == "b"
