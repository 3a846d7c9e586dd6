"""Names that cards had before, and have now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.journal.card_states import StateTable

if TYPE_CHECKING:
    from collections.abc import Iterable


class NameTable(StateTable):
    """The table ``card_names``: a former name with the one that came after it."""

    def rename(self, old: str, new: str, at: str) -> bool:
        """Write down that a card has another name now; False where that is known already."""

        return self.journal.in_one(lambda: self.rename_within(old, new, at), derived=True)

    def rename_within(self, old: str, new: str, at: str) -> bool:
        """The same in a transaction of the caller's."""
        if self._texts("SELECT new FROM card_names WHERE old = ?", (old,)) == [new]:
            return False
        before = self.name(old)
        self.journal.connection.execute(
            "INSERT OR REPLACE INTO main.card_names (old, new, at) VALUES (?,?,?)",
            (old, new, at),
        )
        # A name that was given up once, and is taken again.
        self.journal.connection.execute("DELETE FROM main.card_names WHERE old = ?", (new,))
        self.drop([old])
        self.mark_stale([new, before])
        return True

    def reclaim(self, cards: Iterable[str]) -> None:
        """Names that are cards of their own again; in a transaction of the caller's."""
        former = set(self._texts("SELECT old FROM card_names"))
        for card in former.intersection(cards):
            other = self.name(card)
            self.journal.connection.execute("DELETE FROM main.card_names WHERE old = ?", (card,))
            self.mark_stale([card, other])

    def known(self, note: str) -> list[str]:
        """The names of a note's cards that anything happened to, or that some were given: its own,
        and ``note#gap``."""
        these = (note, f"{note}#", f"{note}$")  # "$" follows "#"
        return self._texts(
            "SELECT card FROM card_log WHERE card = ? OR (card > ? AND card < ?) "
            "UNION SELECT new FROM card_names WHERE new = ? OR (new > ? AND new < ?)",
            (*these, *these),
        )

    def names(self, card: str) -> list[str]:
        """A card's name and those it had before."""
        names = [card]
        for name in names:
            former = self._texts("SELECT old FROM card_names WHERE new = ?", (name,))
            names += [old for old in former if old not in names]
        return names

    def name(self, card: str) -> str:
        """The name that a card has today."""
        seen = {card}
        while newer := self._texts("SELECT new FROM card_names WHERE old = ?", (card,)):
            card = newer[0]
            if card in seen:
                break
            seen.add(card)
        return card

    def renames(self) -> dict[str, str]:
        """Every former name with the card's name today."""
        return {old: self.name(old) for old in self._texts("SELECT old FROM card_names")}

    def mark_stale(self, cards: Iterable[str]) -> None:
        """Cards whose state is to be derived again before it is next read; in a transaction of
        the caller's."""
        self._put_stale([self.name(card) for card in cards])
