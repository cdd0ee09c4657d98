"""Pages: single HTML files that need no network, no server and no installation.

Read in this order: ``modules`` (many JavaScript modules become one), ``document`` (the file that
holds everything), ``pieces`` (HTML of tables and sentences). The files beside them are what pages
are made of. ``page.css`` and ``theme.js`` (fonts, colours in light and dark) belong to every page.
``report.js`` is the first module of the page of a report. ``live.js`` is the first one of the live
page, and ``layers.js`` the one to read first.
"""
