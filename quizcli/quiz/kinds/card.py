"""A flashcard: a front, and a back that the learner compares with what they thought."""

from quizcli.quiz.kinds.base import Kind

KIND = Kind(
    "card",
    graded=False,
    needs=("front", "back"),
    takes=(),
    back=lambda question, _: question.back,
)
