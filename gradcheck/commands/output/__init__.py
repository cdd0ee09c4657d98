"""What commands show and how they end: standard output, standard error, exit codes.

``streams`` writes, ``progress`` shows that long work goes on, ``exit_code`` says how it ended; the
other files put together what one command shows.
"""
