"""Tests of ``gradcheck/pictures/``."""
