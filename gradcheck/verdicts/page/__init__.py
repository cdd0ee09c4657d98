"""The page of a report: one HTML file with pictures and tables of what a check found.

Read in this order: ``levels`` (what is drawn of each entry, as a byte), ``heat_map``, ``dots`` and
``histogram`` (the three pictures of an array, as numbers), ``worst_entries`` (a table),
``pictures`` (all pictures, within the size of a file), ``report_page`` (the page),
``page_of_report`` (the page of one report). The JavaScript that draws is in
``gradcheck/show/page``,
with ``report.js`` first.
"""
