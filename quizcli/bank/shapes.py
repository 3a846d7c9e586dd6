"""The bank format, field by field: the one description that reader, schema and README follow."""

from __future__ import annotations

from quizcli.quiz.fields import Field, Type, own_id
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
                Field("credit", Type.WORD, "the credit rule; default: net-correct", words=rules),
                Field(
                    "shuffle",
                    Type.BOOLEAN,
                    "whether to shuffle questions, options and items; default: true",
                ),
                Field(
                    "retention", Type.RETENTION, "the probability of recall at which a card is due"
                ),
                Field(
                    "new_per_day", Type.COUNT, "at most this many new cards from this bank per day"
                ),
            ),
            "question": _question(kinds, every),
            "figure": (
                Field("text", Type.TEXT, "a drawing of at most 38 columns", required=True),
                Field("alt", Type.TEXT, "what the drawing shows, in words", required=True),
            ),
            "section": (
                Field("tag", Type.TEXT, "the tag of its questions", required=True),
                Field("count", Type.COUNT, "how many of them to ask", required=True),
            ),
            "scenario": (
                Field("id", Type.ID, "the name that questions refer to", required=True),
                Field(
                    "text",
                    Type.TEXT,
                    "the text shown before the prompts of those questions",
                    required=True,
                ),
                Field(
                    "figure",
                    Type.OBJECT,
                    "a drawing for questions without one of their own",
                    of="figure",
                ),
            ),
            "option": _option(),
            "demo": (
                Field("name", Type.ID, "the name of a registered experiment", required=True),
                Field("set", Type.DATA, "settings of the experiment that differ from its defaults"),
            ),
            **{of: shape for kind in KINDS.values() for of, shape in kind.shapes().items()},
        }.items()
    }


def _bank() -> tuple[Field, ...]:
    return (
        Field("format", Type.WORD, "the version of this format", required=True, words=("1",)),
        Field("id", Type.ID, "the bank's name in commands and journals", required=True),
        Field("formerly", Type.IDS, "earlier names; what was learned under them still counts"),
        Field("title", Type.TEXT, "the bank's name as learners see it", required=True),
        Field("description", Type.TEXT, "what it is about and for whom"),
        Field("language", Type.LANGUAGE, "the language it is written in, such as en or de"),
        Field("defaults", Type.OBJECT, "settings for every question", of="defaults"),
        Field(
            "keyless",
            Type.BOOLEAN,
            "marks a handout: answers are recorded, and graded by its parent",
        ),
        Field("parent", Type.ID, "in a handout, the digest of the bank with the key"),
        Field("draw", Type.OBJECTS, "what a quiz asks, section by section", of="section"),
        Field("scenarios", Type.OBJECTS, "texts that several questions share", of="scenario"),
        Field(
            "include", Type.TEXTS, "files or folders next to the bank whose questions belong to it"
        ),
        Field("questions", Type.OBJECTS, "the questions (required, or `include`)", of="question"),
    )


def _question(kinds: tuple[str, ...], rules: tuple[str, ...]) -> tuple[Field, ...]:
    return (
        own_id("question"),
        Field("formerly", Type.IDS, "earlier ids; what was learned under them still counts"),
        Field("title", Type.TEXT, "a short title for lists and summaries"),
        Field("kind", Type.WORD, "the kind of question", required=True, words=kinds),
        Field("prompt", Type.TEXT, "the text of the question"),
        Field("scenario", Type.ID, "the id of the scenario shown before the prompt"),
        Field("front", Type.TEXT, "the side that asks (required for a card)"),
        Field("back", Type.TEXT, "the side that answers (required for a card)"),
        Field(
            "text", Type.TEXT, "a text with gaps written as [[id::answer]] (required for a cloze)"
        ),
        Field("variables", Type.VARIABLES, "numbers and words that vary, written {NAME} in texts"),
        Field("where", Type.TEXTS, "conditions on the variables, such as H < V"),
        Field("figure", Type.OBJECT, "a drawing below the prompt", of="figure"),
        Field("options", Type.OBJECTS, "the possible answers (required for a choice)", of="option"),
        Field("hints", Type.TEXTS, "hints shown one at a time, from a nudge to almost the answer"),
        Field("explanation", Type.TEXT, "why the key is right, shown after the answer"),
        Field("tags", Type.TEXTS, "words for selecting questions"),
        Field("points", Type.POINTS, "points for a right answer; default: 1"),
        Field("difficulty", Type.WORD, "the author's estimate", words=("easy", "medium", "hard")),
        Field("references", Type.TEXTS, "further reading"),
        Field("credit", Type.WORD, "a credit rule for this question only", words=rules),
        Field("shuffle", Type.BOOLEAN, "whether to shuffle this question's options"),
        Field("time", Type.TIME, "its time limit in an exam"),
        Field("demo", Type.OBJECT, "the experiment behind the answer", of="demo"),
        *(field for kind in KINDS.values() for field in kind.fields()),
    )


def _option() -> tuple[Field, ...]:
    return (
        own_id("option"),
        Field("text", Type.TEXT, "its text; generated from the claim if omitted"),
        Field("correct", Type.BOOLEAN, "true for a right option"),
        Field("feedback", Type.TEXT, "shown when the option was chosen"),
        Field("missed", Type.TEXT, "shown when the option was right but not chosen"),
        Field("pin", Type.WORD, "keeps the option below the others", words=("last",)),
        Field("claim", Type.DATA, "what the option asserts, as data for the experiment"),
    )
