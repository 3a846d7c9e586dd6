"""The bank format, field by field: the one description that reader, schema and README follow."""

from __future__ import annotations

from quizcli.quiz.fields import Field, Type
from quizcli.quiz.kinds import KINDS

FORMAT = 1
MAX_FIGURE_COLUMNS = 38
MIN_RETENTION, MAX_RETENTION = 0.7, 0.97
MAX_COUNT = 9999
MAX_OPTIONS = 26  # as many as there are letters to answer with


def shapes(kinds: tuple[str, ...], rules: tuple[str, ...]) -> dict[str, dict[str, Field]]:
    """All mappings of a bank by name, with their fields by name."""
    own = tuple(rule for kind in KINDS.values() for rule in kind.rules if rule not in rules)
    every = (*rules, *dict.fromkeys(own))
    return {
        name: {field.name: field for field in fields}
        for name, fields in {
            "bank": _bank(),
            "defaults": (
                Field("credit", Type.WORD, "the credit rule, net-correct by default", words=rules),
                Field("shuffle", Type.BOOLEAN, "whether orders are shuffled, true by default"),
                Field("retention", Type.RETENTION, "the share to be recalled at review"),
                Field("new_per_day", Type.COUNT, "at most this many new cards of this bank a day"),
            ),
            "question": _question(kinds, every),
            "figure": (
                Field("text", Type.TEXT, "a drawing of at most 38 columns", required=True),
                Field("alt", Type.TEXT, "the same, in words", required=True),
            ),
            "section": (
                Field("tag", Type.TEXT, "the tag that its questions have", required=True),
                Field("count", Type.COUNT, "how many of them are asked", required=True),
            ),
            "scenario": (
                Field("id", Type.ID, "the name by which questions share it", required=True),
                Field("text", Type.TEXT, "what is shown before their prompts", required=True),
                Field("figure", Type.OBJECT, "a drawing, of questions without one", of="figure"),
            ),
            "option": _option(),
            "demo": (
                Field("name", Type.ID, "the name of a registered experiment", required=True),
                Field("set", Type.DATA, "its numbers, where they differ from the defaults"),
            ),
            **{of: shape for kind in KINDS.values() for of, shape in kind.shapes().items()},
        }.items()
    }


def _bank() -> tuple[Field, ...]:
    return (
        Field("format", Type.WORD, "the version of this format", required=True, words=("1",)),
        Field("id", Type.ID, "the bank's name in commands and journals", required=True),
        Field("formerly", Type.IDS, "earlier names; what was learned under them still counts"),
        Field("title", Type.TEXT, "the bank's name for people", required=True),
        Field("description", Type.TEXT, "what it is about and for whom"),
        Field("language", Type.LANGUAGE, "the language it is written in, such as en or de"),
        Field("defaults", Type.OBJECT, "what holds for every question", of="defaults"),
        Field("keyless", Type.BOOLEAN, "a handout: answers are recorded, its parent grades them"),
        Field("parent", Type.ID, "of a handout, the digest of the bank with the key"),
        Field("draw", Type.OBJECTS, "what a quiz asks, section by section", of="section"),
        Field("scenarios", Type.OBJECTS, "what several questions share", of="scenario"),
        Field("include", Type.TEXTS, "banks next to it, or folders of them, that belong to it"),
        Field("questions", Type.OBJECTS, "the questions (required, or `include`)", of="question"),
    )


def _question(kinds: tuple[str, ...], rules: tuple[str, ...]) -> tuple[Field, ...]:
    return (
        Field("id", Type.ID, "a name that stays when the question is edited", required=True),
        Field("formerly", Type.IDS, "earlier ids; what was learned under them still counts"),
        Field("title", Type.TEXT, "a few words for lists and summaries"),
        Field("kind", Type.WORD, "the kind of question", required=True, words=kinds),
        Field("prompt", Type.TEXT, "what is asked"),
        Field("scenario", Type.ID, "the scenario that is shown before the prompt"),
        Field("front", Type.TEXT, "what is asked (required of a card)"),
        Field("back", Type.TEXT, "the answer (required of a card)"),
        Field("text", Type.TEXT, "with gaps as [[id::answer]] (required of a cloze)"),
        Field("variables", Type.VARIABLES, "numbers and words that change, as {NAME} in texts"),
        Field("where", Type.TEXTS, "what they must satisfy, such as H < V"),
        Field("figure", Type.OBJECT, "a drawing under the prompt", of="figure"),
        Field("options", Type.OBJECTS, "what can be answered (required of a choice)", of="option"),
        Field("hints", Type.TEXTS, "given one at a time, from a nudge to nearly there"),
        Field("explanation", Type.TEXT, "why the key is right, shown after the answer"),
        Field("tags", Type.TEXTS, "words to select questions by"),
        Field("points", Type.POINTS, "what a right answer earns, 1 by default"),
        Field("difficulty", Type.WORD, "the author's estimate", words=("easy", "medium", "hard")),
        Field("references", Type.TEXTS, "further reading"),
        Field("credit", Type.WORD, "a credit rule for this question alone", words=rules),
        Field("shuffle", Type.BOOLEAN, "whether this question's options are shuffled"),
        Field("time", Type.TIME, "how much time it gets in an exam"),
        Field("demo", Type.OBJECT, "the experiment behind the answer", of="demo"),
        *(field for kind in KINDS.values() for field in kind.fields()),
    )


def _option() -> tuple[Field, ...]:
    return (
        Field("id", Type.ID, "a name that stays when the option is edited", required=True),
        Field("text", Type.TEXT, "what it says; made from the claim where it is left out"),
        Field("correct", Type.BOOLEAN, "true for a right option"),
        Field("feedback", Type.TEXT, "shown when it was chosen"),
        Field("missed", Type.TEXT, "shown when it was right and not chosen"),
        Field("pin", Type.WORD, "keeps it below the others", words=("last",)),
        Field("claim", Type.DATA, "what it asserts, as data for the experiment"),
    )
