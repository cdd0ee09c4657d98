"""Pages: single HTML files that need no network, no server and no installation.

Read in this order: ``modules`` (many JavaScript modules become one), ``document`` (the file that
holds everything). The files beside them are what pages are made of. ``page.css`` and ``theme.js``
(fonts, colours in light and dark) belong to every page. The others make the live page; ``live.js``
is its first module, and ``layers.js`` the one to read first.
"""
