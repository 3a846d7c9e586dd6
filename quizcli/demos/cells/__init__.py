"""Recurrent cells: forward, and full back-propagation through time, in the symbols of the quiz.

Start with ``rnn``, where back-propagation through time is at its simplest; ``gru`` and ``lstm`` add
gates, ``gates`` explains how a gate is pinned, tied or biased, ``gru_reset_after`` is the GRU of
the libraries. Importing any of them does not import NumPy.
"""

from quizcli.demos.cells.adam import Adam
from quizcli.demos.cells.flow import decades
from quizcli.demos.cells.gates import Gate
from quizcli.demos.cells.gradients import Gradients
from quizcli.demos.cells.gru import GRU, GRUTrace
from quizcli.demos.cells.gru_reset_after import ResetAfterGRU, ResetAfterTrace
from quizcli.demos.cells.lstm import LSTM, LSTMTrace
from quizcli.demos.cells.rnn import RNN, RNNTrace
from quizcli.demos.cells.shared import sigmoid, spectral_radius

__all__ = [
    "GRU",
    "LSTM",
    "RNN",
    "Adam",
    "GRUTrace",
    "Gate",
    "Gradients",
    "LSTMTrace",
    "RNNTrace",
    "ResetAfterGRU",
    "ResetAfterTrace",
    "decades",
    "sigmoid",
    "spectral_radius",
]
