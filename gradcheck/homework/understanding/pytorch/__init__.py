"""What PyTorch code of a student's means: it is recognised without PyTorch, and checked with it.

Read in this order: ``torch_code``, ``torch_outputs`` (the cost and the gradients), and the two
kinds of code, ``function_part`` and ``module_part``.
"""
