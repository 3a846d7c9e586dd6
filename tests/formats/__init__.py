"""Tests of other programs' formats."""
