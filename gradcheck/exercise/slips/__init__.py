"""The mistakes as they stand in the source of each manner: a file for each of ``manners``."""
