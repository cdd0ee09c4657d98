"""The process that a student's class runs in: limits on its time and memory, and its costs.

It protects against accidents: an endless loop, a crash, a memory hog. It is no protection against
malice: the code runs with all the rights of whoever starts it. Read in this order: ``messages``
(what both sides write), ``limits``, ``inbox``, ``process_tree`` and ``student_process`` (our
side), ``memory_limit``, ``facts_message`` and ``session`` (inside it), ``process_engine`` (an
engine that computes costs there).
"""
