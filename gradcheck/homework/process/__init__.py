"""The process that a student's class runs in: limits on its time and memory, and its costs.

Without more it protects against accidents: an endless loop, a crash, a memory hog, processes that
are left behind. With ``isolation`` it keeps the code from files, network and other processes too.
Read in this order: ``messages`` (what both sides write), ``limits``, ``inbox``, ``isolation`` and
``workplace`` (folders of its own), ``start_python``, ``process_tree``, ``job_object`` and
``contained_process`` (the process and all that it starts), ``student_process`` (our side),
``supervisor`` (between both), ``memory_limit``, ``deeds``, ``facts_message``, ``asked_message``,
``counted_costs``, ``session`` and ``answer_questions`` (inside it), ``process_engine`` (an engine
that computes costs there).
"""
