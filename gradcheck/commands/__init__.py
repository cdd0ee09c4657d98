"""The commands, a file each: they parse, call, and show; nothing is computed here."""
