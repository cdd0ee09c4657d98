"""Programs that measure; they are not tests. Each prints its machine and ratios of one run."""
